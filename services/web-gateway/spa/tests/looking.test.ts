// What leaders look at first: the board without its noughts, the days, the map and its list, and the reports of their own unit.
import { enableAutoUnmount, flushPromises, mount } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Component } from 'vue'
import { createMemoryHistory, createRouter } from 'vue-router'
import MapPage from '@/pages/map/MapPage.vue'
import FiguresBoard from '@/pages/oversight/FiguresBoard.vue'
import FiguresTrend from '@/pages/oversight/FiguresTrend.vue'
import { nextSaid, ownStages, reportKind, type Report, type Stage } from '@/pages/oversight/ownReports'
import type { Me } from '@/pages/oversight/rights'
import { cases } from '@/texts/cases'
import { lists, map } from '@/texts/everyone'
import { figures, reports } from '@/texts/oversight'

const api = vi.hoisted(() => ({ GET: vi.fn() }))
vi.mock('@/api/client', async (original) => ({ ...(await original<object>()), api }))
vi.mock('@/pages/oversight/chart', () => ({ chartIn: () => ({ resize: () => undefined, dispose: () => undefined }), draw: () => undefined }))
const answer = (data: unknown) => Promise.resolve({ data, response: new Response(null, { status: 200 }) })
vi.setConfig({ testTimeout: 60_000 })
enableAutoUnmount(afterEach)
beforeEach(() => {
  api.GET.mockReset()
  vi.stubGlobal('ResizeObserver', class { observe() { return undefined } unobserve() { return undefined } disconnect() { return undefined } })
})
afterEach(() => vi.unstubAllGlobals())

async function shownAt(component: Component, props: Record<string, unknown> = {}) {
  const router = createRouter({ history: createMemoryHistory(), routes: [{ path: '/:any(.*)*', component: { template: '<p />' } }] })
  await router.push('/')
  const shown = mount(component, { props: props as never, global: { plugins: [router], stubs: { UnitPicker: true, SiteMap: true } } })
  await flushPromises()
  return shown
}
const figure = (code: string, value: number) => ({ code, title: code, value, list: `cases?x=${code}` })

describe('the board', () => {
  it('begins with the stage at hand, and says in a line what is nought', async () => {
    const column = (state: string, count: number) => ({ state, title: state, count: figure(state, count), overdue: null, cards: count ? [{ case_id: '1', place: { text: '老街' }, summary: '', owner_name: '胡集镇', next_due: null, overdue: false }] : [] })
    const stage = (code: string, current: boolean, values: number[]) => ({ code, name: code, current, from: '2020-05-01', to: null, figures: values.map((value, index) => figure(`${code}${index}`, value)) })
    api.GET.mockImplementation(() => answer({ at: '2020-06-01T02:00:00Z', columns: [column('待交办', 1), column('待签收', 0), column('待核查', 0)], stages: [stage('动员', false, [0, 0]), stage('排查', false, [0, 6]), stage('整治', true, [0, 2])] }))
    const shown = await shownAt(FiguresBoard, { unit: '', asOf: '' })
    expect(shown.findAll('h3').map((one) => one.text().replace(/\s+/g, ' '))).toEqual([`整治 ${figures.isCurrent}`, '排查', '待交办 1'])
    expect(shown.findAll('.stages section').map((one) => one.findAll('dt').length), 'all of the stage at hand, of others what there is').toEqual([2, 1])
    expect(shown.text()).toContain(figures.noughts(['待签收', '待核查'], true))
    expect(shown.text()).toContain(figures.idleStages('动员'))
    expect(shown.get('.stages').text()).toContain('2020年5月1日至今')
  })
  it('says of a card what is due and when, where it lies while nobody has it, and who owes it if that is somebody else', async () => {
    const due = new Date(Date.now() + 8 * 60_000 + 30_000).toISOString()
    const cards = [{ case_id: '1', place: { text: '仓库' }, summary: '', owner: null, owner_name: null, county_name: '沭阳县', township_name: '胡集镇', next_due: due, next_obligation: 'assign_case', next_unit: 'office', next_unit_name: '市安委办', overdue: false, urgency: 'urgent' }]
    api.GET.mockImplementation(() => answer({ at: '2020-06-01T02:00:00Z', columns: [{ state: 'opened', title: '待交办', count: figure('opened', 1), overdue: null, cards }], stages: [{ code: 'watch', name: '监管', current: true, from: '2020-05-01', to: null, figures: [figure('overdue', 7), figure('due', 9)] }] }))
    const shown = await shownAt(FiguresBoard, { unit: '', asOf: '' })
    expect(shown.get('.column .list .quiet').text()).toBe(`${figures.lies('沭阳县胡集镇')}　${figures.owedBy('市安委办', '案件交办')}`)
    expect(shown.findAll('.column .el-tag').map((one) => one.text())).toEqual([cases.urgent, '案件交办　还剩 8 分钟'])
    expect(shown.findAll('.stages dd').map((one) => one.classes('red'))).toEqual([true, false])
  })
})

describe('the days', () => {
  it('stand without a year, which a phone has no room for', async () => {
    api.GET.mockImplementation(() => answer({ at: '2020-06-01T02:00:00Z', days: [{ day: '2020-12-31', figures: [figure('tips', 1)] }, { day: '2021-01-19', figures: [figure('tips', 2)] }] }))
    const shown = await shownAt(FiguresTrend, { unit: '', asOf: '' })
    expect(shown.findAll('tbody th').map((one) => one.text())).toEqual([figures.sum, '1月19日', '12月31日'])
    expect(shown.get('tbody .sum td').text()).toBe('3')
    expect(shown.get('tbody a').attributes('aria-label'), 'whoever hears it hears the year').toBe('2021年1月19日 tips 2')
  })
})

describe('days without anything', () => {
  it('are folded away until they are asked for, and both ends say what holds', async () => {
    api.GET.mockImplementation(() => answer({ at: '2020-06-03T02:00:00Z', days: [['2020-06-01', 1], ['2020-06-02', 0], ['2020-06-03', 2]].map(([day, value]) => ({ day, figures: [figure('tips', Number(value))] })) }))
    const shown = await shownAt(FiguresTrend, { unit: '', asOf: '' })
    const days = () => shown.findAll('tbody th').map((one) => one.text())
    expect(days()).toEqual([figures.sum, '6月3日', '6月1日'])
    expect(shown.findAll('.filters input').map((one) => (one.element as HTMLInputElement).value)).toEqual(['2020-06-01', '2020-06-03'])
    expect(api.GET.mock.calls.length, 'what is shown is not asked for anew').toBe(1)
    await shown.findAll('.el-checkbox').find((one) => one.text() === figures.still)?.get('input').setValue(true)
    expect(days()).toEqual([figures.sum, '6月3日', '6月2日', '6月1日'])
  })
})

describe('the map', () => {
  const row = (id: string, more: object = {}) => ({ case_id: id, county: '321322', county_name: '沭阳县', township_name: '胡集镇', overdue: false, state: 'closed', state_title: '已销号', relapsed: false, spot_check: null, place: { text: id }, summary: '', ...more })
  const found = (rows: object[]) => api.GET.mockImplementation((path: string) => (path === '/api/v1/cases' ? answer({ cases: rows, total: rows.length, next: null }) : answer({ units: [] })))
  it('is a note and the list while nothing has a place on it', async () => {
    found([row('老街', { county: null }), row('粮站', { county: null, relapsed: true, spot_check: 'failed' })])
    const shown = await shownAt(MapPage)
    expect([shown.find('.picture').exists(), shown.text().includes(map.unplaced)]).toEqual([false, true])
    expect(shown.findAll('.sites > li').map((one) => one.findAll('.el-tag--danger').map((tag) => tag.text())), 'closed is not always well').toEqual([[], [cases.relapsed, cases.checkFailed]])
    expect(shown.findAll('.el-select').map((one) => one.text())).toEqual([lists.any(map.state), lists.any(map.class)])
  })
  it('is there for several counties, whose sites have no coordinates; of one it would say nothing', async () => {
    found([row('老街'), row('粮站', { county: '321323', county_name: '泗阳县' })])
    const shown = await shownAt(MapPage)
    expect([shown.find('.picture').exists(), shown.text().includes(map.unplaced)]).toEqual([true, false])
    found([row('老街'), row('粮站')])
    expect((await shownAt(MapPage)).find('.picture').exists()).toBe(false)
  })
  it('lists what is late first, with what is owed and how urgent it is', async () => {
    const soon = new Date(Date.now() + 8 * 60_000).toISOString()
    found([row('老街', { county: null }), row('粮站', { county: null, state: 'opened', state_title: '待交办', urgency: 'urgent', next_due: soon, next_obligation: 'assign_case' }), row('窑厂', { county: null, overdue: true, next_due: '2020-06-01T00:00:00Z', next_obligation: 'spot_check', rung: 'referral' })])
    const sites = (await shownAt(MapPage)).findAll('.sites > li')
    expect(sites.map((one) => one.get('a').text())).toEqual(['窑厂', '粮站', '老街'])
    expect(sites[1]?.findAll('.el-tag').map((one) => one.text().replace(/\d+/, '8'))).toEqual(['紧急', '待交办', '案件交办　还剩 8 分钟'])
    expect(sites[0]?.findAll('.el-tag--danger').map((one) => one.text().replace(/已超.*/, ''))).toEqual(['验收抽查　', '移送纪委监委'])
  })
  it('is there for a single one', async () => {
    found([row('老街', { place: { text: '老街', coordinates: { latitude: 34, longitude: 118 } } }), row('粮站')])
    const shown = await shownAt(MapPage)
    expect([shown.find('.picture').exists(), shown.text().includes(map.unplaced), shown.text().includes(map.noCoordinates)]).toEqual([true, false, true])
  })
})

describe('the reports of one\'s own unit', () => {
  const STAGES = [['mobilisation', '2020-05-15', '2020-05-20', 'guarantee'], ['sweep', '2020-05-20', '2020-06-30', 'report'], ['rectification', '2020-07-01', '2020-07-31', 'report'], ['watch', '2020-09-01', null, 'report']].map(([code, from, to, owes]) => ({ code, name: code, from, to, owes, caps_measures: null }) as Stage)
  const report = (stage: string, state: string, more: object = {}) => ({ unit: 'town', stage, state, guaranteed_at: null, ...more }) as Report
  const leader: Me = { account: 'a', unit: 'town', role: 'leader', firstResponsible: true }
  const of = (rows: Report[], me: Me, level = 'township', today = '2020-07-10') => ownStages(STAGES, rows, { me, level, today }).map(({ said, waits }) => waits || said)
  it('say of each stage how far it has come, and what waits for the viewer', () => {
    expect(of([report('mobilisation', 'absent')], leader)).toEqual([reports.turns.guarantee, reports.turns.draft, reports.notDue, reports.owesNothing])
    expect(of([report('mobilisation', 'absent', { guaranteed_at: '2020-05-16T00:00:00Z' }), report('sweep', 'drafted'), report('rectification', 'returned')], leader)).toEqual([reports.guaranteed, reports.turns.sign, reports.turns.again, reports.owesNothing])
    expect(of([report('sweep', 'signed')], leader)[1], 'a township seals nothing').toBe('已签字')
    expect(of([report('sweep', 'signed')], leader, 'county')[1]).toBe(reports.turns.seal)
    expect(of([report('sweep', 'filed')], leader, 'county')[1]).toBe('已备案')
  })
  it('ask for a guarantee whoever was asked for it by rule, and nobody for a stage that was over before', () => {
    expect(of([], leader)[0]).toBe(reports.guaranteeLater)
    expect(of([], leader, 'township', '2020-05-18')[0]).toBe(reports.turns.guarantee)
  })
  it('say whose turn it is next, and in which colour', () => {
    expect([nextSaid('signed', 'township', '沭阳县', 'report'), nextSaid('signed', 'county', '宿迁市', 'report'), nextSaid('drafted', 'township', '沭阳县', 'report'), nextSaid('filed', 'county', '宿迁市', 'report')]).toEqual([reports.next.signed('沭阳县'), reports.next.toSeal, '', ''])
    expect([reportKind('signed', 0), reportKind('signed', 2), reportKind('drafted', 0)]).toEqual(['success', 'warning', 'warning'])
  })
  it('leave signatures to whoever answers for the unit, and reports of others out', () => {
    expect(of([report('sweep', 'drafted')], { ...leader, firstResponsible: false }).slice(0, 2)).toEqual([reports.noGuarantee, '待签字'])
    expect(of([report('sweep', 'drafted', { unit: 'village' })], { ...leader, role: 'handler' })[1]).toBe(reports.turns.draft)
  })
})

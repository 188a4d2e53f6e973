// That every thread can be replayed, a tip that never became a case above all, and that inspectors see who looked at what.
import { enableAutoUnmount, flushPromises, mount } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Component } from 'vue'
import { createMemoryHistory, createRouter } from 'vue-router'
import FactsPage from '@/pages/oversight/FactsPage.vue'
import ReadingList from '@/pages/oversight/ReadingList.vue'
import ReplayPage from '@/pages/oversight/ReplayPage.vue'
import SubjectLinks from '@/pages/oversight/SubjectLinks.vue'
import { pages } from '@/pages'
import { readOf, type Step } from '@/pages/oversight/replay'
import { subjectPage } from '@/pages/oversight/rights'
import { dossierOf, readThread, replayLink, threadOf } from '@/pages/oversight/threads'
import { actAs } from '@/session'
import { accountability, facts, replay } from '@/texts/oversight'

const api = vi.hoisted(() => ({ GET: vi.fn() }))
vi.mock('@/api/client', async (original) => ({ ...(await original<object>()), api }))
const answer = (data: unknown) => Promise.resolve({ data, response: new Response(null, { status: 200 }) })
const nothing = () => Promise.resolve({ error: { code: 'gateway.not_found', detail: '没有找到。', status: 404 }, response: new Response(null, { status: 404 }) })
vi.setConfig({ testTimeout: 60_000 })
enableAutoUnmount(afterEach)
beforeEach(() => {
  api.GET.mockReset()
  actAs('inspector')
})

const ID = '0b1aea17-c37d-89dd-ae81-45e19277634a'
function step(number: number, lane: string, stream: string, title: string): Step {
  return {
    step: number, lane, lane_title: lane, stream, title, at: `2020-06-0${number}T02:00:00Z`, event_id: `e${number}`, actor: null, cause: null, changes: [{ path: '/progress', title: '进展', before: null, before_said: null, after: null, after_said: title }],
    data_json: '{}', state_json: '{}', name: '', position: number, revision: number, held_by: null, held_by_name: null, held_for: null, held_seconds: null, since_previous: null, since_previous_seconds: null,
  }
}
const rejected = {
  subject: `tip-${ID}`, title: '线索', at: '2020-06-03T02:00:00Z', position: 2, events: [step(1, 'tip', `tip-${ID}`, '收到举报'), step(2, 'tip', `tip-${ID}`, '不予受理')],
  states: [{ lane: 'tip', lane_title: '线索', stream: `tip-${ID}`, revision: 2, state_json: JSON.stringify({ place: { text: '胡集镇老街南头' } }), fields: [{ name: 'progress', title: '进展', said: '不予受理' }] }],
}
async function shownAt(component: Component, path: string, props: Record<string, unknown> = {}) {
  const router = createRouter({ history: createMemoryHistory(), routes: [{ path: '/:any(.*)*', component: { template: '<p />' } }] })
  await router.push(path)
  const shown = mount(component, { props: props as never, global: { plugins: [router], stubs: { FactSearch: true } } })
  await flushPromises()
  return { shown, router }
}
const asked = () => api.GET.mock.calls.map(([path, given]) => [path, given?.params])

describe('the replay of a record', () => {
  it('is that of what it belongs to', () => {
    expect([`disposal-${ID}`, `tip-${ID}`, 'accountability-321300-AWB', `accountability-${ID}`, 'draw-3'].map(threadOf)).toEqual([`case-${ID}`, `tip-${ID}`, 'unit-321300-AWB', `accountability-${ID}`, 'draw-3'])
  })
  it('is printed as a whole whatever it is of, but for a mere stream', () => {
    expect([`case-${ID}`, `tip-${ID}`, 'unit-321322102', `draw-${ID}`, 'report-321322-sweep'].map((subject) => dossierOf(subject, ''))).toEqual([
      `/api/v1/audit/cases/${ID}/dossier`, `/api/v1/audit/threads/tip-${ID}/dossier`, '/api/v1/audit/threads/unit-321322102/dossier', `/api/v1/audit/threads/draw-${ID}/dossier`, null,
    ])
    expect(dossierOf(`tip-${ID}`, '2020-06-01T10:00:00+08:00')).toBe(`/api/v1/audit/threads/tip-${ID}/dossier?at=2020-06-01T10%3A00%3A00%2B08%3A00`)
  })
  it('is offered to those whom the gateway answers', () => {
    const all = (role: string) => [`case-${ID}`, `tip-${ID}`, `accountability-${ID}`, 'unit-321322102', 'draw-3', 'report-321322102-sweep'].map((one) => replayLink(one, role) !== null)
    expect(all('inspector')).toEqual([true, true, true, true, true, true])
    expect(all('supervisor')).toEqual([true, true, true, true, true, false])
    expect(all('leader')).toEqual([true, true, true, false, false, false])
    expect(all('dispatcher')).toEqual(all('leader'))
    expect(all('handler')).toEqual([false, false, false, false, false, false])
    expect([replayLink(`disposal-${ID}`, 'inspector'), replayLink('accountability-321300-AWB', 'inspector'), replayLink('reading-facts', 'inspector'), replayLink('facts', 'inspector')]).toEqual([`/replay/cases/${ID}`, '/replay/unit-321300-AWB', null, null])
    expect(pages.filter((page) => page.route.path.startsWith('replay/')).map((page) => page.route.path)).toEqual(['replay/cases/:case', 'replay/:subject'])
  })
  it('finds out whether a case or a tip answers', async () => {
    api.GET.mockImplementation((path: string) => (path === '/api/v1/audit/cases/{case_id}' ? nothing() : answer(rejected)))
    expect((await readThread(`accountability-${ID}`)).subject).toBe(`tip-${ID}`)
    expect(asked()).toEqual([['/api/v1/audit/cases/{case_id}', { path: { case_id: ID }, query: {} }], ['/api/v1/audit/threads/{subject}', { path: { subject: `tip-${ID}` }, query: {} }]])
  })
  it('of a stream is computed from its steps', async () => {
    api.GET.mockImplementation(() => answer({ stream: 'report-321322102-sweep', position: 2, events: [step(1, 'report', 'report-321322102-sweep', '起草报告'), step(2, 'report', 'report-321322102-sweep', '签字')] }))
    expect(await readThread('report-321322102-sweep')).toMatchObject({ at: '2020-06-02T02:00:00Z', states: [{ lane: 'report', fields: [{ said: '签字' }] }], holders: [] })
  })
  it('shows a tip that never became a case, and nothing that only a case has', async () => {
    api.GET.mockImplementation((path: string) => (path.startsWith('/api/v1/audit/threads') ? answer(rejected) : answer({ units: [] })))
    const { shown } = await shownAt(ReplayPage, '/', { subject: `tip-${ID}` })
    expect(shown.get('h1').text()).toBe(`${replay.tipTitle}　胡集镇老街南头`)
    expect(shown.findAll('ol.steps > li').map((one) => one.get('strong').text())).toEqual(['收到举报', '不予受理'])
    expect(shown.text()).not.toContain(replay.holders(true))
    expect([shown.find('.later').exists(), shown.get('li.now').text().includes('不予受理'), asked().filter(([path]) => String(path).startsWith('/api/v1/audit'))], 'it begins at the latest, and asks once').toEqual([false, true, [['/api/v1/audit/threads/{subject}', { path: { subject: `tip-${ID}` }, query: {} }]]])
    // Whoever saw it before anybody worked on it is what a leak is looked into by.
    expect(shown.text()).toContain(replay.sight)
    const links = shown.findAll('a').map((one) => [one.text(), one.attributes('href')])
    expect(links).toContainEqual([replay.dossier, `/api/v1/audit/threads/tip-${ID}/dossier`])
    expect(links).toContainEqual([replay.toTip, `/tips/${ID}`])
    expect(links).toContainEqual([replay.toReadings, `/facts?tab=readings&subject=tip-${ID}`])
  })
  it('reads anew when the address names another', async () => {
    api.GET.mockImplementation((path: string, given: { params: { path: { subject: string } } }) => (path.startsWith('/api/v1/audit/threads') ? answer({ ...rejected, title: given.params.path.subject, states: [] }) : answer({ units: [] })))
    const { shown } = await shownAt(ReplayPage, '/', { subject: 'unit-321322' })
    expect(shown.get('h1').text()).toBe(replay.of('unit-321322'))
    await shown.setProps({ subject: 'draw-3' } as never)
    await flushPromises()
    expect(shown.get('h1').text()).toBe(replay.of('draw-3'))
    expect(shown.findAll('a').map((one) => one.attributes('href'))).toContain('/draws/3')
  })
})

describe('a subject in the lists of accountability', () => {
  it('leads to its page and to its replay', async () => {
    const { shown } = await shownAt(SubjectLinks, '/', { subject: 'unit-321322102', obligation: 'answer_finding' })
    expect(shown.findAll('a').map((one) => [one.text(), one.attributes('href')])).toEqual([[accountability.toSubject, '/findings?unit=321322102'], [accountability.replayUnit, '/replay/unit-321322102']])
    actAs('leader')
    expect((await shownAt(SubjectLinks, '/', { subject: 'unit-321322102' })).shown.findAll('a')).toHaveLength(0)
    expect((await shownAt(SubjectLinks, '/', { subject: `tip-${ID}` })).shown.findAll('a').map((one) => one.attributes('href'))).toEqual([`/tips/${ID}`, `/replay/tip-${ID}`])
  })
  it('says to handlers who answers what they cannot', async () => {
    actAs('handler')
    expect((await shownAt(SubjectLinks, '/', { subject: 'unit-1', obligation: 'answer_finding' })).shown.text()).toBe(accountability.answeredByLeader)
  })
  it('has no list that a role does not have', () => {
    expect([subjectPage('unit-1', 'answer_finding', 'handler'), subjectPage('unit-1', 'judge_answer', 'inspector')]).toEqual([null, null])
    expect(subjectPage('unit-1', 'answer_escalation', 'leader')).toEqual({ path: '/accountability', query: { list: 'escalations', unit: '1' } })
    expect([subjectPage('unit-1', 'announce_draw', 'supervisor'), subjectPage('unit-1', 'explain_failure', 'leader')]).toEqual(['/draws', { path: '/accountability', query: { list: 'failures', unit: '1' } }])
  })
})

describe('who looked at what', () => {
  const reading = (number: number, subject: string, more: object = {}) => ({ at: `2020-06-0${number}T02:00:00Z`, actor: { text: '胡集镇 张三（承办人）' }, name: '', title: '回放案件', subject, instant: null, data_json: '{}', stream: `reading-${subject}`, revision: 1, position: number, event_id: `r${number}`, ...more })
  it('is said in words', () => {
    expect([`case-${ID}`, 'facts', 'ledger', 'staff-zhang', 'unit-321322102', 'report-321322102-sweep', 'odd'].map((subject) => readOf(subject))).toEqual(['案件 0b1aea17…', '全部记录', '全市台账', 'zhang', '321322102', '结果报告 321322102 排查摸底', 'odd'])
  })
  it('is listed for what the address names, and for all again', async () => {
    api.GET.mockImplementation((path: string) => (path === '/api/v1/audit/readings' ? answer({ readings: [reading(1, `case-${ID}`, { instant: '2020-05-01T02:00:00Z' })], next: 7 }) : answer({ units: [] })))
    const { shown, router } = await shownAt(ReadingList, `/facts?tab=readings&subject=case-${ID}`)
    expect(asked()[0]).toEqual(['/api/v1/audit/readings', { query: { limit: 50, newest_first: true, subject: `case-${ID}` } }])
    expect(shown.get('li').text()).toContain('回放案件：0b1aea17…')
    expect(shown.get('li').text()).toContain('胡集镇 张三（承办人）')
    expect(shown.get('li').text()).toContain(facts.readAsOf('2020年5月1日 10:00'))
    await shown.findAll('button').find((one) => one.text() === facts.ofAll)?.trigger('click')
    await flushPromises()
    expect(router.currentRoute.value.query).toEqual({ tab: 'readings' })
    expect(asked().at(-1)).toEqual(['/api/v1/audit/readings', { query: { limit: 50, newest_first: true } }])
  })
  it('says that there is nothing, and what failed', async () => {
    api.GET.mockImplementation((path: string) => (path === '/api/v1/audit/readings' ? answer({ readings: [], next: null }) : answer({ units: [] })))
    expect((await shownAt(ReadingList, '/facts')).shown.text()).toContain(facts.noReadings)
    api.GET.mockImplementation((path: string) => (path === '/api/v1/audit/readings' ? nothing() : answer({ units: [] })))
    expect((await shownAt(ReadingList, '/facts')).shown.text()).toContain('没有找到。')
  })
  it('is a tab of inspectors alone', async () => {
    api.GET.mockImplementation(() => answer({ facts: [], readings: [], units: [], next: null }))
    expect((await shownAt(FactsPage, '/facts?tab=readings')).shown.get('.el-tabs__item.is-active').text()).toBe(facts.readings)
    actAs('supervisor')
    const { shown } = await shownAt(FactsPage, '/facts?tab=readings')
    expect(shown.get('.el-tabs__item.is-active').text()).toBe(facts.find)
    expect(shown.text()).not.toContain(facts.readings)
  })
})

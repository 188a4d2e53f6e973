// What single pages show of what they have read: numbers that can be said, the next step, what stands apart, and nothing that is not true.
import { enableAutoUnmount, flushPromises } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import CasePage from '@/pages/home/CasePage.vue'
import CasesPage from '@/pages/home/CasesPage.vue'
import InspectionForm from '@/pages/home/InspectionForm.vue'
import TipPage from '@/pages/home/TipPage.vue'
import CallPage from '@/pages/intake/CallPage.vue'
import BulletinPage from '@/pages/supervision/BulletinPage.vue'
import DrawChecks from '@/pages/supervision/DrawChecks.vue'
import SpecialPage from '@/pages/supervision/SpecialPage.vue'
import { asked } from '@/parts/commands'
import { forgetUnits } from '@/parts/units'
import { cases, disposalActs, inspection } from '@/texts/cases'
import { bulletin, draws, special } from '@/texts/supervision'
import { tipActs, tips } from '@/texts/tips'
import { shown } from './mounted'

const api = vi.hoisted(() => ({ GET: vi.fn() }))
vi.mock('@/api/client', async (original) => ({ ...(await original<object>()), api }))
vi.setConfig({ testTimeout: 60_000 })
enableAutoUnmount(afterEach)

const CASE = 'c51f534f-5a9b-8e72-9f36-65955d049393'
const UNITS = [['city', 'city', 'government', null], ['office', 'city', 'office', 'city'], ['group', 'city', 'supervision', 'city'], ['discipline', 'city', 'discipline', 'city'], ['county', 'county', 'government', 'city'], ['town', 'township', 'government', 'county']]
  .map(([code, level, kind, parent]) => ({ code, name: code, level, kind, parent }))
const ROW = { case_id: CASE, summary: '死灰复燃：两台反应釜又在生产。', state: 'closed', origin: 'relapse', owner: 'town', co_handlers: [], place: { text: '胡集窑厂', division: 'town' }, opened_at: '2020-06-01T00:00:00Z', relapsed: true, spot_check: 'failed' }
const STATE = { progress: 'closed', origin: { kind: 'relapse', note: '两台反应釜又在生产。' }, against: {}, owner: 'town', co_handlers: [], returned_by: [], holders: [], inspections: [], extensions: [], finding: null, urgency: 'normal', denials: [], closed: { kind: 'disposed' } }
const DISPOSAL = { progress: 'closed', class: 'c', unit: 'town', against: {}, plan: null, measures: [], workers: [], worked: [], reviews_required: [], signatures: [], referrals: [], closed_at: '2020-06-20T00:00:00Z', spot_check: null, rechecks: [{ after_days: 30, raised_at: '', outcome: null }], relapses: [], exposure: null }
const TIP = { tip_id: '9e2709ca-1e23-8b00-8f17-bf1f2eb314a1', summary: '', progress: 'received', channel: 'web', place: { text: '胡集窑厂', division: 'county' }, received_at: '2020-06-01T00:00:00Z' }
const OF_THE_WEEK = { unit_name: '宿迁市', from: '2020-06-01', until: '2020-06-07', at: '2020-06-07T00:00:00Z', changes: [], ranking: [], special_supervision: [], tasks: [] }
const FIGURES = { open_findings: 5, grave_findings: 0, failures: 0, overdue: 0 }
const answering = (data: unknown) => Promise.resolve({ data, response: new Response(null, { status: 200 }) })
let unit = 'office'
let given = 0
let reached = false
let disposal: object = DISPOSAL
let later: object[] = []

beforeEach(() => {
  sessionStorage.clear()
  forgetUnits()
  unit = 'office'
  disposal = DISPOSAL
  later = []
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('failed to fetch')))
  api.GET.mockImplementation((path: string, asked: { params?: { query?: Record<string, unknown> } } = {}) => {
    const query = asked.params?.query ?? {}
    if (path === '/api/v1/units') return answering({ units: UNITS, next: null })
    if (path === '/api/v1/session') return answering({ account: 'a', unit, now: new Date().toISOString(), roles: ['dispatcher', 'supervisor', 'inspector', 'leader', 'handler', 'operator'].map((code) => ({ code, name: '' })) })
    if (path === '/api/v1/cases/{case_id}') return answering({ case: ROW, state_json: JSON.stringify(STATE), disposal_state_json: JSON.stringify(disposal), revision: 1, clocks: [], tips: [], failures: [] })
    if (path === '/api/v1/tips/{tip_id}') return answering({ tip: TIP, told: [], clocks: [], similar: [], revision: 1 })
    if (path === '/api/v1/draws') return answering({ draws: later })
    if (path === '/api/v1/draws/{draw_id}') return answering({ chosen: [{ county: 'county', case_ids: [CASE] }] })
    if (path === '/api/v1/bulletin') return answering(OF_THE_WEEK)
    if (path === '/api/v1/conference-tasks') return answering({ tasks: [], total: given, next: null })
    if (path === '/api/v1/campaign') return answering({ stages: [], limits: [], hotlines: [], supervision: { window_days: 30 } })
    if (path === '/api/v1/special-supervision') return answering({ special_supervision: [{ unit: 'town', unit_name: '胡集镇', supervision: 1, opened_at: '2020-06-01T00:00:00Z', closed_at: null, opened_with: FIGURES, thresholds: FIGURES, note: '' }], total: 1, next: null })
    if (path === '/api/v1/supervision/numbers') return answering({ rows: [{ unit: 'town', unit_name: '胡集镇', numbers: FIGURES, thresholds: FIGURES, open: true, reached }] })
    if (path === '/api/v1/obligations') return answering({ obligations: query.obligation === 'spot_check' ? [{ subject: `case-${CASE}`, due: '2020-06-30T02:00:00Z' }] : [], total: 1, next: null })
    return answering({ cases: query.spot_check === 'passed' || query.spot_check === 'failed' ? [] : [{ ...ROW, spot_check: query.spot_check ?? ROW.spot_check }], total: 1, next: null, reveals: [], rewards: [], similar: [] })
  })
})
afterEach(() => vi.unstubAllGlobals())

const buttons = (at: { findAll: (what: string) => Array<{ text: () => string }> }) => at.findAll('button').map((one) => one.text()).filter(Boolean)

describe('a case', () => {
  it('has a number that can be said, and the whole of it to be copied', async () => {
    const write = vi.spyOn(navigator.clipboard, 'writeText').mockResolvedValue()
    const at = await shown(CasePage, { caseId: CASE })
    expect([at.text().includes('c51f534f'), at.text().includes(CASE)]).toEqual([true, false])
    await at.findAll('button').find((one) => one.text() === cases.copyNumber)!.trigger('click')
    await flushPromises()
    expect([write.mock.calls, at.text().includes(cases.numberCopied)]).toEqual([[[CASE]], true])
  })
  it('of a relapse says once what was found', async () => {
    const at = await shown(CasePage, { caseId: CASE })
    expect(at.text().split('两台反应釜又在生产').length - 1).toBe(1)
  })
  it('leads to the step that waits below, and keeps a relapse apart and last', async () => {
    unit = 'county'
    const at = await shown(CasePage, { caseId: CASE }, 'leader')
    const [card] = at.findAll('section.card')
    expect(card?.get('a[href="#disposal"]').text()).toBe(cases.next(disposalActs.recheckNext))
    await card?.get('a.next').trigger('click')
    const offered = at.get('#disposal').findAll('button').map((one) => one.text()).filter(Boolean)
    expect(offered[offered.length - 1]).toBe(disposalActs.relapse)
    const apart = at.findAll('#disposal .apart').map((one) => one.text())
    expect(apart[apart.length - 1]).toBe(disposalActs.relapse)
  })
  it('says of each signature whose it is and of when', async () => {
    const plan = { risks: 'r', measures: 'm', responsible: 'p', submitted_by: 'h', standing: 'approved', judged_by: 'leader-county', judged_at: '2020-06-18T02:00:00Z', outlived: false }
    const measures = [{ measure: 'clear_premises', done: null, reopened: [] }]
    disposal = { ...DISPOSAL, plan, measures, reviews_required: ['county'], signatures: [{ level: 'county', unit: 'county', by: 'leader-county', at: '2020-06-20T02:00:00Z' }] }
    const at = await shown(CasePage, { caseId: CASE })
    expect(at.findAll('#disposal .signed').map((one) => one.text().replace(/\s+/g, ' '))).toEqual(['leader-county，2020年6月18日 10:00', 'county，leader-county，2020年6月20日 10:00'])
  })
  it('is named in the dialogs of its commands, which hide its heading', async () => {
    const at = await shown(CasePage, { caseId: CASE }, 'leader')
    await at.findAll('#disposal button').find((one) => one.text() === disposalActs.relapse)!.trigger('click')
    expect(asked.value?.command).toMatchObject({ title: disposalActs.relapse, about: [`${ROW.place.text}　${ROW.summary}`] })
    asked.value?.done(null)
  })
  it('shows what is rarely done at once if there is nothing else', async () => {
    disposal = { ...DISPOSAL, progress: 'in_progress', closed_at: null, rechecks: [] }
    const progress = STATE.progress
    STATE.progress = 'confirmed'
    const at = await shown(CasePage, { caseId: CASE })
    STATE.progress = progress
    expect([at.find('a.next').exists(), at.get('details').attributes('open')]).toEqual([false, ''])
  })
  it('stands in the list with its marks in a line of their own, and its day says of what', async () => {
    const at = await shown(CasesPage)
    expect(at.findAll('.list .tags .el-tag').map((one) => one.text())).toEqual(['死灰复燃', '抽查不合格'])
    expect(at.get('.list p.quiet').text()).toContain('立案时间\u00a02020年6月1日')
  })
})

describe('a tip', () => {
  it('that nobody has summed up says so quietly; to destroy it stands last', async () => {
    unit = 'discipline'
    const at = await shown(TipPage, { tip: TIP.tip_id }, 'inspector')
    expect(at.findAll('dd.quiet').map((one) => one.text())).toContain(tips.noSummary)
    const offered = buttons(at)
    expect([offered.filter((one) => one === tipActs.erase).length, offered[offered.length - 1]]).toEqual([1, tipActs.erase])
    expect(at.findAll('section.card')[0]?.text()).not.toContain(tipActs.erase)
  })
})

describe('the bulletin', () => {
  it('does not say that tasks are done which nobody ever gave', async () => {
    for (const [total, said] of [[0, bulletin.noneGiven], [3, bulletin.allDone]] as const) {
      given = total
      expect((await shown(BulletinPage)).text()).toContain(said)
    }
  })
  it('leads to tasks only if there are any', async () => {
    const links = async () => (await shown(BulletinPage)).findAll('a[href="/conference-tasks"]').length
    given = 0
    const none = await links()
    given = 3
    expect([none, await links()]).toEqual([0, 1])
  })
  it('shows its week as the chosen one, says that it is not over and how calls are counted', async () => {
    const calls = { code: 'rung_reminder', title: '催办', this_week: { code: 'rung_reminder', title: '催办', value: 1, list: 'escalations?rung=reminder' }, week_before: null }
    const answer = { ...OF_THE_WEEK, changes: [calls] }
    const of = async (until: string) => {
      Object.assign(OF_THE_WEEK, answer, { until })
      const at = await shown(BulletinPage)
      const week = at.findAll('button').find((one) => one.text() === bulletin.thisWeek)
      return [week?.attributes('aria-pressed'), week?.attributes('disabled'), at.text().includes(bulletin.notOver), at.text().includes(bulletin.callsCounted)]
    }
    expect(await of('2999-06-07')).toEqual(['true', undefined, true, true])
    expect(await of('2020-06-07')).toEqual(['false', undefined, false, true])
  })
})

describe('special supervision', () => {
  it('can be ended as soon as no number reaches the line, and says over how many days it counts', async () => {
    unit = 'group'
    reached = true
    const above = await shown(SpecialPage, {}, 'supervisor')
    expect([buttons(above).includes(special.close), above.text().includes(special.aboveNow)]).toEqual([false, true])
    expect(above.text()).toContain(`问责事项${special.within(30)}`)
    reached = false
    expect(buttons(await shown(SpecialPage, {}, 'supervisor'))).toContain(special.close)
  })
})

describe('special supervision of a unit', () => {
  it('shows its numbers once while they are what they were, leads to what counts, and tells the unit what to do', async () => {
    unit = 'town'
    reached = true
    const at = await shown(SpecialPage, {}, 'leader')
    expect([at.findAll('.list dl').length, at.get('.list').text().includes(special.whenSame), at.text().includes(special.toDo.open_findings!)]).toEqual([1, true, true])
    const links = at.findAll('.list a').map((one) => one.attributes('href') ?? '')
    expect(links.filter((one) => one.startsWith('/findings')).map((one) => new URLSearchParams(one.split('?')[1])).map((query) => query.get('state') ?? query.get('gravity'))).toEqual(['open', 'returned', 'answered', 'grave'])
    unit = 'county'
    expect((await shown(SpecialPage, {}, 'leader')).text()).not.toContain(special.toDo.open_findings)
  })
})

describe('a drawn site', () => {
  it('that waits says until when', async () => {
    const at = await shown(DrawChecks, { chosen: [CASE], round: 1 }, 'supervisor')
    expect(at.text()).toContain('期限\u00a02020年6月30日\u00a010:00')
  })
  it('that a later draw took again has its check there, and nothing to be recorded here', async () => {
    later = [{ draw_id: 'd2', round: 2, seed: '0102', cancelled_because: null }]
    const at = await shown(DrawChecks, { chosen: [CASE], round: 1 }, 'supervisor')
    expect(at.text()).toContain(draws.again(2))
    expect(buttons(at)).toEqual([])
  })
})

describe('the inspection form', () => {
  it('says at each field what is missing, and above how much', async () => {
    const at = await shown(InspectionForm, { caseId: CASE, site: null }, 'handler')
    await at.get('form').trigger('submit')
    await flushPromises()
    expect(at.get('.problem strong').text()).toBe(inspection.mistakes(at.findAll('.problem li').length))
    expect(at.get('[data-field="went"]').text()).toContain(inspection.needWent)
    expect(at.findAll('fieldset p.red')).toHaveLength(5)
  })
})

describe('the call sheet', () => {
  it('begins with danger', async () => {
    const at = await shown(CallPage, {}, 'operator')
    expect(at.get('form').findAll('input, textarea')[0]?.element.closest('.danger')).not.toBeNull()
  })
})

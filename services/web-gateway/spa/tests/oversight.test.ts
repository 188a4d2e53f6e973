// What the pages that look over the work compute: instants of a replay, figures, rights, digests, pages of a list.
import { flushPromises, mount } from '@vue/test-utils'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import { columnsOf, groupOf, inTime, isNought, listLink, percent, visibleRows, type Row } from '@/pages/oversight/figures'
import { digestOf } from '@/pages/oversight/digest'
import { nameIn } from '@/parts/download'
import { foundInside, matching, saidAmong } from '@/pages/oversight/matching'
import { actorText, byLane, causeOf, holdersAt, lanesOf, statesAfter, type Holder, type Step } from '@/pages/oversight/replay'
import { explanation, failureExplanation } from '@/pages/oversight/answers'
import { reportCommand } from '@/pages/oversight/reportCommands'
import { isAbove, mayExplain, mayExplainFailure, mayJudge, mayJudgeFailure, reportActions, subjectId, subjectLink, type Escalation, type Failure, type Me } from '@/pages/oversight/rights'
import { usePages } from '@/parts/usePages'
import FigureLink from '@/pages/oversight/FigureLink.vue'
import ReplaySteps from '@/pages/oversight/ReplaySteps.vue'
import type { UnitEntry } from '@/parts/units'
import { guarantee } from '@/texts/signing'

function step(number: number, lane: string, more: Partial<Step> = {}): Step {
  return {
    step: number, lane, lane_title: lane, stream: `${lane}-1`, title: `事${number}`, at: `2020-06-0${number}T02:00:00Z`, event_id: `e${number}`, actor: null, cause: null,
    changes: [], data_json: '{}', state_json: '{}', name: '', position: number, revision: number, held_by: null, held_by_name: null, held_for: null, held_seconds: null,
    since_previous: null, since_previous_seconds: null, ...more,
  }
}
function change(path: string, title: string, after: string | null) {
  return { path, title, before: null, before_said: null, after, after_said: after }
}

describe('a replay', () => {
  const steps = [
    step(1, 'mail', { changes: [change('/stage', '状态', '待发送')] }),
    step(2, 'case', { changes: [change('/owner', '责任单位', '胡集镇'), change('/closed', '办结', '是')] }),
    step(3, 'case', { changes: [change('/owner', '责任单位', '沭阳县'), change('/closed', '办结', null)], cause: { kind: 'event', id: 'e2', title: '立案', at: null, command_id: '' } }),
  ]
  it('puts lanes into their order and keeps one nobody knows', () => {
    expect(lanesOf([...steps, step(4, 'new')])).toEqual(['case', 'mail', 'new'])
  })
  it('computes what was recorded after so many steps', () => {
    expect(statesAfter(steps, 2).find((one) => one.lane === 'case')?.fields).toEqual([{ name: 'owner', title: '责任单位', said: '胡集镇' }, { name: 'closed', title: '办结', said: '是' }])
    expect(statesAfter(steps, 3).find((one) => one.lane === 'case')?.fields).toEqual([{ name: 'owner', title: '责任单位', said: '沭阳县' }])
    expect(byLane(statesAfter(steps, 3)).map((one) => one.lane)).toEqual(['case', 'mail'])
  })
  it('leaves nothing of a whole that was replaced', () => {
    const parts = [step(1, 'case', { changes: [change('/place/text', '地点', '甲')] }), step(2, 'case', { changes: [change('/place', '地点', '乙')] })]
    expect(statesAfter(parts, 2)[0]?.fields).toEqual([{ name: 'place', title: '地点', said: '乙' }])
  })
  it('finds by lane and by every word', () => {
    expect(matching(steps, ['case'], '').map((one) => one.step)).toEqual([2, 3])
    expect(matching(steps, [], '胡集 责任').map((one) => one.step)).toEqual([2])
    expect(matching(steps, ['mail'], '胡集')).toEqual([])
  })
  it('finds all that a step shows: to whom a letter went, what led to it, how a value reads; and knows what only its changes say', () => {
    const letter = step(4, 'mail', { name: 'notification.requested.v1', data_json: JSON.stringify({ addressee: { kind: 'receipt' }, subject: '您的举报已受理' }) })
    const sent = step(5, 'mail', { name: 'notification.sent.v1', cause: { kind: 'event', id: 'e4', title: '', at: null, command_id: '' }, changes: [change('/at', '发出', '2020-06-05 10:00:00')] })
    const all = [...steps, letter, sent]
    expect(matching(all, [], '举报已受理').map((one) => one.step)).toEqual([4, 5])
    expect(matching(all, [], '起因 事2').map((one) => one.step)).toEqual([3])
    expect(matching(all, [], '事4').map((one) => one.step), 'what led to it').toEqual([4, 5])
    expect(matching(all, [], '2020年6月5日').map((one) => one.step)).toEqual([5])
    expect([...foundInside(matching(all, [], '胡集镇'), '事2 胡集镇', () => saidAmong(all))]).toEqual([['e2', ['胡集镇']]])
    expect(foundInside(all, '', () => saidAmong(all)).size).toBe(0)
  })
  it('names the step that led to another', () => {
    expect(causeOf(steps[2]!, new Map(steps.map((one) => [one.event_id, one])))?.step).toBe(2)
    expect(causeOf(steps[2]!, new Map())).toBeNull()
  })
  it('says who held it, to the instant', () => {
    const holder = (unit: string, from: string, until: string | null): Holder => ({ unit, unit_name: unit, from, until, held_for: '', seconds: 0, working_days: 0, persons: [{ account: 'a', name: '甲', kind: 'responsible', from, until: '2020-06-02T00:00:00Z', held_for: '', seconds: 0, working_days: 0 }] })
    const holders = [holder('x', '2020-06-01T00:00:00Z', '2020-06-03T00:00:00Z'), holder('y', '2020-06-03T00:00:00Z', null)]
    expect(holdersAt(holders, '2020-05-31T00:00:00Z')).toEqual([])
    expect(holdersAt(holders, '2020-06-01T00:00:00Z').map((one) => [one.unit, one.persons.length])).toEqual([['x', 1]])
    expect(holdersAt(holders, '2020-06-03T00:00:00.000000001Z').map((one) => [one.unit, one.persons.length])).toEqual([['y', 0]])
  })
  it('says by which rule of the system it came about', () => {
    expect(actorText({ kind: 'system', text: '系统规则：案件办结，向举报人反馈', account: null, name: null, policy: 'x/y', role: null, role_title: null, unit: null, unit_name: null })).toBe('系统规则：案件办结，向举报人反馈')
  })
  it('lists steps, tells later ones apart and lets one be chosen', async () => {
    const shown = mount(ReplaySteps, { props: { steps, all: steps, upTo: 2 } })
    const items = shown.findAll('ol > li')
    expect(items).toHaveLength(3)
    expect(items[2]!.classes()).toContain('later')
    expect(items[1]!.text()).toContain('2020年6月2日 10:00')
    await items[0]!.find('button').trigger('click')
    expect(shown.emitted('choose')?.[0]).toEqual([1])
    await shown.setProps({ upTo: 3 })
    expect(shown.findAll('ol > li')[2]!.classes()).not.toContain('later')
  })
})

describe('figures', () => {
  const figure = (code: string, value: number) => ({ code, title: code, value, list: '' })
  const row = (unit: string, level: string, parent: string | null, values: Array<[string, number]>): Row => ({ unit, name: unit, level, parent, on_time_rate: null, figures: values.map(([code, value]) => figure(code, value)) })
  const rows = [row('c', 'city', null, [['cases', 2], ['cases_overdue', 0], ['tips', 1]]), row('k', 'county', 'c', []), row('t', 'township', 'k', []), row('u', 'township', 'c', [])]
  it('groups by what they count', () => {
    expect(['tips_web', 'cases_open', 'class_a', 'relapses', 'running_review', 'overdue_review', 'rung_referral', 'reports_filed', 'other'].map(groupOf)).toEqual(['tips', 'cases', 'classes', 'checks', 'running', 'overdue', 'rungs', 'reports', 'cases'])
  })
  it('leaves out what is nought everywhere unless asked', () => {
    expect(columnsOf(rows, 'cases', false).map((one) => one.code)).toEqual(['cases'])
    expect(columnsOf(rows, 'cases', true).map((one) => one.code)).toEqual(['cases', 'cases_overdue'])
    expect(columnsOf([row('c', 'city', null, [['cases', 1], ['cases_missed', 0], ['cases_closed_in_time', 0]])], 'cases', false).map((one) => one.code), 'but never what the rate is made of').toEqual(['cases', 'cases_missed', 'cases_closed_in_time'])
    expect([row('v', 'village', 't', [['cases', 0]]), row('v', 'village', 't', [['cases', 1]]), row('t', 'township', 'k', [['cases', 0]])].map((one) => isNought(one, [{ code: 'cases' }]))).toEqual([true, false, false])
  })
  it('opens the townships of a county', () => {
    expect(visibleRows(rows, new Set()).map((one) => one.unit)).toEqual(['c', 'k', 'u'])
    expect(visibleRows(rows, new Set(['k'])).map((one) => one.unit)).toEqual(['c', 'k', 't', 'u'])
  })
  it('never rounds a rate to all or none', () => {
    expect([null, 0, 0.5, 0.99999, 0.00001, 1, 2 / 3].map(percent)).toEqual(['—', '0%', '50%', '99.9%', '0.1%', '100%', '66.7%'])
  })
  it('leads from a rate to the cases that were closed in time, and nowhere while there is none', () => {
    const measured = { ...row('k', 'county', 'c', [['cases_closed', 4], ['cases_closed_in_time', 3]]), on_time_rate: 0.75 }
    expect([inTime(measured)?.value, inTime({ ...measured, on_time_rate: null }), inTime({ ...measured, figures: [] })]).toEqual([3, null, null])
    expect(inTime({ ...measured, on_time_rate: 0, figures: [figure('cases_closed_in_time', 0)] })?.value, 'none in time is measured as well').toBe(0)
  })
  it('leads from a number to its list', () => {
    expect(listLink('cases?overdue=true&unit=321300')).toEqual({ path: '/cases', query: { overdue: 'true', unit: '321300' } })
    expect(listLink('escalations?rung=reminder', '2020-06-30')).toEqual({ path: '/accountability', query: { list: 'escalations', rung: 'reminder', as_of: '2020-06-30' } })
    expect(listLink('elsewhere?x=1')).toBeNull()
  })
  it('shows a number as a link that says what it counts', async () => {
    const router = createRouter({ history: createMemoryHistory(), routes: [{ path: '/:any(.*)*', component: { template: '<p />' } }] })
    const shown = mount(FigureLink, { props: { figure: { code: 'cases', title: '案件总数', value: 3, list: 'cases?unit=1' }, of: '沭阳县' }, global: { plugins: [router] } })
    expect(shown.find('a').attributes('href')).toBe('/cases?unit=1')
    expect(shown.find('a').attributes('aria-label')).toBe('沭阳县 案件总数 3')
  })
})

const unit = (code: string, level: string, kind: string, parent: string | null): UnitEntry => ({ code, level, kind, parent, name: code, department: null, email: null, first_responsible: null, first_responsible_name: null, merged_into: null })
const units = [unit('city', 'city', 'government', null), unit('office', 'city', 'office', 'city'), unit('dept', 'city', 'department', 'city'), unit('county', 'county', 'government', 'city'), unit('town', 'township', 'government', 'county'), unit('group', 'city', 'supervision', 'city')]
const who = (role: string, at: string, account = 'me', firstResponsible = true): Me => ({ role, unit: at, account, firstResponsible })

describe('explanations', () => {
  const row = (more: Partial<Escalation>): Escalation => ({
    about_name: null, about_person: null, about_unit: 'town', about_unit_name: '', answer_due: '', clock: 'c', deadline: '', issued: '', explained_at: null, explanation: 'awaited', explanation_text: null,
    judgement_note: null, obligation: 'acknowledge', reached: '', repetition: 0, rung: 'reminder', subject: 'case-1', title: '', to_consider: null, to_name: null, to_person: 'x', to_unit: 'town', to_unit_name: '', what: '', ...more,
  })
  it('are offered to whom they are owed by', () => {
    expect(mayExplain(row({}), who('leader', 'town'))).toBe(true)
    expect(mayExplain(row({ to_person: 'me' }), who('handler', 'county'))).toBe(true)
    expect(mayExplain(row({}), who('handler', 'town'))).toBe(false)
    expect(mayExplain(row({ explanation: 'submitted' }), who('leader', 'town'))).toBe(false)
    expect(mayExplain(row({ obligation: 'answer_escalation' }), who('leader', 'town'))).toBe(false)
  })
  it('after a referral are owed by those whom it concerns, as the domain takes them', () => {
    const referred = row({ rung: 'referral', to_unit: 'discipline', to_person: 'inspector', about_unit: 'town' })
    expect(mayExplain(referred, who('leader', 'town'))).toBe(true)
    expect(mayExplain(referred, who('leader', 'discipline'))).toBe(false)
    expect(explanation({ ...referred, about_unit_name: '胡集镇' }).about).toContain('说明单位：胡集镇')
  })
  it('are judged from above, and after a referral by inspectors alone', () => {
    const given = row({ explanation: 'submitted' })
    expect(mayJudge(given, who('leader', 'county'), units)).toBe(true)
    expect(mayJudge(given, who('leader', 'office'), units)).toBe(true)
    expect(mayJudge(given, who('leader', 'town'), units)).toBe(false)
    expect(mayJudge(given, who('leader', 'dept'), units)).toBe(false)
    expect(mayJudge({ ...given, rung: 'referral' }, who('supervisor', 'x'), units)).toBe(false)
    expect(mayJudge({ ...given, rung: 'referral' }, who('inspector', 'x'), units)).toBe(true)
    expect(mayJudge({ ...given, to_person: 'me' }, who('inspector', 'x'), units)).toBe(false)
    // What a group owed is not judged within it.
    expect(mayJudge(given, who('supervisor', 'group'), units)).toBe(true)
    expect(mayJudge({ ...given, to_unit: 'group' }, who('supervisor', 'group'), units)).toBe(false)
  })
  it('say which item they are about', () => {
    const call = row({ rung: 'supervision_order', obligation: 'first_inspection', what: '老窑厂', to_unit: 'town', to_unit_name: '胡集镇', about_unit: 'town', answer_due: '2020-06-03T02:00:00Z' })
    expect(explanation(call).about).toEqual(['督办：首次现场核查没有按期完成', '事项：老窑厂', '说明单位：胡集镇', '最迟 2020年6月3日\u00a010:00 说明', expect.stringMatching(/^已超 \d+ 天.*仍可以提交/)])
    expect(explanation({ ...call, about_unit: 'village', about_unit_name: '示范村' }).about).toContain('责任单位：示范村')
    const failure = { subject: 'case-1', failure: 1, title: '死灰复燃', note: '又在生产', unit: 'town', unit_name: '胡集镇', due: null }
    expect(failureExplanation(failure).about).toEqual(['事项：死灰复燃（又在生产）', '说明单位：胡集镇'])
  })
  it('of failures follow the same', () => {
    const failure: Failure = { subject: 'case-1', failure: 1, at: '', kind: '', title: '', unit: 'town', unit_name: '', persons: [], person_names: [], note: '', state: 'open', due: null, overdue: false, explanations: [] }
    expect(mayExplainFailure(failure, who('leader', 'town'))).toBe(true)
    expect(mayExplainFailure(failure, who('leader', 'county'))).toBe(false)
    const answered = { ...failure, state: 'answered', explanations: [{ at: '', by: 'x', text: '', evidence: [], accepted: null, note: null }] }
    expect(mayJudgeFailure(answered, who('leader', 'county'), units)).toBe(true)
    expect(mayJudgeFailure(answered, who('inspector', 'y', 'x'), units)).toBe(false)
    expect(mayJudgeFailure(failure, who('inspector', 'y'), units)).toBe(false)
  })
  it('know subjects and levels', () => {
    expect([subjectId('case-a-b'), subjectId('unit-321300-AWB'), subjectLink('tip-1'), subjectLink('unit-1')]).toEqual(['a-b', '321300-AWB', '/tips/1', null])
    expect(subjectLink('report-321300-AWB-sweep')).toBe('/reports/321300-AWB/sweep')
    expect([isAbove(units, 'office', 'city'), isAbove(units, 'city', 'town'), isAbove(units, 'town', 'city')]).toEqual([false, true, false])
  })
})

describe('an area report', () => {
  type Report = Parameters<typeof reportActions>[0]
  const report = (state: string, more: Partial<Report> = {}): Report => ({
    contradictions: [], draft: null, file_number: null, filed_at: null, guarantee: { at: '', by: null, by_name: null, text: '' }, outdated: false, position: 0, returns: [], revision: 4, sealed_at: null,
    report: { unit: '', name: '', state, digest: null, signed_by: null, signed_by_name: null, signed_at: null, drafted_position: null, lines: 0, contradictions: 0, due_at: null, outdated: 0, guarantee_due_at: null, guaranteed_at: null, accepted_at: null, returned_because: null },
    ...more,
  })
  it('goes up level by level, each in person', () => {
    const of = (state: string, at: string, me: Me, owes: string | null = 'acceptance') => reportActions(report(state), at, owes, me, units)
    expect(of('absent', 'town', who('leader', 'town'))).toEqual(['draft'])
    expect(of('drafted', 'town', who('leader', 'town'))).toEqual(['draft', 'sign'])
    expect(of('drafted', 'town', who('leader', 'town', 'me', false))).toEqual(['draft'])
    expect(of('signed', 'town', who('leader', 'county'))).toEqual(['return'])
    expect(of('signed', 'town', who('leader', 'city'))).toEqual([])
    expect(of('signed', 'county', who('leader', 'county'))).toEqual(['seal'])
    expect(of('sealed', 'county', who('dispatcher', 'office'))).toEqual(['file'])
    expect(of('filed', 'county', who('supervisor', 'x'))).toEqual(['accept', 'refuse'])
    expect(of('filed', 'county', who('supervisor', 'x'), 'report')).toEqual([])
    expect(of('absent', 'town', who('leader', 'town'), 'guarantee')).toEqual([])
    expect(reportActions(report('drafted', { outdated: true }), 'town', 'report', who('leader', 'town'), units)).toEqual(['draft'])
    expect(reportActions(report('filed', { guarantee: null }), 'town', 'acceptance', who('leader', 'town'), units)).toEqual([])
    expect(reportActions(report('absent', { guarantee: null }), 'town', 'guarantee', who('leader', 'town'), units)).toEqual(['guarantee'])
  })
  it('is signed under the digest that was read, with the password and the revision', () => {
    const draft = { at: '', list_position: 1, digest: 'abc', canonical: '', lines: [], lower: [] }
    expect(reportCommand('sign', report('drafted', { draft }), '321322102', 'sweep')).toMatchObject({ path: '/api/v1/reports/321322102-sweep/sign', also: { digest: 'abc' }, signature: true, final: true, revision: 4 })
  })
  it('is sealed, filed and accepted for what is named: whose it is, its list, what is open, what was found missing', () => {
    const line = (state: string) => ({ case_id: state, state, class: null, place: '', state_title: '' })
    const signed = report('filed', { draft: { at: '', list_position: 1, digest: 'abc', canonical: '', lines: [line('closed'), line('confirmed')], lower: [] }, contradictions: [{ case_id: 'x' }] as never })
    Object.assign(signed.report ?? {}, { name: '沭阳县', signed_at: '2020-06-03T02:00:00Z', signed_by_name: '张三' })
    const attests = ['沭阳县：检查验收阶段的结果报告', '报告签字以后又发现遗漏 1 处（不在清单内）', '点位清单 2 处', '清单中还没有办结 1 处', '张三 2020年6月3日\u00a010:00 签字']
    for (const action of ['seal', 'file', 'accept'] as const) expect(reportCommand(action, signed, 'county', 'acceptance').attests).toEqual(attests)
    expect(reportCommand('refuse', signed, 'county', 'acceptance'), 'what is refused is named as such by the dialog').toMatchObject({ attests, adverse: true })
    expect(reportCommand('accept', signed, 'county', 'acceptance').consequence).toContain('1 处遗漏仍按问责事项处理')
  })
  it('begins with a guarantee in the words of the order, to whom it is given', () => {
    const given = reportCommand('guarantee', report('absent', { guarantee: null }), 'town', 'mobilisation')
    expect(given.about?.[0]).toBe('向上一级作出保证。')
    expect(given.fields[0]).toMatchObject({ name: 'text', required: true, initial: guarantee.text('town', guarantee.above) })
    expect(guarantee.to('沭阳县', guarantee.vouches.township ?? '')).toBe('向沭阳县作出保证（乡镇保县区）。')
  })
  it('has a digest that anybody can compute', async () => {
    expect(await digestOf('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
  })
})

describe('a file', () => {
  it('keeps the name it was given', () => {
    expect(nameIn(`attachment; filename="mingcha.xlsx"; filename*=UTF-8''%E7%BB%9F%E8%AE%A1.xlsx`, 'x')).toBe('统计.xlsx')
    expect(nameIn(`attachment; filename="a.csv"; filename*=UTF-8''%E7%`, 'x')).toBe('a.csv')
    expect(nameIn(null, 'x.csv')).toBe('x.csv')
  })
})

describe('a list read page by page', () => {
  beforeEach(() => vi.restoreAllMocks())
  it('adds pages, keeps what is there on failure, and begins anew', async () => {
    const read = vi.fn()
    read.mockResolvedValueOnce({ rows: [1, 2], next: 'n', total: 3 }).mockRejectedValueOnce(new Error('off')).mockResolvedValueOnce({ rows: [3], next: null, total: 3 }).mockResolvedValueOnce({ rows: [9], next: null, total: 1 })
    let pages!: ReturnType<typeof usePages<number>>
    mount({ setup: () => { pages = usePages<number>(read); return () => null } })
    await flushPromises()
    await pages.readOn()
    expect([pages.rows.value, pages.problem.value?.code]).toEqual([[1, 2], 'console.unreachable'])
    await pages.readOn()
    expect([pages.rows.value, pages.next.value, pages.problem.value, pages.total.value]).toEqual([[1, 2, 3], null, null, 3])
    await pages.reading.again()
    expect([pages.rows.value, pages.total.value]).toEqual([[9], 1])
  })
})

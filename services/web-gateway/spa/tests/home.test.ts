// What the pages of tips, cases and disposals offer, by role and state; and the inspection form's own rules.
import { describe, expect, it } from 'vitest'
import { caseCommands, mayInspect, releaseCommand, steeringCommands, type CaseSeen } from '@/pages/home/caseCommands'
import type { CaseState, DisposalState } from '@/pages/home/caseState'
import { measureCommands, nextStep, planCommands, reviewCommands, watchCommands, type DisposalSeen } from '@/pages/home/disposalCommands'
import { distance, metresBetween } from '@/pages/home/spot'
import { emptyDraft, mistakesOf as mistakes_, requestOf, wallClock, type Draft } from '@/pages/home/inspection'
import { leadsAbove, viewerOf, type Viewer } from '@/pages/home/standing'
import { join, mayPropose, propose, revealCommands, rewardCommands, screens, tipCommands, type TipSeen } from '@/pages/home/tipCommands'
import { bodyOf } from '@/parts/commands'
import type { UnitEntry } from '@/parts/units'
import { caseActs, classObliges, disposalActs, inspection as inspectionWords } from '@/texts/cases'
import { tipActs } from '@/texts/tips'

function unit(code: string, level: string, kind: string, parent: string | null): UnitEntry {
  return { code, name: code, level, kind, parent } as UnitEntry
}
const UNITS = [
  unit('city', 'city', 'government', null), unit('office', 'city', 'office', 'city'), unit('group', 'city', 'supervision', 'city'), unit('discipline', 'city', 'discipline', 'city'),
  unit('county', 'county', 'government', 'city'), unit('police', 'county', 'department', 'county'), unit('town', 'township', 'government', 'county'), unit('village', 'village', 'government', 'town'), unit('far', 'county', 'government', 'city'),
]
const as = (role: string, of: string, account = `${role}-${of}`): Viewer => viewerOf(role, account, of, UNITS)
const titles = (commands: ReadonlyArray<{ title: string }>) => commands.map((one) => one.title)

const nothing = { tip_id: 'tip', rewards: [], reveals: [], no_reveal: null, no_reward: null }

function tip(more: object = {}, seen: Partial<TipSeen> = {}): TipSeen {
  const row = { tip_id: 'tip', progress: 'received', channel: 'web', place: { text: '老砖瓦厂', division: 'town' }, urgent: false, danger: false, ...more }
  return { tip: row as TipSeen['tip'], told: [], clocks: [], ...seen }
}
function site(more: Partial<CaseState> = {}, seen: Partial<CaseSeen> = {}): CaseSeen {
  const state = {
    progress: 'assigned', origin: null, urgency: 'normal', against: {}, tips: [], owner: 'town', co_handlers: [], instructions: '', holders: [{ unit: 'town', given_by: 'office', from: '' }],
    acknowledged_at: null, returned_by: [], designated: false, inspections: [], finding: null, identified: false, closed: null, extensions: [], reopenings: 0, ...more,
  } satisfies CaseState
  return { row: { case_id: 'case', place: { text: '老砖瓦厂', division: 'town' } } as CaseSeen['row'], state, clocks: [], revision: 3, ...seen }
}
function disposal(more: Partial<DisposalState> = {}): DisposalSeen {
  const state = {
    progress: 'in_progress', class: 'c', unit: 'town', against: {}, plan: null, workers: [], worked: [], reviews_required: ['county'], signatures: [], referrals: [], closed_at: null, spot_check: null, rechecks: [], relapses: [], exposure: null,
    measures: ['cut_water_and_power', 'clear_premises'].map((measure) => ({ measure, done: null, reopened: [] })), ...more,
  } satisfies DisposalState
  return { caseId: 'case', state, revision: 5, parties: [] }
}
const plan = (standing: 'submitted' | 'approved') => ({ risks: '', measures: '', responsible: '', submitted_by: 'handler-town', standing, outlived: false })

describe('standing', () => {
  it('covers the area of the government that a unit belongs to, and nothing beside it', () => {
    expect(as('dispatcher', 'office').covers('village')).toBe(true)
    expect(as('handler', 'police').covers('town')).toBe(true)
    expect(as('handler', 'town').covers('county')).toBe(false)
    expect(as('leader', 'far').covers('town')).toBe(false)
  })
  it('is reviewed by the level above only', () => {
    expect(leadsAbove(as('leader', 'county'), 'town')).toBe(true)
    expect(leadsAbove(as('leader', 'county'), 'police')).toBe(false)
    expect(leadsAbove(as('leader', 'city'), 'town')).toBe(false)
    expect(leadsAbove(as('leader', 'town'), 'town')).toBe(false)
  })
})

describe('tips', () => {
  it('are screened by the dispatchers of where they lie', () => {
    expect(titles(tipCommands(tip(), as('dispatcher', 'county')))).toEqual([tipActs.accept, tipActs.reject, tipActs.divert, tipActs.link, tipActs.reply, tipActs.conflict, tipActs.danger])
    expect(tipCommands(tip(), as('dispatcher', 'far'))).toEqual([])
    expect(tipCommands(tip(), as('handler', 'town'))).toEqual([])
  })
  it('that were turned down once are screened by who is named for it', () => {
    const again = tip({}, { told: [{ kind: 'rejected' }], clocks: [{ obligation: 'screen_tip', unit: 'office', stopped_at: null }] })
    expect(screens(again, as('dispatcher', 'county'))).toBe(false)
    expect(screens(again, as('dispatcher', 'office'))).toBe(true)
    const higher = tip({}, { clocks: [{ obligation: 'screen_tip', unit: 'discipline', stopped_at: null }] })
    expect(screens(higher, as('dispatcher', 'office'))).toBe(false)
    expect(screens(higher, as('inspector', 'discipline'))).toBe(true)
  })
  it('are accepted with place, coordinates and revision as they were read', () => {
    const seen = tip({ place: { text: '老砖瓦厂', division: 'town', coordinates: { latitude: 34, longitude: 118 } } }, { revision: 7 })
    const [command] = tipCommands(seen, as('dispatcher', 'county'))
    expect(command?.revision).toBe(7)
    const body = bodyOf(command!, { summary: '疑似', 'place.text': '新地点', 'place.division': 'town', urgency: 'normal' })
    expect(body).toEqual({ summary: '疑似', urgency: 'normal', place: { text: '新地点', division: 'town', coordinates: { latitude: 34, longitude: 118 } } })
    expect(seen.tip.place?.text).toBe('老砖瓦厂')
  })
  it('join open cases only', () => {
    const like = { kind: 'case', id: 'other', state: 'assigned', place: '', summary: '', explained: '' } as Parameters<typeof join>[1]
    expect(join(tip(), like, as('dispatcher', 'county'))?.also).toEqual({ case_id: 'other' })
    expect(join(tip(), { ...like, state: 'closed' }, as('dispatcher', 'county'))).toBeNull()
    expect(join(tip({ progress: 'accepted' }), like, as('dispatcher', 'county'))).toBeNull()
  })
  it('go on with outcome and unlinking once accepted, with reconsidering once turned down', () => {
    expect(titles(tipCommands(tip({ progress: 'accepted' }), as('dispatcher', 'county')))).toContain(tipActs.unlink)
    expect(titles(tipCommands(tip({ progress: 'rejected' }), as('inspector', 'discipline')))).toEqual([tipActs.reconsider, tipActs.erase])
    expect(titles(tipCommands(tip({ progress: 'rejected' }), as('dispatcher', 'county')))).not.toContain(tipActs.reconsider)
  })
  it('keep the identity: asked by one, agreed to by another, opened by who asked', () => {
    const custody = (state: string) => ({ ...nothing, reveals: [{ request: 1, reason: '', requested_at: '', requested_by: 'inspector-discipline', requested_by_unit: '', state, answered_by: null, opened_at: null, until: null }] })
    const none = nothing
    expect(titles(revealCommands(tip(), as('inspector', 'discipline'), none))).toEqual([tipActs.reveal])
    expect(revealCommands(tip(), as('dispatcher', 'county'), none)).toEqual([])
    expect(revealCommands(tip(), as('inspector', 'discipline'), { ...none, no_reveal: '举报人没有留下身份信息。' }), 'nothing to ask for').toEqual([])
    expect(revealCommands(tip(), as('inspector', 'discipline'), custody('open'))).toEqual([])
    expect(titles(revealCommands(tip(), as('leader', 'city'), custody('open')))).toEqual([tipActs.approveReveal, tipActs.refuseReveal])
    expect(titles(revealCommands(tip(), as('inspector', 'discipline'), custody('approved')))).toEqual([tipActs.openReveal])
    expect(revealCommands(tip(), as('dispatcher', 'office'), custody('approved'))).toEqual([])
  })
  it('are rewarded in yuan that become fen, by another person', () => {
    const custody = (state: string) => ({ ...nothing, rewards: [{ amount_fen: 100000, at: '', fine_fen: 0, proposed_at: '', proposed_by: 'leader-city', rules: '', state, reason: null }] })
    expect(propose(tip(), 1234.56).also).toEqual({ fine_fen: 123456 })
    expect(mayPropose(tip({ progress: 'accepted' }), as('dispatcher', 'county'), custody('refused'))).toBe(true)
    expect(mayPropose(tip({ progress: 'accepted' }), as('dispatcher', 'county'), custody('paid'))).toBe(false)
    expect(mayPropose(tip({ progress: 'accepted' }), as('dispatcher', 'county'), { ...nothing, no_reward: '举报的点位还没有查实。' })).toBe(false)
    expect(rewardCommands(tip(), as('leader', 'city'), custody('proposed'))).toEqual([])
    expect(titles(rewardCommands(tip(), as('leader', 'office'), custody('proposed')))).toEqual([tipActs.approveReward, tipActs.refuseReward])
  })
})

describe('a signature', () => {
  it('is given for what is shown beside it: plan, measures with their pictures, visits', () => {
    const plan = { risks: '残留物料自燃', measures: '先检测后拆除', responsible: '李四', submitted_by: 'x', standing: 'submitted', outlived: false }
    const [approve] = planCommands(disposal({ plan }), as('leader', 'county'))
    expect(approve?.attests).toEqual(['风险辨识：残留物料自燃', '防范措施：先检测后拆除', '现场负责人（姓名和职务）：李四'])
    const done = { at: '2020-06-03T02:00:00Z', before: ['a', 'b'], after: ['c'], note: '' }
    const [pass] = reviewCommands(disposal({ progress: 'awaiting_review', measures: [{ measure: 'cut_water_and_power', done, reopened: [] }] }), as('leader', 'county'))
    expect(pass?.attests).toEqual([disposalActs.doneSaid('彻底断水断电', '2020年6月3日 10:00', 2, 1)])
    const visit = { went: ['张三'], inspected_at: '2020-06-02T02:00:00Z', no_coordinates: '信号不好', five: { missed_enterprise: { answer: 'no', note: '', evidence: ['p'] } }, three: null, evidence: ['p', 'q'], parties: [], method: '', premises: '', finding: 'clean', note: '' } as unknown as CaseState['inspections'][number]
    const [agree] = caseCommands(site({ progress: 'clean_awaiting_review', inspections: [visit] }), as('leader', 'county'))
    expect(agree?.attests).toEqual([caseActs.inspectedSaid('2020年6月2日 10:00', '张三', 2, `，${inspectionWords.notLocated('信号不好')}`)])
    const denied = { denied: true, denials: [{ by: { unit: 'town', staff: 'x' }, at: '', refer_to: { unit: 'police', name: '公安局' } }], to_visit_from: '2020-06-02T02:00:30Z' }
    const earlier = { ...visit, inspected_at: '2020-06-01T02:00:00Z' }
    const [deny] = caseCommands(site({ progress: 'clean_awaiting_review', inspections: [earlier, visit], ...denied }), as('leader', 'county'))
    expect(deny?.attests, 'the visit that counts, and where it goes on to').toEqual([...(agree?.attests ?? []), caseActs.passedOnSaid('公安局')])
  })
})

describe('what is none of ours', () => {
  const seen = site({ progress: 'identification' })
  const no = caseCommands(seen, as('leader', 'county')).find((one) => one.title === caseActs.identifyNo)!
  it('goes to a unit of the directory, or to whoever is named', () => {
    expect(bodyOf(no, { basis: '酿酒', refer_to: 'police' })).toEqual({ small_chemical: false, basis: '酿酒', refer_to: 'police' })
    expect(bodyOf(no, { basis: '酿酒', refer_beyond: '海事部门' })).toEqual({ small_chemical: false, basis: '酿酒', refer_to: '海事部门' })
    expect(bodyOf(no, { basis: '酿酒' })).toEqual({ small_chemical: false, basis: '酿酒' })
  })
})

describe('what follows', () => {
  const custody = (state: string) => ({ ...nothing, rewards: [{ amount_fen: 100000, at: '', fine_fen: 0, proposed_at: '', proposed_by: 'leader-city', rules: '', state, reason: null }] })
  it('of a reward that was paid names the amount, is final, and is signed like the approval', () => {
    const [paid] = rewardCommands(tip(), as('dispatcher', 'county'), custody('approved'))
    expect(paid).toMatchObject({ title: tipActs.paid, final: true, signature: true })
    expect(paid?.consequence).toContain('1,000.00 元')
    const [, refused] = rewardCommands(tip(), as('leader', 'office'), custody('proposed'))
    expect(refused?.consequence).toContain('1,000.00 元')
  })
  it('is said before somebody refuses, releases or answers', () => {
    const open = { ...nothing, reveals: [{ request: 1, reason: '', requested_at: '', requested_by: 'inspector-discipline', requested_by_unit: '', state: 'open', answered_by: null, opened_at: null, until: null }] }
    const asked = { clock: 'c', obligation: 'first_inspection', unit: 'town', due: '2020-06-01T02:00:00Z', to: '', reason: '雨', requested_at: '', answer: null, round: 0 }
    const referral = { referral: 1, party: { name: '王五', role: 'operator' }, to: 'public_security', receiver: 'police', grounds: '', result: null }
    const offered = [
      ...revealCommands(tip(), as('leader', 'city'), open), ...steeringCommands(site({ extensions: [asked] }), as('leader', 'county')), ...releaseCommand(site(), as('dispatcher', 'office'), [{ value: 'police', label: '公安' }]),
      ...watchCommands(disposal({ referrals: [referral] as never }), as('handler', 'police')),
    ]
    expect(titles(offered)).toEqual(expect.arrayContaining([tipActs.refuseReveal, caseActs.refuseExtension('首次现场核查'), caseActs.removeCoHandler, disposalActs.answerReferral('王五')]))
    expect(offered.filter((one) => !one.consequence)).toEqual([])
    expect(offered.find((one) => one.title === caseActs.refuseExtension('首次现场核查'))?.consequence).toContain('2020年6月1日 10:00')
  })
})

describe('cases', () => {
  it('are assigned by the desk, acknowledged or returned by the owner', () => {
    const opened = site({ progress: 'opened', owner: null, holders: [] })
    expect(titles(caseCommands(opened, as('dispatcher', 'office')))).toEqual([caseActs.assign])
    expect(titles(caseCommands(site(), as('handler', 'town')))).toEqual([caseActs.acknowledge, caseActs.assignOn, caseActs.return])
    // Whoever gives it may make it urgent; what is urgent stays so.
    const asked = (seen: typeof opened) => caseCommands(seen, as('dispatcher', 'office'))[0]?.fields.map((field) => field.name)
    expect(asked(opened)).toEqual(['to', 'co_handlers', 'instructions', 'urgent'])
    expect(asked({ ...opened, state: { ...opened.state, urgency: 'urgent' } })).toEqual(['to', 'co_handlers', 'instructions'])
    expect(caseCommands(site(), as('handler', 'far'))).toEqual([])
    expect(titles(caseCommands(site({ returned_by: ['town'] }), as('handler', 'town')))).not.toContain(caseActs.return)
  })
  it('about the city’s desk are given out by the inspectors, and others are not', () => {
    const opened = { progress: 'opened', owner: null, holders: [] }
    const inspector = as('inspector', 'discipline')
    const clock = { clock: 'a', obligation: 'assign_case', title: '', unit: 'discipline', stopped_at: null, overdue: false, due: '' }
    expect(titles(caseCommands(site({ ...opened, against: { units: ['office'] } }), inspector))).toEqual([caseActs.assign])
    expect(titles(caseCommands(site(opened, { clocks: [clock] }), inspector)), 'it was taken up by them').toEqual([caseActs.assign])
    expect(caseCommands(site({ ...opened, against: { units: ['county'] } }), inspector)).toEqual([])
    expect(caseCommands(site(opened, { clocks: [{ ...clock, stopped_at: '2020-06-01T00:00:00Z' } as never] }), inspector)).toEqual([])
    const owned = site({ against: { units: ['office'] } })
    expect(titles(steeringCommands(owned, inspector))).toEqual([caseActs.reassign, caseActs.addCoHandler, caseActs.merge])
    expect(titles(releaseCommand(owned, inspector, [{ value: 'police', label: '' }]))).toEqual([caseActs.removeCoHandler])
    expect(titles(steeringCommands(site({ progress: 'awaiting_designation', owner: null, returned_by: ['town', 'village'], against: { units: ['office'] } }), inspector))).toContain(caseActs.designate)
    expect(steeringCommands(site(), inspector)).toEqual([])
    expect(titles(steeringCommands(owned, as('leader', 'discipline')))).toEqual([])
  })
  it('say what a return does: the first puts it back, the second by another unit leaves it to those above', () => {
    const returning = (seen: CaseSeen) => caseCommands(seen, as('handler', 'town')).find((one) => one.title === caseActs.return)?.consequence
    expect(returning(site())).toBe(caseActs.returnFollows)
    expect(returning(site({ returned_by: ['far'] }))).toBe(caseActs.returnAgainFollows('far'))
  })
  it('are classified with what each class obliges to beside it', () => {
    const classify = caseCommands(site({ progress: 'inspected', finding: 'confirmed_activity' }), as('handler', 'town')).find((one) => one.title === caseActs.classify)
    expect(classify?.fields[0]?.choices?.map((one) => one.note)).toEqual([classObliges.a, classObliges.b, classObliges.c])
  })
  it('are inspected by owner and co-handlers once acknowledged', () => {
    expect(mayInspect(site({ progress: 'acknowledged' }), as('handler', 'town'))).toBe(true)
    expect(mayInspect(site({ progress: 'acknowledged', co_handlers: ['police'] }), as('handler', 'police'))).toBe(true)
    expect(mayInspect(site(), as('handler', 'town'))).toBe(false)
    expect(mayInspect(site({ progress: 'acknowledged' }), as('dispatcher', 'town'))).toBe(false)
  })
  it('that are doubtful go to the county; villages never classify', () => {
    const doubtful = site({ progress: 'inspected', finding: 'suspected' })
    expect(titles(caseCommands(doubtful, as('handler', 'town')))).toEqual([caseActs.requestIdentification, caseActs.assignOn])
    expect(titles(caseCommands(site({ progress: 'identification' }), as('leader', 'county')))).toEqual([caseActs.identifyYes, caseActs.identifyNo])
    const plain = { progress: 'inspected', finding: 'confirmed_activity' }
    expect(titles(caseCommands(site(plain), as('handler', 'town')))).toContain(caseActs.classify)
    expect(titles(caseCommands(site({ ...plain, owner: 'village' }), as('handler', 'village')))).not.toContain(caseActs.classify)
    expect(titles(caseCommands(site(plain), as('handler', 'town')))).not.toContain(caseActs.notSmall)
  })
  it('found clean are reviewed by the level above, and not by who was there', () => {
    const clean = site({ progress: 'clean_awaiting_review' })
    expect(titles(caseCommands(clean, as('leader', 'county')))).toEqual([caseActs.agreeClean, caseActs.refuseClean])
    expect(caseCommands(clean, as('leader', 'city'))).toEqual([])
    expect(caseCommands(clean, as('leader', 'town'))).toEqual([])
  })
  it('are given more time once, before the deadline, by the level above', () => {
    const clock = { clock: 'c', obligation: 'first_inspection', title: '首次现场核查', unit: 'town', stopped_at: null, overdue: false, due: '2020-06-03T02:00:00Z' }
    const [request] = steeringCommands(site({}, { clocks: [clock] }), as('handler', 'town')).filter((one) => one.title === caseActs.requestExtension)
    expect(request?.fields[0], 'the only one is chosen, and says until when it is now').toMatchObject({ initial: 'first_inspection', choices: [{ label: '首次现场核查', note: caseActs.dueNow('2020年6月3日\u00a010:00', '') }] })
    const asked = { clock: 'c', obligation: 'first_inspection', unit: 'town', due: '', to: '', reason: '雨', requested_at: '', answer: null, round: 0 }
    expect(titles(steeringCommands(site({}, { clocks: [clock] }), as('handler', 'town')))).toContain(caseActs.requestExtension)
    expect(titles(steeringCommands(site({}, { clocks: [{ ...clock, overdue: true }] }), as('handler', 'town')))).not.toContain(caseActs.requestExtension)
    expect(titles(steeringCommands(site({ extensions: [asked] }, { clocks: [clock] }), as('handler', 'town')))).not.toContain(caseActs.requestExtension)
    expect(titles(steeringCommands(site({ extensions: [asked] }), as('leader', 'county')))).toContain(caseActs.grantExtension('首次现场核查'))
  })
  it('are taken up again unless they were disposed of', () => {
    const closed = (kind: string) => site({ progress: 'closed', closed: { kind } })
    expect(titles(steeringCommands(closed('found_clean'), as('supervisor', 'group')))).toEqual([caseActs.reopen])
    expect(steeringCommands(closed('disposed'), as('supervisor', 'group'))).toEqual([])
  })
})

describe('disposals', () => {
  it('dismantle and clear only after the county approved the plan', () => {
    expect(measureCommands(disposal(), as('handler', 'town')).map((one) => one.also?.measure)).toEqual(['cut_water_and_power'])
    expect(measureCommands(disposal({ plan: plan('approved') }), as('handler', 'town'))).toHaveLength(2)
    expect(measureCommands(disposal(), as('handler', 'county'))).toEqual([])
    expect(titles(planCommands(disposal(), as('handler', 'town')))).toEqual([disposalActs.submitPlan])
    const submitted = disposal({ plan: plan('submitted') })
    expect(titles(planCommands(submitted, as('leader', 'county')))).toEqual([disposalActs.approvePlan, disposalActs.rejectPlan])
    expect(planCommands(submitted, as('handler', 'town'))).toEqual([])
    expect(planCommands(submitted, as('leader', 'city'))).toEqual([])
  })
  it('are reviewed level by level, never by who worked', () => {
    const waiting = disposal({ progress: 'awaiting_review', reviews_required: ['township', 'county'], unit: 'village' })
    expect(titles(reviewCommands(waiting, as('leader', 'town')))).toEqual([disposalActs.passReview, disposalActs.failReview])
    expect(reviewCommands(waiting, as('leader', 'county'))).toEqual([])
    expect(reviewCommands(disposal({ progress: 'awaiting_review', workers: ['leader-county'] }), as('leader', 'county'))).toEqual([])
    const [pass] = reviewCommands(disposal({ progress: 'awaiting_review' }), as('leader', 'county'))
    expect(pass).toMatchObject({ signature: true, final: true, consequence: disposalActs.passReviewLast, revision: 5 })
  })
  it('are watched after the closing by others than who did the work', () => {
    const closed = disposal({ progress: 'closed', spot_check: { seed: '1', round: 1, passed: null }, rechecks: [{ after_days: 30, raised_at: '', outcome: null }] })
    expect(titles(watchCommands(closed, as('supervisor', 'group')))).toEqual([disposalActs.passCheck, disposalActs.failCheck, disposalActs.passRecheck(30), disposalActs.propose, disposalActs.relapse])
    expect(titles(watchCommands(closed, as('handler', 'town')))).not.toContain(disposalActs.passRecheck(30))
    expect(titles(watchCommands(closed, as('dispatcher', 'office')))).toEqual([disposalActs.relapse])
  })
  it('say what waits for whom: what needs no plan before the plan, and nothing that is merely possible', () => {
    const next = (seen: DisposalSeen, viewer: Viewer) => nextStep(seen, viewer)?.title ?? null
    expect(next(disposal(), as('handler', 'town'))).toBe(disposalActs.complete('彻底断水断电'))
    const cut = disposal({ measures: [{ measure: 'cut_water_and_power', done: { at: '', before: [], after: [], note: '' }, reopened: [] }, { measure: 'clear_premises', done: null, reopened: [] }] })
    expect(next(cut, as('handler', 'town'))).toBe(disposalActs.submitPlan)
    expect(next(disposal({ plan: plan('submitted') }), as('leader', 'county'))).toBe(disposalActs.approvePlan)
    const closed = { progress: 'closed', rechecks: [{ after_days: 30, raised_at: '', outcome: null }] }
    expect(next(disposal(closed), as('leader', 'county'))).toBe(disposalActs.passRecheck(30))
    expect(next(disposal(closed), as('handler', 'town')), 'it may report a relapse, refer and expose').toBeNull()
  })
  it('expose under the name that the case has', () => {
    const proposing = watchCommands({ ...disposal(), enterprise: '老窑厂' }, as('handler', 'town')).find((one) => one.title === disposalActs.propose)
    expect(proposing?.fields[0]?.initial).toBe('老窑厂')
  })
  it('expose on the word of the city only', () => {
    const proposed = disposal({ exposure: { enterprise: '某厂', facts: '', proposed_by: 'handler-town', standing: 'proposed' } })
    expect(titles(watchCommands(proposed, as('leader', 'office')))).toContain(disposalActs.publish)
    expect(titles(watchCommands(proposed, as('leader', 'county')))).not.toContain(disposalActs.publish)
  })
})

describe('the inspection form', () => {
  const now = Date.parse('2020-06-01T10:00:00+08:00')
  const mistakesOf = (...asked: Parameters<typeof mistakes_>) => mistakes_(...asked).map((one) => one.text)
  function answered(answer: 'yes' | 'no' | 'not_applicable', more: Partial<Draft> = {}): Draft {
    const draft = emptyDraft(wallClock(now))
    for (const check of [...Object.values(draft.five), ...Object.values(draft.three)]) Object.assign(check, { answer, note: '逐户查看' })
    return { ...draft, went: '张三（安监办）\n\n李四', premises: 'dwelling', noCoordinates: '没有信号', finding: 'suspected', ...more }
  }
  it('asks for everything once, in the order of the form', () => {
    const mistakes = mistakesOf(emptyDraft(wallClock(now)), now)
    expect(mistakes[0]).toBe(inspectionWords.needWent)
    expect(mistakes).toContain(inspectionWords.needFinding)
    expect(mistakes.filter((one) => one.startsWith('请回答'))).toHaveLength(5)
    expect(mistakesOf(answered('no'), now)).toEqual([])
    expect(mistakes_(emptyDraft(wallClock(now)), now).map((one) => one.at)).toEqual(['went', 'premises', 'where', ...Object.keys(emptyDraft(wallClock(now)).five).map((key) => `five.${key}`), 'finding'])
  })
  it('looks behind the wall where an enterprise has stopped', () => {
    const draft = { ...emptyDraft(wallClock(now)), premises: 'idle_plant' }
    expect(mistakesOf(draft, now).filter((one) => one.startsWith('请回答'))).toHaveLength(8)
    expect(requestOf(answered('no'))).not.toHaveProperty('three')
    expect(requestOf(answered('no', { premises: 'idle_plant' }))).toHaveProperty('three')
  })
  it('takes no bare no, no clean without a picture, no certainty without proof', () => {
    const bare = answered('no')
    bare.five.changed_scope!.note = ''
    expect(mistakesOf(bare, now)).toHaveLength(1)
    expect(mistakesOf(answered('no', { finding: 'clean' }), now)).toEqual([inspectionWords.cleanPhoto])
    expect(mistakesOf(answered('yes', { finding: 'clean', evidence: ['photo'] }), now)).toEqual([inspectionWords.cleanYes])
    expect(mistakesOf(answered('not_applicable', { finding: 'clean', evidence: ['photo'] }), now)).toEqual([inspectionWords.cleanIdle])
    expect(mistakesOf(answered('yes', { finding: 'confirmed_activity' }), now)).toEqual([inspectionWords.confirmedProof])
    expect(mistakesOf(answered('yes', { finding: 'confirmed_activity', evidence: ['photo'] }), now)).toEqual([])
  })
  it('asks whoever stands far from the site why', () => {
    const site = { latitude: 34.1312, longitude: 118.7735 }
    const there = (latitude: number, note = '') => mistakesOf(answered('no', { coordinates: { latitude, longitude: 118.7735 }, note }), now, site)
    expect(there(34.1352)).toEqual([])
    expect(there(34.3312)).toEqual([inspectionWords.needFarNote])
    expect(there(34.3312, '举报人定位有误')).toEqual([])
    expect(distance(metresBetween(site, { latitude: 34.3312, longitude: 118.7735 }))).toBe('22.2 公里')
    expect(distance(metresBetween(site, { latitude: 34.1352, longitude: 118.7735 }))).toBe('440 米')
  })
  it('becomes the request of the gateway', () => {
    expect(requestOf(answered('no', { coordinates: { latitude: 34, longitude: 118 } }))).toMatchObject({ went: ['张三（安监办）', '李四'], coordinates: { latitude: 34 }, inspected_at: '2020-06-01T10:00:00+08:00' })
    expect(requestOf(answered('no'))).toMatchObject({ no_coordinates: '没有信号' })
  })
})

// What may be done with a disposal: safety plan, measures, reviews, spot checks, re-checks, referrals, exposure.
import { classChoices } from './caseCommands'
import { isAgainst, standing, type DisposalState, type Party } from './caseState'
import { directs, type Viewer } from './standing'
import { moment } from '@/format'
import { choices, measures as measureNames } from '@/texts/common'
import { disposalActs as words, partyRoles, receivers, relapseLinks } from '@/texts/cases'
import { judged } from '@/texts/signing'
import type { Command, Field } from '@/parts/commands'

/** A disposal as the page has read it. */
export interface DisposalSeen {
  caseId: string
  state: DisposalState
  revision?: number
  /** Who was met on the site, for referrals. */
  parties: readonly Party[]
  /** What the site is called, for its exposure. */
  enterprise?: string
}

const WITH_PLAN = ['dismantle_units', 'dismantle_equipment', 'clear_premises', 'clear_materials']

function to(seen: DisposalSeen, act: string): Pick<Command, 'path' | 'revision'> {
  const path = `/api/v1/disposals/${seen.caseId}/${act}`
  return seen.revision === undefined ? { path } : { path, revision: seen.revision }
}
function words_(name: string, label: string, required = true): Field {
  return { name, label, kind: 'words', required }
}
function photos(name: string, label: string): Field {
  return { name, label, kind: 'photos', required: true }
}
function redo(state: DisposalState): Field {
  const named = state.measures.map(({ measure }) => ({ value: measure, label: measureNames[measure] ?? measure }))
  return { name: 'measures', label: words.redo, kind: 'choices', required: true, choices: named }
}

/** Whether dismantling or clearing waits for a plan that the county approves. */
export function needsPlan(measure: string): boolean {
  return WITH_PLAN.includes(measure)
}
function ended(state: DisposalState): boolean {
  return state.progress === 'closed' || state.progress === 'merged'
}
function carriesOut({ state }: DisposalSeen, viewer: Viewer): boolean {
  return state.unit === viewer.unit && ['handler', 'leader'].includes(viewer.role)
}
function covering(roles: readonly string[], { state }: DisposalSeen, viewer: Viewer): boolean {
  return roles.includes(viewer.role) && viewer.covers(state.unit)
}
/** The level for which the viewer signs over the unit's work; nobody signs for the own unit. */
export function signsFor({ state }: DisposalSeen, viewer: Viewer): string {
  const signs = directs(viewer) ? viewer.role === 'leader' : viewer.kind === 'supervision' && viewer.role === 'supervisor'
  return signs && state.unit !== viewer.unit && viewer.covers(state.unit) ? viewer.level : ''
}

/** One command for each measure that may be recorded now; `also.measure` says which. */
export function measureCommands(seen: DisposalSeen, viewer: Viewer): Command[] {
  if (!carriesOut(seen, viewer) || ended(seen.state)) return []
  const approved = standing(seen.state.plan?.standing) === 'approved'
  const open = seen.state.measures.filter((one) => !one.done && (approved || !needsPlan(one.measure)))
  return open.map(({ measure }) => ({
    ...to(seen, 'measures'), title: words.complete(measureNames[measure] ?? measure), consequence: words.completeFollows, also: { measure },
    fields: [photos('before', words.before), photos('after', words.after), words_('note', words.note, false)],
  }))
}

/** The safety plan: handed in, approved or sent back. */
export function planCommands(seen: DisposalSeen, viewer: Viewer): Command[] {
  const { state } = seen
  const found: Command[] = []
  const plan = standing(state.plan?.standing)
  const planFits = plan === '' || plan === 'rejected' || (plan === 'approved' && state.plan?.outlived === true)
  const waits = state.measures.some((one) => needsPlan(one.measure) && !one.done)
  if (carriesOut(seen, viewer) && !ended(state) && waits && planFits) {
    found.push({
      ...to(seen, 'safety-plan'), title: words.submitPlan, consequence: words.submitPlanFollows,
      fields: [words_('risks', words.risks), words_('measures', words.planMeasures), { name: 'responsible', label: words.responsible, kind: 'line', required: true, most: 100 }],
    })
  }
  if (plan === 'submitted' && approvesPlans(seen, viewer) && state.plan?.submitted_by !== viewer.account) {
    found.push(
      { ...to(seen, 'safety-plan/approve'), title: words.approvePlan, consequence: words.approvePlanFollows, attests: planSaid(state), final: true, signature: true, fields: [] },
      { ...to(seen, 'safety-plan/reject'), title: words.rejectPlan, adverse: true, consequence: words.rejectPlanFollows, final: true, fields: [words_('reason', words.reason)] },
    )
  }
  return found
}

function planSaid({ plan }: DisposalState): string[] {
  return plan ? [`${words.risks}：${plan.risks}`, `${words.planMeasures}：${plan.measures}`, `${words.responsible}：${plan.responsible}`] : []
}
function workSaid({ measures }: DisposalState): string[] {
  return measures.map(({ measure, done }) => {
    const name = measureNames[measure] ?? measure
    return done ? words.doneSaid(name, moment(done.at), done.before.length, done.after.length) : words.undoneSaid(name)
  })
}
function approvesPlans(seen: DisposalSeen, viewer: Viewer): boolean {
  if (viewer.role !== 'leader') return false
  const level = signsFor(seen, viewer)
  return level === 'county' || (level === 'city' && ['city', 'county'].includes(viewer.levelOf(seen.state.unit)))
}

/** The signature of the level whose turn it is, or sending the work back. */
export function reviewCommands(seen: DisposalSeen, viewer: Viewer): Command[] {
  const { state } = seen
  const next = state.reviews_required.find((level) => !state.signatures.some((one) => one.level === level))
  if (state.progress !== 'awaiting_review' || !next || signsFor(seen, viewer) !== next || state.workers.includes(viewer.account)) return []
  const last = state.reviews_required[state.reviews_required.length - 1] === next
  return [
    { ...to(seen, 'review/pass'), title: words.passReview, consequence: last ? words.passReviewLast : words.passReviewNext, attests: workSaid(state), final: last, signature: true, fields: [] },
    { ...to(seen, 'review/fail'), title: words.failReview, adverse: true, consequence: words.failReviewFollows, final: true, fields: [redo(state), words_('reason', words.reason)] },
  ]
}

/** After the closing, and beside it: spot check, re-check, referral, exposure, class; and last, whether it has come back. */
export function watchCommands(seen: DisposalSeen, viewer: Viewer): Command[] {
  return [...spotChecks(seen, viewer), ...rechecks(seen, viewer), ...referrals(seen, viewer), ...exposure(seen, viewer), ...reclassification(seen, viewer), ...relapse(seen, viewer)]
}
/** What stands apart from the rest: it opens a case of its own against somebody. */
export function isRelapse(command: Command): boolean {
  return command.path.endsWith('/relapse')
}
/** What waits, without saying in advance how it ends. */
export function nextSaid(command: Command): string {
  return OPEN_ENDED.find(([act]) => command.path.endsWith(act))?.[1] ?? command.title
}
/** Of what is due, all that may end two ways. */
const OPEN_ENDED: ReadonlyArray<[act: string, said: string]> = [['/review/pass', words.reviewNext], ['/safety-plan/approve', words.judgePlan], ['/spot-check/pass', words.checkNext], ['/rechecks', words.recheckNext], ['/exposure/publish', words.exposeNext]]
const DUE = ['/spot-check/pass', '/rechecks', '/referral-answers', '/exposure/publish']
/** What of it waits for the viewer now; null if nothing does. */
export function nextStep(seen: DisposalSeen, viewer: Viewer): Command | null {
  const due = watchCommands(seen, viewer).find((one) => DUE.some((act) => one.path.endsWith(act)))
  const measures = measureCommands(seen, viewer)
  // What needs no plan is due the soonest: water and power are cut while the plan is still written.
  const atOnce = measures.filter((one) => !needsPlan(String(one.also?.measure)))
  return [...atOnce, ...planCommands(seen, viewer), ...reviewCommands(seen, viewer), ...measures][0] ?? due ?? null
}

function spotChecks(seen: DisposalSeen, viewer: Viewer): Command[] {
  const { state } = seen
  if (!covering(['supervisor'], seen, viewer)) return []
  const pending = state.spot_check !== null && state.spot_check.passed === null
  if (pending) {
    return [
      { ...to(seen, 'spot-check/pass'), title: words.passCheck, consequence: words.passCheckFollows, fields: [photos('evidence', words.photos), words_('note', words.checkNote)] },
      { ...to(seen, 'spot-check/fail'), title: words.failCheck, adverse: true, consequence: words.failCheckFollows, final: true, fields: [redo(state), words_('finding', words.finding), { ...photos('evidence', words.photos), required: false }] },
    ]
  }
  if (state.progress !== 'closed' || !isAgainst(state.against)) return []
  return [{
    ...to(seen, 'spot-check/draw'), title: words.draw, consequence: words.drawFollows,
    fields: [{ name: 'seed', label: words.seed, kind: 'line', required: true, most: 64 }, { name: 'round', label: words.round, kind: 'number', required: true, initial: (state.spot_check?.round ?? 0) + 1 }],
  }]
}

function rechecks(seen: DisposalSeen, viewer: Viewer): Command[] {
  const { state } = seen
  if (state.progress !== 'closed') return []
  const found: Command[] = []
  const own = state.unit === viewer.unit || state.worked.includes(viewer.unit) || state.workers.includes(viewer.account)
  if (covering(['handler', 'leader', 'supervisor'], seen, viewer) && !own) {
    for (const due of state.rechecks.filter((one) => one.outcome === null)) {
      found.push({
        ...to(seen, 'rechecks'), title: words.passRecheck(due.after_days), consequence: words.passRecheckFollows, also: { after_days: due.after_days },
        fields: [photos('evidence', words.photos), words_('note', words.note, false)],
      })
    }
  }
  return found
}

function relapse(seen: DisposalSeen, viewer: Viewer): Command[] {
  if (seen.state.progress !== 'closed' || !covering(['handler', 'leader', 'supervisor', 'dispatcher'], seen, viewer)) return []
  const elsewhere = (values: Readonly<Record<string, unknown>>) => !!values.link && values.link !== 'site'
  return [{
    ...to(seen, 'relapse'), title: words.relapse, adverse: true, consequence: words.relapseFollows, final: true,
    fields: [
      { name: 'link', label: words.link, kind: 'choice', required: true, choices: choices(relapseLinks) },
      words_('note', words.relapseNote),
      { name: 'place.text', label: words.relapsePlace, kind: 'line', required: true, most: 200, when: elsewhere },
      { name: 'place.division', label: words.division, kind: 'unit', when: elsewhere },
      { name: 'enterprise', label: words.relapseEnterprise, kind: 'line', most: 100 },
    ],
  }]
}

function referrals(seen: DisposalSeen, viewer: Viewer): Command[] {
  const { state } = seen
  const found: Command[] = []
  if (['handler', 'leader'].includes(viewer.role)) {
    for (const one of state.referrals.filter((referral) => referral.result === null && referral.receiver === viewer.unit)) {
      found.push({ ...to(seen, 'referral-answers'), title: words.answerReferral(one.party.name), consequence: words.answerReferralFollows, also: { referral: one.referral }, fields: [words_('result', words.result)] })
    }
  }
  if (covering(['handler', 'leader'], seen, viewer)) {
    const met = seen.parties[0]
    found.push({
      ...to(seen, 'referrals'), title: words.refer, consequence: words.referFollows, final: true,
      fields: [
        { name: 'party.role', label: words.partyRole, kind: 'choice', required: true, choices: choices(partyRoles), initial: met?.role },
        { name: 'party.name', label: words.party, kind: 'line', required: true, most: 100, initial: met?.name },
        { name: 'to', label: words.referTo, kind: 'choice', required: true, choices: choices(receivers) },
        words_('grounds', words.grounds),
      ],
    })
  }
  return found
}

function exposure(seen: DisposalSeen, viewer: Viewer): Command[] {
  const { state } = seen
  const stands = standing(state.exposure?.standing)
  const found: Command[] = []
  const leads = viewer.role === 'leader' && viewer.level === 'city' && directs(viewer)
  if (leads && stands === 'proposed' && !isAgainst(state.against) && state.exposure?.proposed_by !== viewer.account) {
    found.push({ ...to(seen, 'exposure/publish'), title: words.publish, consequence: words.publishFollows, attests: [judged.exposed(state.exposure?.enterprise ?? ''), judged.facts(state.exposure?.facts ?? '')], signature: true, fields: [] })
  }
  if (leads && (stands === 'proposed' || stands === 'published')) {
    found.push({ ...to(seen, 'exposure/withdraw'), title: words.withdraw, consequence: words.withdrawFollows, fields: [words_('reason', words.reason)] })
  }
  if (covering(['handler', 'leader', 'supervisor'], seen, viewer) && stands !== 'published' && stands !== 'proposed' && !isAgainst(state.against)) {
    found.push({
      ...to(seen, 'exposure'), title: words.propose, consequence: words.proposeFollows,
      fields: [{ name: 'enterprise', label: words.enterprise, kind: 'line', required: true, most: 100, initial: seen.enterprise }, words_('facts', words.facts)],
    })
  }
  return found
}

function reclassification(seen: DisposalSeen, viewer: Viewer): Command[] {
  const { state } = seen
  const level = signsFor(seen, viewer)
  const last = state.reviews_required[state.reviews_required.length - 1]
  const high = level === 'city' || (level === 'county' && last !== 'city')
  if (!high || ended(state) || state.workers.includes(viewer.account)) return []
  const other = classChoices().filter((one) => one.value !== state.class)
  return [{
    ...to(seen, 'class'), title: words.reclassify, consequence: words.reclassifyFollows,
    fields: [{ name: 'class', label: words.class, kind: 'choice', required: true, choices: other }, words_('basis', words.basis)],
  }]
}

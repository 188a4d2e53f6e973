// What somebody can be offered to do about a call, a failure or a report; the gateway decides in the end.
import type { RouteLocationRaw } from 'vue-router'
import type { components } from '@/api/schema'
import type { UnitEntry } from '@/parts/units'

export type Escalation = components['schemas']['EscalationRow']
export type Failure = components['schemas']['FailureItem']
type Report = components['schemas']['GetReportResponse']

/** Who is at work: account, unit, role. */
export interface Me {
  account: string
  unit: string
  role: string
  firstResponsible: boolean
}
type Units = readonly UnitEntry[]

/** The id of a subject without its kind, as paths of commands name it. */
export function subjectId(subject: string): string {
  return subject.replace(/^(?:tip|case|unit)-/, '')
}
/** The page of a subject, if it has one. */
export function subjectLink(subject: string): string | null {
  if (subject.startsWith('case-')) return `/cases/${subjectId(subject)}`
  const [, unit, stage] = /^report-(.+)-([a-z]+)$/.exec(subject) ?? []
  if (unit && stage) return `/reports/${unit}/${stage}`
  return subject.startsWith('tip-') ? `/tips/${subjectId(subject)}` : null
}
/** What a unit itself owes is done on pages of their own. */
const OF_UNITS: Record<string, string> = { answer_finding: '/findings', conference_task: '/conference-tasks', guarantee: '/reports', area_report: '/reports', announce_draw: '/draws', make_draw: '/draws', explain_failure: '/accountability', inquiry: '/accountability', answer_escalation: '/accountability' }
const LISTS: Record<string, string> = { explain_failure: 'failures', inquiry: 'inquiries', answer_escalation: 'escalations' }
/** The same for a unit: the list where what it owes is done, for those who have that list. */
export function subjectPage(subject: string, obligation: string, role: string): RouteLocationRaw | null {
  const list = OF_UNITS[obligation]
  if (!subject.startsWith('unit-') || !list) return subjectLink(subject)
  if (list === '/draws') return list
  if (list === '/accountability') return { path: list, query: { list: LISTS[obligation] ?? 'failures', unit: subjectId(subject) } }
  return list === '/findings' && role === 'handler' ? null : { path: list, query: { unit: subjectId(subject) } }
}

/** Handlers have no list of findings: their leaders answer them. */
export function isAnsweredByLeader(subject: string, obligation: string, role: string): boolean {
  return role === 'handler' && subject.startsWith('unit-') && obligation === 'answer_finding'
}

function entry(units: Units, code: string | null | undefined): UnitEntry | undefined {
  return units.find((unit) => unit.code === code)
}
/** The government for which a unit acts: its own, or that of an office. */
function seat(units: Units, code: string): string {
  const unit = entry(units, code)
  return unit?.kind === 'office' && unit.parent ? unit.parent : code
}
/** Whether a government, or the office acting for it, stands above a unit. */
export function isAbove(units: Units, mine: string, other: string): boolean {
  const kind = entry(units, mine)?.kind
  if (kind !== 'government' && kind !== 'office') return false
  const own = seat(units, mine)
  if (other === mine || other === own) return false
  for (let at = entry(units, other)?.parent; at; at = entry(units, at)?.parent) if (at === own) return true
  return false
}

/** Whoever is pressed for an answer gives that answer, and no explanation besides. */
const ANSWERED_OTHERWISE = ['answer_escalation', 'explain_failure', 'judge_answer', 'inquiry']

/** Who owes the explanation: whoever was addressed, but for a referral those whom it concerns. */
export function answererOf(row: Pick<Escalation, 'rung' | 'to_unit' | 'to_unit_name' | 'to_person' | 'to_name'> & Partial<Escalation>): { unit: string; unitName: string; person: string | null; name: string | null } {
  const concerned = row.rung === 'referral' && row.about_unit
  if (concerned) return { unit: row.about_unit ?? '', unitName: row.about_unit_name ?? '', person: row.about_person ?? null, name: row.about_name ?? null }
  return { unit: row.to_unit, unitName: row.to_unit_name, person: row.to_person, name: row.to_name }
}

export function mayExplain(row: Escalation, me: Me): boolean {
  // What a higher call has overtaken is owed no more, and heard all the same.
  if (!['awaited', 'not_accepted', 'overtaken'].includes(row.explanation)) return false
  if (ANSWERED_OTHERWISE.includes(row.obligation)) return false
  if (!['leader', 'dispatcher', 'handler', 'supervisor'].includes(me.role)) return false
  const answerer = answererOf(row)
  return answerer.person === me.account || (me.role === 'leader' && answerer.unit === me.unit)
}
/** What a supervision group itself owed is not judged within it. */
function supervises(me: Me, units: Units, unit: string): boolean {
  return me.role === 'supervisor' && entry(units, unit)?.kind !== 'supervision'
}
export function mayJudge(row: Escalation, me: Me, units: Units): boolean {
  const answerer = answererOf(row)
  if (row.explanation !== 'submitted' || answerer.person === me.account) return false
  if (me.role === 'inspector') return true
  if (row.rung === 'referral') return false
  return supervises(me, units, answerer.unit) || (me.role === 'leader' && isAbove(units, me.unit, answerer.unit))
}
/** The unit answers, through whoever leads it; who is named besides has failed, and is heard by inspectors. */
export function mayExplainFailure(row: Failure, me: Me): boolean {
  const open = row.state === 'open' || row.state === 'returned'
  return open && me.role === 'leader' && row.unit === me.unit
}
export function mayJudgeFailure(row: Failure, me: Me, units: Units): boolean {
  if (row.state !== 'answered' || row.explanations.some((answer) => answer.by === me.account)) return false
  if (me.role === 'inspector' || supervises(me, units, row.unit)) return true
  return me.role === 'leader' && isAbove(units, me.unit, row.unit)
}

export type ReportAction = 'guarantee' | 'draft' | 'sign' | 'return' | 'seal' | 'file' | 'accept' | 'refuse'

/** What can be done with a report now, in the order in which it is done. */
export function reportActions(report: Report, unit: string, owes: string | null, me: Me, units: Units): ReportAction[] {
  const state = report.report?.state ?? 'absent'
  const where = entry(units, unit)
  const own = me.unit === unit
  const leads = me.role === 'leader'
  const city = units.find((one) => one.level === 'city' && one.kind === 'government')?.code
  const ofCity = city !== undefined && seat(units, me.unit) === city
  const can: ReportAction[] = []
  const asked = owes === 'guarantee' || Boolean(report.report?.guarantee_due_at)
  if (own && leads && me.firstResponsible && asked && !report.guarantee) can.push('guarantee')
  // At mobilisation a unit owes its guarantee and no report, and a stage without an end nothing.
  if (owes === null || owes === 'guarantee') return can
  if (own && (leads || me.role === 'handler') && ['absent', 'drafted', 'returned'].includes(state)) can.push('draft')
  if (own && leads && me.firstResponsible && state === 'drafted' && !report.outdated) can.push('sign')
  if (own && leads && where?.level === 'county' && state === 'signed') can.push('seal')
  if (ofCity && (leads || me.role === 'dispatcher') && where?.level === 'county' && state === 'sealed') can.push('file')
  if (me.role === 'supervisor' && owes === 'acceptance' && where?.level === 'county' && state === 'filed') can.push('accept', 'refuse')
  if (leads && where?.parent && seat(units, me.unit) === where.parent && ['signed', 'sealed'].includes(state)) can.push('return')
  return can
}

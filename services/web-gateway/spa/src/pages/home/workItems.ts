// Where an item of the work list is done, and what can be answered right from the list.
import type { RouteLocationRaw } from 'vue-router'
import { shortNumber, spoken } from '@/format'
import { explain, explainFailure } from '@/pages/oversight/answers'
import { stages, word } from '@/texts/common'
import { work as words } from '@/texts/work'
import type { components } from '@/api/schema'

export type WorkItem = components['schemas']['WorkItem']

const TO_ACCOUNTABILITY: Record<string, Record<string, string>> = {
  escalation_to_answer: { list: 'escalations' }, explanation_to_judge: { list: 'escalations', explanation: 'submitted' },
  failure_to_judge: { list: 'failures', state: 'answered' }, explain_failure: { list: 'failures' }, inquiry: { list: 'inquiries' }, referral_to_consider: { list: 'escalations', rung: 'referral' }, answer_escalation: { list: 'escalations' },
}

/** The unit that a subject is, for items about a unit; the item's own otherwise. */
function unitOf(item: WorkItem): string {
  return item.subject.startsWith('unit-') ? item.subject.slice('unit-'.length) : item.unit
}
/** `<unit>-<stage>` as an address; codes of units may hold hyphens, those of stages do not. */
function reportPath(report: string): string {
  const at = report.lastIndexOf('-')
  return `/reports/${report.slice(0, at)}/${report.slice(at + 1)}`
}

/** What it is about, without saying twice what its title or its place says; dates as people write them. Of a tip without a place, which. */
export function saidOf(item: WorkItem): string {
  const said = aboutOf(item)
  return !item.place && item.tip_id ? [words.tip(shortNumber(item.tip_id)), said].filter(Boolean).join('　') : said
}
function aboutOf(item: WorkItem): string {
  // That there are more of the kind belongs to the whole, and not into its brackets.
  const others = words.others.exec(item.what)?.[0] ?? ''
  const said = item.what.slice(0, item.what.length - others.length)
  const what = item.place ? said.replaceAll(item.place, '') : said
  const once = spoken(what).replace(/^[：，、　 ]+/, '').replace(/：\s*：/g, '：').replace(/^([^：]+)：\1：/, '$1：')
  if (once === item.title) return item.place
  if (item.kind === 'escalation_to_answer' || item.kind === 'referral_to_consider') return [item.place, `${words.missed}${nested(once)}${others}`].filter(Boolean).join('　')
  const stage = item.report ? word(stages, item.report.slice(item.report.lastIndexOf('-') + 1)) : ''
  return [item.place, once || (stage && words.stageReport(stage))].filter(Boolean).join('　')
}

/** `说明问责事项：底数不清：上报遗漏点位` with one colon less than anybody can follow: 说明问责事项（底数不清，上报遗漏点位）. */
export function nested(said: string): string {
  const [first = '', ...rest] = said.split('：')
  return rest.length ? `${first}（${rest.join('，')}）` : first
}

/** A report that was never drafted, of a stage that is over: it has no date any more, which is no reason to wait. */
export function isUnreported(item: WorkItem, today: string): boolean {
  const last = words.ended.exec(item.what)
  if (item.kind !== 'report_to_draft' || item.title !== words.draft || !last) return false
  const [, year = '', month = '', date = ''] = last
  return `${year}-${month.padStart(2, '0')}-${date.padStart(2, '0')}` < today
}

/** The page where the item is done; null if there is none. */
export function workLink(item: WorkItem): RouteLocationRaw | null {
  const what = item.kind === 'obligation' ? (item.obligation ?? '') : item.kind
  if (item.report) return reportPath(item.report)
  if (what.startsWith('draw_') || what === 'announce_draw' || what === 'make_draw') return item.subject.startsWith('draw-') ? `/draws/${item.subject.slice('draw-'.length)}` : '/draws'
  if (what === 'finding_answer_to_judge') return { path: '/findings', query: { unit: unitOf(item), state: 'answered' } }
  if (what === 'answer_finding') return { path: '/findings', query: { unit: unitOf(item) } }
  if (what === 'task_report_to_judge') return { path: '/conference-tasks', query: { unit: unitOf(item), state: 'answered' } }
  if (what === 'conference_task') return { path: '/conference-tasks', query: { unit: unitOf(item) } }
  if (what === 'guarantee' || what === 'guarantee_to_give' || what === 'area_report') return '/reports'
  const conditions = TO_ACCOUNTABILITY[what]
  // Whoever has to judge reads what was said; whoever has to explain looks at the case first.
  const judges = what.endsWith('_to_judge') || what === 'inquiry' || what === 'referral_to_consider'
  if (conditions && (judges || (!item.case_id && !item.tip_id))) return { path: '/accountability', query: { ...conditions, unit: unitOf(item) } }
  if (what === 'transcript_to_record' || what === 'place_to_record') return { path: '/transcripts', query: { kind: what, tip: item.tip_id ?? '' } }
  if (item.case_id) return `/cases/${item.case_id}`
  if (item.tip_id) return `/tips/${item.tip_id}`
  return null
}

/** Explains right here what the viewer in person, or the unit that they lead, was asked about; null if there is nothing to explain. */
export function answerOf(item: WorkItem, role: string): (() => Promise<unknown>) | null {
  const clock = item.clock ?? ''
  if (item.kind === 'escalation_to_answer' && item.rung && (item.mine || role === 'leader')) {
    const row = { subject: item.subject, clock, rung: item.rung, obligation: item.obligation ?? '', what: item.place || item.what, to_unit: item.unit, to_unit_name: item.unit_name, answer_due: item.due ?? '', judgement_note: item.judgement_note ?? null }
    return () => explain(row)
  }
  const failure = /^explain_failure#(\d+)$/.exec(clock)?.[1]
  if (item.kind === 'obligation' && item.obligation === 'explain_failure' && failure && role === 'leader') {
    const row = { subject: item.subject, failure: Number(failure), title: '', note: saidOf(item), unit: item.unit, unit_name: item.unit_name, due: item.due }
    return () => explainFailure(row)
  }
  return null
}

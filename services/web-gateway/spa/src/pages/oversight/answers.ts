// The commands by which calls and failures are explained and judged, and inquiries held.
import { carryOut, type Command } from '@/parts/commands'
import { knownName } from '@/parts/people'
import { accountability as texts, against } from '@/texts/oversight'
import { choices } from '@/texts/common'
import type { components } from '@/api/schema'
import { subjectId, type Escalation, type Failure } from './rights'

type Inquiry = components['schemas']['InquiryItem']

function at(subject: string, what: string): string {
  return `/api/v1/accountability/${encodeURIComponent(subjectId(subject))}/${what}`
}
const note = { name: 'note', label: texts.note, kind: 'words', required: true, most: 2000 } as const

/** `what` says which of many alike it is: nobody explains what they have not been shown. */
export function explain(row: Pick<Escalation, 'subject' | 'clock' | 'rung'>, what: string) {
  return carryOut({
    title: texts.explain, path: at(row.subject, 'explanations'), consequence: texts.explainConsequence(what), also: { clock: row.clock, rung: row.rung },
    fields: [{ name: 'text', label: texts.explainText, kind: 'words', required: true, most: 2000 }],
  })
}
export function judge(row: Escalation, accepted: boolean) {
  return carryOut(judgement(at(row.subject, 'judgements'), row.to_name ?? row.to_unit_name, accepted, { clock: row.clock, rung: row.rung }))
}
export function explainFailure(row: Pick<Failure, 'subject' | 'failure'>, what: string) {
  return carryOut({
    title: texts.explain, path: at(row.subject, 'failure-explanations'), consequence: texts.explainConsequence(what), also: { failure: row.failure },
    fields: [{ name: 'text', label: texts.explainFailureText, kind: 'words', required: true, most: 2000 }],
  })
}
export function judgeFailure(row: Failure, accepted: boolean) {
  return carryOut(judgement(at(row.subject, 'failure-judgements'), row.unit_name, accepted, { failure: row.failure }))
}
function judgement(path: string, who: string, accepted: boolean, also: Record<string, unknown>): Command {
  return {
    title: accepted ? texts.accept : texts.refuse, adverse: !accepted,
    consequence: accepted ? texts.acceptConsequence(who) : texts.refuseConsequence(who),
    path, also: { ...also, accepted }, fields: [note], signature: true, final: accepted,
  }
}

/** What led to it: a clock that was missed, or a failure by its number. */
export function investigate(subject: string, of: { clock?: string; failure?: number }, what: string) {
  return carryOut({
    title: texts.investigate, path: at(subject, 'inquiries'), consequence: texts.investigateConsequence(what), also: { ...of },
    fields: [{ name: 'reason', label: texts.reason, kind: 'words', required: true, most: 2000 }], signature: true,
  })
}
type InquiryAt = Pick<Inquiry, 'subject' | 'inquiry'>
/** Somebody of the directory brings their name along. */
function named(values: Readonly<Record<string, unknown>>): string | undefined {
  return values.against === 'official' ? knownName(values.person) : undefined
}
export function decision(row: InquiryAt): Command {
  return {
    title: texts.decide, path: at(row.subject, 'inquiry-decisions'), consequence: texts.decideConsequence, final: true, signature: true, also: { inquiry: row.inquiry },
    fields: [
      { name: 'against', label: texts.againstWhom, kind: 'choice', required: true, choices: choices(against) },
      { name: 'person', label: texts.person, kind: 'person', help: texts.personHelp, when: (values) => values.against === 'official' },
      { name: 'name', label: texts.name, kind: 'line', required: true, most: 100, when: (values) => named(values) === undefined },
      { name: 'basis', label: texts.basis, kind: 'words', required: true },
      { name: 'decision', label: texts.decision, kind: 'words', required: true },
    ],
    complete: (body) => ({ ...body, name: named(body) ?? body.name }),
  }
}
export function decide(row: InquiryAt) {
  return carryOut(decision(row))
}
export function closeInquiry(row: InquiryAt) {
  return carryOut({
    title: texts.close, path: at(row.subject, 'inquiry-closings'), consequence: texts.closeConsequence, final: true, signature: true, also: { inquiry: row.inquiry },
    fields: [{ name: 'note', label: texts.closeNote, kind: 'words', required: true }],
  })
}

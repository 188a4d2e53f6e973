// The commands by which calls and failures are explained and judged, and inquiries held; each names the item that it is about.
import { carryOut, type Command } from '@/parts/commands'
import { limitSaid } from '@/parts/campaign'
import { knownName } from '@/parts/people'
import { unitName } from '@/parts/units'
import { duration, moment } from '@/format'
import { now } from '@/session'
import { accountability as texts, against, obligations } from '@/texts/oversight'
import { about as words } from '@/texts/signing'
import { choices, rungs, word } from '@/texts/common'
import type { components } from '@/api/schema'
import { answererOf, subjectId, type Escalation, type Failure } from './rights'

type Inquiry = components['schemas']['InquiryItem']

function at(subject: string, what: string): string {
  return `/api/v1/accountability/${encodeURIComponent(subjectId(subject))}/${what}`
}
const note = { name: 'note', label: texts.note, kind: 'words', required: true, most: 2000 } as const

type Call = Pick<Escalation, 'subject' | 'clock' | 'rung' | 'obligation' | 'what' | 'to_unit' | 'to_unit_name' | 'answer_due'> & Partial<Pick<Escalation, 'to_person' | 'to_name' | 'about_unit' | 'about_unit_name' | 'about_person' | 'about_name' | 'explanation' | 'judgement_note'>>
type Failed = Pick<Failure, 'subject' | 'failure' | 'title' | 'note' | 'unit' | 'unit_name' | 'due'>

/** Which call it is: rung and obligation, where, who explains it and whose it was, by when. */
function callSaid(row: Call): string[] {
  const answerer = answererOf({ to_person: null, to_name: null, ...row })
  const concerned = row.about_unit && row.about_unit !== answerer.unit ? [words.concerned(unitName(row.about_unit, row.about_unit_name))] : []
  const obligation = word(obligations, row.obligation)
  const what = row.what && row.what !== obligation ? [words.what(row.what)] : []
  return [words.call(word(rungs, row.rung), obligation), ...what, words.unit(unitName(answerer.unit, answerer.unitName)), ...concerned]
}
function failureSaid(row: Failed): string[] {
  return [words.what(row.title, row.note), words.unit(unitName(row.unit, row.unit_name))]
}
/** By when; of a day that has passed, that it is still taken. */
function dueSaid(due: string | null): string[] {
  if (!due) return []
  const late = (now() - Date.parse(due)) / 1000
  return late > 0 ? [words.due(moment(due)), words.lateSaid(duration(late))] : [words.due(moment(due))]
}

/** What a higher call has overtaken is heard, and due by no day. */
export function explanation(row: Call): Command {
  const isOvertaken = row.explanation === 'overtaken'
  return {
    title: isOvertaken ? texts.explainMore : texts.explain, about: [...callSaid(row), ...(isOvertaken ? [words.overtaken] : dueSaid(row.answer_due)), ...(row.judgement_note ? [words.refused(row.judgement_note)] : [])], path: at(row.subject, 'explanations'), consequence: texts.explainConsequence, also: { clock: row.clock, rung: row.rung },
    fields: [{ name: 'text', label: texts.explainText, kind: 'words', required: true, most: 2000 }],
  }
}
export function explain(row: Call) {
  return carryOut(explanation(row))
}
export function judge(row: Escalation, accepted: boolean) {
  const said = row.explanation_text ? [words.said(moment(row.explained_at), row.explanation_text)] : []
  return carryOut(judgement(at(row.subject, 'judgements'), answererOf(row).name ?? answererOf(row).unitName, accepted, { clock: row.clock, rung: row.rung }, [...callSaid(row), ...said]))
}
export function failureExplanation(row: Failed): Command {
  return {
    title: texts.explain, about: [...failureSaid(row), ...dueSaid(row.due)], path: at(row.subject, 'failure-explanations'), consequence: texts.explainConsequence, also: { failure: row.failure },
    fields: [{ name: 'text', label: texts.explainFailureText, kind: 'words', required: true, most: 2000 }],
  }
}
export function explainFailure(row: Failed) {
  return carryOut(failureExplanation(row))
}
export function judgeFailure(row: Failure, accepted: boolean) {
  const said = row.explanations.slice(-1).map((one) => words.said(moment(one.at), one.text))
  return carryOut(judgement(at(row.subject, 'failure-judgements'), row.unit_name, accepted, { failure: row.failure }, [...failureSaid(row), ...said]))
}
function judgement(path: string, who: string, accepted: boolean, also: Record<string, unknown>, attests: readonly string[]): Command {
  return {
    title: accepted ? texts.accept : texts.refuse, adverse: !accepted,
    consequence: accepted ? texts.acceptConsequence(who) : texts.refuseConsequence(who),
    path, attests, also: { ...also, accepted }, fields: [note], signature: true, final: accepted,
  }
}

/** `of` led to it: a clock that was missed, or a failure by its number; `what` says which that is, line by line. */
export function investigate(subject: string, of: { clock?: string; failure?: number }, what: readonly string[]) {
  return carryOut({
    title: texts.investigate, path: at(subject, 'inquiries'), consequence: texts.investigateConsequence(limitSaid('inquiry', 'normal')), attests: what, also: { ...of },
    fields: [{ name: 'reason', label: texts.reason, kind: 'words', required: true, most: 2000 }], signature: true,
  })
}
type InquiryAt = Pick<Inquiry, 'subject' | 'inquiry'> & Partial<Pick<Inquiry, 'reason' | 'unit' | 'unit_name'>>
/** Which inquiry it is, as far as the page knows: the file shows it beside the button. */
function inquirySaid(row: InquiryAt): string[] {
  return row.reason ? [...(row.unit ? [words.concerned(unitName(row.unit, row.unit_name))] : []), words.opened(row.reason)] : []
}
/** Somebody of the directory brings their name along. */
function named(values: Readonly<Record<string, unknown>>): string | undefined {
  return values.against === 'official' ? knownName(values.person) : undefined
}
export function decision(row: InquiryAt): Command {
  return {
    title: texts.decide, path: at(row.subject, 'inquiry-decisions'), consequence: texts.decideConsequence, attests: inquirySaid(row), final: true, signature: true, also: { inquiry: row.inquiry },
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
    title: texts.close, path: at(row.subject, 'inquiry-closings'), consequence: texts.closeConsequence, attests: inquirySaid(row), final: true, signature: true, also: { inquiry: row.inquiry },
    fields: [{ name: 'note', label: texts.closeNote, kind: 'words', required: true }],
  })
}

// The file of what somebody answers for: each missed deadline and each failure with what followed from it, to the decision.
import { moment } from '@/format'
import { personName } from '@/parts/people'
import { unitName } from '@/parts/units'
import { word } from '@/texts/common'
import { owed } from './owed'
import { accountability as texts, failureKinds, obligations } from '@/texts/oversight'

interface By {
  kind: string
  staff?: string
  unit?: string
}
interface Addressee {
  unit: string
  person: string | null
  name: string | null
}
/** What somebody said, and how it was judged. */
export interface Said {
  at: string
  by: By
  text: string
  judged: { at: string; by: By; accepted: boolean; note: string } | null
}
interface Step {
  rung: string
  deadline: string
  repetition: number
  reached: string
  issued: string
  to: Addressee
  about: Addressee
  answer_due: string
  explanations: Said[]
}
interface Clock {
  clock: string
  obligation: string
  unit: string
  person: string | null
  due: string
  what: string
  stopped: { by: string; at: string } | null
  misses: Array<{ deadline: string; unit: string; person: string | null }>
  steps: Step[]
}
interface Failure {
  number: number
  at: string
  kind: string
  unit: string
  persons: string[]
  note: string
  answers?: Said[]
}
export interface Inquiry {
  number: number
  opened: string
  clock: string | null
  failure?: number
  reason: string
  decisions: Array<{ at: string; against: string; name: string; person: string | null; basis: string; decision: string }>
  closed: string | null
  closing_note?: string
}
/** As the domain folds it. */
export interface FileState {
  subject: string | null
  clocks: Clock[]
  failures: Failure[]
  inquiries: Inquiry[]
}

/** A rung of the ladder with what was answered to it. */
export interface Rung {
  key: string
  rung: string
  repetition: number
  /** When the ladder came to it, and when it was sent: later after an outage. */
  reached: string
  issued: string
  to: string
  /** It counts no more: the deadline moved, or the work proved to have been done in time. */
  moot: boolean
  /** Whether an explanation is asked for. */
  owed: boolean
  said: Said[]
}
/** One thing that somebody answers for. */
export interface Entry {
  key: string
  title: string
  who: string
  facts: string[]
  note: string
  rungs: Rung[]
  said: Said[]
  inquiries: Inquiry[]
  /** What is named when it is looked into. */
  of: { clock?: string; failure?: number }
  /** The last rung has been reached: an inquiry is due. */
  referred: boolean
  /** It waits for the inspectors: nobody has explained it, and no inquiry into the same goes on or was opened since. */
  toConsider: boolean
}

export function parsedFile(json: string | null | undefined): FileState | null {
  try {
    const state = JSON.parse(json ?? '') as Partial<FileState> | null
    return state?.subject ? { subject: state.subject, clocks: state.clocks ?? [], failures: state.failures ?? [], inquiries: state.inquiries ?? [] } : null
  } catch {
    return null
  }
}

/** Whoever said or judged it. */
export function saidBy(by: By): string {
  return by.kind === 'staff' ? nameOf(by.unit ?? '', by.staff ?? null) : texts.bySystem
}
function nameOf(unit: string, person: string | null, name?: string | null): string {
  return [unitName(unit), name || personName(person)].filter(Boolean).join(' ')
}

/** All that somebody answers for, the oldest first; inquiries of no clock and no failure stand by themselves. */
export function entriesOf(state: FileState): Entry[] {
  const missed = state.clocks.filter((clock) => clock.misses.length > 0 || clock.steps.length > 0)
  const known = new Set(missed.map((clock) => clock.clock))
  const entries: Array<Entry & { at: string }> = [
    ...missed.map((clock) => ({ ...ofClock(clock, state.inquiries), at: clock.misses[0]?.deadline ?? clock.due })),
    ...state.failures.map((failure) => ({ ...ofFailure(failure, state.inquiries.filter((one) => one.failure === failure.number)), at: failure.at })),
    ...state.inquiries.filter((one) => one.failure === undefined && (!one.clock || !known.has(one.clock))).map((one) => ({
      key: `inquiry ${one.number}`, title: texts.inquiry, who: '', facts: [], note: '', rungs: [], said: [], inquiries: [one], of: {}, referred: false, toConsider: false, at: one.opened,
    })),
  ]
  return entries.sort((one, other) => Date.parse(one.at) - Date.parse(other.at))
}

/** By the rule that the work list of the inspectors goes by: whoever inquires into one matter of a subject has taken up all of it. */
function waits(clock: Clock, rungs: readonly Rung[], inquiries: readonly Inquiry[]): boolean {
  return rungs.filter((rung) => rung.rung === 'referral' && !rung.moot).some((rung) => {
    const taken = inquiries.some((one) => one.closed === null || Date.parse(one.opened) >= Date.parse(rung.reached))
    const last = rung.said[rung.said.length - 1]
    const unexplained = rung.owed ? !last || last.judged?.accepted === false : !clock.stopped
    return !taken && unexplained
  })
}

/** Whoever is pressed for one of these owes it, and not another explanation. */
const OF_ACCOUNTABILITY = ['answer_escalation', 'explain_failure', 'judge_answer', 'inquiry']

function ofClock(clock: Clock, all: readonly Inquiry[]): Entry {
  const inquiries = all.filter((one) => one.clock === clock.clock)
  const about = owed(clock.what, word(obligations, clock.obligation))
  const inTime = clock.stopped !== null && clock.stopped !== undefined && Date.parse(clock.stopped.at) <= Date.parse(clock.due)
  const ended = clock.stopped ? `${clock.stopped.by === 'fulfilled' ? texts.doneAt : texts.stoppedAt}\u00a0${moment(clock.stopped.at)}` : texts.notDone
  const missedBy = clock.misses.filter((miss) => miss.unit !== clock.unit || miss.person !== clock.person).map((miss) => texts.missedThen(nameOf(miss.unit, miss.person), moment(miss.deadline)))
  const rungs = clock.steps.map((step) => ({
      key: `${step.rung} ${step.repetition} ${step.deadline}`, rung: step.rung, repetition: step.repetition, reached: step.reached, issued: step.issued, to: nameOf(step.to.unit, step.to.person, step.to.name),
      moot: inTime || step.deadline !== clock.due || isMoot(clock, step), owed: !OF_ACCOUNTABILITY.includes(clock.obligation), said: step.explanations,
  }))
  return {
    key: clock.clock, title: `${word(obligations, clock.obligation)}${texts.late}`, who: nameOf(clock.unit, clock.person), note: [about.title, about.about, about.where].filter(Boolean).join('　'), of: { clock: clock.clock },
    facts: [`${texts.due}\u00a0${moment(clock.due)}`, ended, ...missedBy, ...(inTime ? [texts.wasInTime] : [])],
    rungs, toConsider: waits(clock, rungs, all),
    said: [], inquiries, referred: !inTime && clock.steps.some((step) => step.rung === 'referral' && step.deadline === clock.due),
  }
}
/** The ladder had yet to reach that rung when the work turned out to be done. */
function isMoot(clock: Clock, step: Step): boolean {
  const first = clock.steps.find((one) => one.rung === step.rung && one.deadline === clock.due)
  return Boolean(clock.stopped && first && Date.parse(clock.stopped.at) < Date.parse(first.reached))
}

function ofFailure(failure: Failure, inquiries: Inquiry[]): Entry {
  return {
    key: `failure ${failure.number}`, title: word(failureKinds, failure.kind), who: [unitName(failure.unit), ...failure.persons.map(personName)].join(' '), note: failure.note,
    facts: [`${texts.happened}\u00a0${moment(failure.at)}`], rungs: [], said: failure.answers ?? [], inquiries, of: { failure: failure.number }, referred: false, toConsider: false,
  }
}

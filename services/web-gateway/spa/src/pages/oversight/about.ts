// What a fact is about besides its title: the duty of a clock, the kind of a failure, whose report, to whom a letter went.
import { personName } from '@/parts/people'
import { unitName } from '@/parts/units'
import { measures, word } from '@/texts/common'
import { facts as texts, failureKinds, obligations } from '@/texts/oversight'
import { aboutOf } from './replay'
import { parsed } from './steps'

interface Fact {
  name: string
  stream: string
  data_json: string
  /** The request of a letter of which this is what became of it, where the answer brings it. */
  letter_json?: string | null
}
type Body = Record<string, unknown>

/** A clock that starts, stops or moves is the order of the day, and no reproach. */
export function isClock(name: string): boolean {
  return /^accountability\.clock_(?:started|stopped|moved)\b/.test(name)
}
const isLetter = (name: string) => name.startsWith('notification.')

export function aboutFact(fact: Fact): string {
  const body = (parsed(fact.letter_json ?? fact.data_json) ?? {}) as Body
  if (isLetter(fact.name)) return [texts.sentTo(addressee(body.addressee)), typeof body.subject === 'string' ? body.subject : ''].filter(Boolean).join('：')
  if (fact.name.startsWith('disposal.measure_')) return word(measures, String(body.measure ?? ''))
  if (fact.name.startsWith('report.')) return aboutOf(fact.stream)
  if (fact.name.startsWith('reading.report_read')) return aboutOf(fact.stream.slice('reading-'.length))
  if (fact.name.startsWith('accountability.failure_recorded')) return word(failureKinds, String(body.kind ?? ''))
  if (fact.name.startsWith('accountability.finding_recorded')) return typeof body.text === 'string' ? body.text : ''
  return typeof body.clock === 'string' ? (obligations[body.clock.split('#')[0] ?? ''] ?? '') : ''
}
function addressee(to: unknown): string {
  const { kind, staff, unit } = (to ?? {}) as { kind?: string; staff?: string; unit?: string }
  if (kind === 'receipt') return texts.reporter
  return kind === 'unit' ? unitName(unit) : personName(staff)
}

/** The same for facts that stand together: that a letter was sent says nothing of it, that it was asked for says all. */
export function aboutLetters(facts: readonly Fact[]): ReadonlyMap<string, string> {
  return new Map(facts.filter((fact) => fact.name.startsWith('notification.requested')).map((fact) => [fact.stream, aboutFact(fact)]))
}
export function aboutAmong(fact: Fact, letters: ReadonlyMap<string, string>): string {
  return aboutFact(fact) || (isLetter(fact.name) ? (letters.get(fact.stream) ?? '') : '')
}

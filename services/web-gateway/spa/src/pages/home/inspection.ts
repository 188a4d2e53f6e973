// The draft of an inspection: what has to be answered, and the request that it becomes.
import { five, inspection as words, three } from '@/texts/cases'
import { isFar } from './spot'
import type { Check, Coordinates, Party } from './caseState'

export interface Draft {
  went: string
  inspectedAt: string
  method: string
  premises: string
  coordinates: Coordinates | null
  noCoordinates: string
  five: Record<string, DraftCheck>
  three: Record<string, DraftCheck>
  withThree: boolean
  parties: Party[]
  finding: string
  note: string
  evidence: string[]
}
export interface DraftCheck {
  answer: Check['answer'] | ''
  note: string
  evidence: string[]
}

function blank(keys: ReadonlyArray<{ key: string }>): Record<string, DraftCheck> {
  return Object.fromEntries(keys.map(({ key }) => [key, { answer: '', note: '', evidence: [] } satisfies DraftCheck]))
}

export function emptyDraft(inspectedAt: string): Draft {
  return {
    went: '', inspectedAt, method: 'tip_verification', premises: '', coordinates: null, noCoordinates: '',
    five: blank(five), three: blank(three), withThree: false, parties: [], finding: '', note: '', evidence: [],
  }
}

/** Whether something that was kept is a draft of the form as it is now. */
export function isDraft(kept: unknown): kept is Draft {
  if (typeof kept !== 'object' || kept === null) return false
  const one = kept as Partial<Draft>
  const checked = (of: unknown, keys: ReadonlyArray<{ key: string }>): boolean =>
    typeof of === 'object' && of !== null && keys.every(({ key }) => Array.isArray((of as Record<string, Partial<DraftCheck> | undefined>)[key]?.evidence))
  return typeof one.went === 'string' && Array.isArray(one.evidence) && Array.isArray(one.parties) && checked(one.five, five) && checked(one.three, three)
}

/** Stopped enterprises and idle plants are looked into behind the wall. */
export function callsForThree(premises: string): boolean {
  return premises === 'stopped_enterprise' || premises === 'idle_plant'
}
export function hasThree(draft: Draft): boolean {
  return callsForThree(draft.premises) || draft.withThree
}
function went(draft: Draft): string[] {
  return draft.went.split('\n').map((line) => line.trim()).filter(Boolean)
}
function checks(draft: Draft): Array<{ key: string; title: string; check: DraftCheck }> {
  const first = five.map(({ key, title }) => ({ key: `five.${key}`, title, check: draft.five[key] }))
  const asked = [...first, ...(hasThree(draft) ? three.map(({ key, title }) => ({ key: `three.${key}`, title, check: draft.three[key] })) : [])]
  return asked.filter((one): one is { key: string; title: string; check: DraftCheck } => one.check !== undefined)
}

/** Something to be mended, and the field where. */
export interface Mistake {
  at: string
  text: string
}

/** What is still missing or contradicts itself, in the order of the form. */
export function mistakesOf(draft: Draft, now: number, site: Coordinates | null = null): Mistake[] {
  const found: Mistake[] = []
  const say = (at: string, text: string): void => void found.push({ at, text })
  if (went(draft).length === 0) say('went', words.needWent)
  if (!draft.inspectedAt) say('when', words.needWhen)
  else if (Date.parse(draft.inspectedAt) > now) say('when', words.futureWhen)
  if (!draft.method) say('method', words.needMethod)
  if (!draft.premises) say('premises', words.needPremises)
  if (!draft.coordinates && !draft.noCoordinates.trim()) say('where', words.needWhere)
  const asked = checks(draft)
  for (const { key, title, check } of asked) {
    if (!check.answer) say(key, words.needAnswer(inner(title)))
    else if (check.answer === 'no' && !check.note.trim() && check.evidence.length === 0) say(key, words.bareNo(inner(title)))
  }
  if (draft.parties.some((party) => !party.name.trim())) say('parties', words.partyNamed)
  const yes = asked.some(({ check }) => check.answer === 'yes')
  if (!draft.finding) say('finding', words.needFinding)
  if (draft.finding === 'clean') {
    if (yes) say('finding', words.cleanYes)
    if (five.every(({ key }) => draft.five[key]?.answer === 'not_applicable')) say('finding', words.cleanIdle)
    if (draft.evidence.length === 0) say('photos', words.cleanPhoto)
  }
  const shown = draft.evidence.length > 0 || asked.some(({ check }) => check.evidence.length > 0)
  if (draft.finding === 'confirmed_activity' && !(yes && shown)) say('finding', words.confirmedProof)
  if (isFar(site, draft.coordinates) && !draft.note.trim()) say('note', words.needFarNote)
  return found
}

/** Within quotation marks the marks are others. */
function inner(title: string): string {
  return title.replaceAll('“', '‘').replaceAll('”', '’')
}

/** The request. */
export function requestOf(draft: Draft): Record<string, unknown> {
  const told = (of: Record<string, DraftCheck>) =>
    Object.fromEntries(Object.entries(of).map(([key, check]) => [key, { answer: check.answer, note: check.note.trim(), evidence: check.evidence }]))
  return {
    went: went(draft),
    inspected_at: draft.inspectedAt,
    method: draft.method,
    premises: draft.premises,
    ...(draft.coordinates ? { coordinates: draft.coordinates } : { no_coordinates: draft.noCoordinates.trim() }),
    five: told(draft.five),
    ...(hasThree(draft) ? { three: told(draft.three) } : {}),
    parties: draft.parties.map((party) => ({ role: party.role, name: party.name.trim() })),
    finding: draft.finding,
    note: draft.note.trim(),
    evidence: draft.evidence,
  }
}

/** An instant as the form's picker writes it: the city's wall clock. */
export function wallClock(instant: number): string {
  return `${new Date(instant + 8 * 3600_000).toISOString().slice(0, 16)}:00+08:00`
}

// Somebody else was quicker: what the page has read is read again and compared, in words.
import { shownReadings } from './useReading'
import { units } from './units'
import type { Command } from './commands'
import { moment } from '@/format'
import { classes, common, rungs, tipStates, word } from '@/texts/common'
import { changed } from '@/texts/everyone'
import { urgencies } from '@/texts/tips'
import { reportStates } from '@/texts/oversight'

export interface Change {
  label: string
  /** Absent where only what happened can be told. */
  before?: string
  after: string
}
export interface Comparison {
  changes: Change[]
  /** The revision to submit with now; absent if it is not known. */
  revision?: number
  /** What was decided on could not be read again: nobody can have seen what changed. */
  unread?: boolean
}

type Said = Map<string, string>

/** Reads again what the command was decided on. */
export async function compare(command: Pick<Command, 'path'>, revision: number | undefined): Promise<Comparison> {
  const found: Comparison = { changes: [] }
  for (const reading of shownReadings()) {
    const before = reading.data.value
    const key = keyOf(before, command.path, revision)
    if (!key || before === null) continue
    await reading.again()
    if (reading.problem.value) continue
    const after = reading.data.value
    found.changes.push(...differences(before, after))
    const now = (after as Record<string, unknown>)[key]
    if (typeof now === 'number') found.revision = now
  }
  // What was decided on no revision has none to be found.
  if (revision !== undefined && found.revision === undefined) found.unread = true
  return found
}

/** Which of a reading's revisions is the command's: of a case and its disposal both may stand at the same number. */
export function keyOf(reading: unknown, path: string, revision: number | undefined): string | null {
  if (typeof reading !== 'object' || reading === null) return null
  const keys = Object.entries(reading).filter(([name, value]) => name.endsWith('revision') && (revision === undefined || value === revision)).map(([name]) => name)
  return keys.find((name) => (name === 'disposal_revision') === path.includes('/disposals/')) ?? keys[0] ?? null
}

/** What is different, for everything that has a name in Chinese. */
export function differences(before: unknown, after: unknown): Change[] {
  const [was, is] = [tell(before), tell(after)]
  return [...new Set([...was.keys(), ...is.keys()])]
    .filter((label) => was.get(label) !== is.get(label))
    .map((label) => ({ label, before: was.get(label) || changed.none, after: is.get(label) || changed.none }))
}

function tell(value: unknown, into: Said = new Map()): Said {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return into
  for (const [name, one] of Object.entries(value)) {
    const label = changed.labels[name]
    if (typeof one === 'string' && name.endsWith('_json')) tell(parsed(one), into)
    // What is said first, at the head of a reading, is what the page shows.
    else if (label) into.set(label, into.get(label) ?? said(name, one))
    else tell(one, into)
  }
  return into
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch {
    return null
  }
}

function said(name: string, value: unknown): string {
  if (value === null || value === undefined || value === '') return ''
  if (Array.isArray(value)) return value.length === 0 ? '' : changed.items(value.length)
  if (typeof value === 'boolean') return value ? common.yes : ''
  if (typeof value === 'object') return changed.there
  const text = String(value)
  if (name === 'class') return word(classes, text.toUpperCase())
  if (name === 'rung') return word(rungs, text)
  if (name === 'urgency') return word(urgencies, text)
  // Cases have both as well, but say them in words as `state_title`.
  if (name === 'progress') return tipStates[text] ?? ''
  if (name === 'state') return reportStates[text] ?? ''
  if (name === 'unit' || name === 'owner') return units.value.find((unit) => unit.code === text)?.name ?? text
  return /^\d{4}-\d\d-\d\dT/.test(text) ? moment(text) : text
}

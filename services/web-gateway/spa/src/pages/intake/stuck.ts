// Where things stand still: what is owed, by unit, those with the most overdue first.
import type { components } from '@/api/schema'
import { owed } from '@/pages/oversight/owed'

export type Clock = components['schemas']['ClockRow']

export interface Stuck {
  unit: string
  name: string
  rows: Clock[]
  overdue: number
  /** Days since the oldest of the present steps began. */
  oldestDays: number
  /** Days since the first of the dates passed; 0 if none has. */
  mostDaysLate: number
  /** The highest rung that stands. */
  rung: string
  kinds: Array<{ title: string; many: number }>
}

const RUNGS = ['reminder', 'supervision_order', 'interview', 'criticism', 'referral']

function since(at: string | null | undefined, now: number): number {
  const began = Date.parse(at ?? '')
  return Number.isNaN(began) ? 0 : Math.max(0, Math.floor((now - began) / 86_400_000))
}
/** Days since the step began. */
export function daysOf(clock: Clock, now: number): number {
  return since(clock.started, now)
}
/** Days since its date passed. */
export function lateOf(clock: Clock, now: number): number {
  return since(clock.due, now)
}

/** `by` is what a step is measured by: its date, or its beginning. */
export function byUnit(clocks: readonly Clock[], now: number, by: 'due' | 'started'): Stuck[] {
  const units = new Map<string, Clock[]>()
  for (const clock of clocks) {
    const unit = clock.unit ?? ''
    const rows = units.get(unit)
    if (rows) rows.push(clock)
    else units.set(unit, [clock])
  }
  return [...units].map(([unit, rows]) => {
    const kinds = new Map<string, number>()
    for (const row of rows) kinds.set(row.title ?? '', (kinds.get(row.title ?? '') ?? 0) + 1)
    return {
      unit,
      name: rows[0]?.unit_name ?? unit,
      rows: [...rows].sort((a, b) => (a[by] ?? '').localeCompare(b[by] ?? '')),
      overdue: rows.filter((row) => row.overdue).length,
      oldestDays: Math.max(...rows.map((row) => daysOf(row, now))),
      mostDaysLate: Math.max(...rows.map((row) => lateOf(row, now))),
      rung: RUNGS[Math.max(...rows.map((row) => RUNGS.indexOf(row.rung ?? '')))] ?? '',
      kinds: [...kinds].map(([title, many]) => ({ title, many })).sort((a, b) => b.many - a.many),
    }
  }).sort((a, b) => b.overdue - a.overdue || (by === 'due' ? b.mostDaysLate - a.mostDaysLate : b.oldestDays - a.oldestDays) || a.unit.localeCompare(b.unit))
}

/** Where it is owed; of what lies nowhere, what it is. */
export function whereOf(clock: Clock): string {
  const { where, about } = owed(clock.what ?? '', clock.title ?? '')
  return where || about || (clock.title ?? '')
}
/** What is owed, and on what occasion. */
export function dutyOf(clock: Clock): string {
  const { title, about } = owed(clock.what ?? '', clock.title ?? '')
  return [title || clock.title, about].filter(Boolean).join('，')
}

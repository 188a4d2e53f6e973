// Where things stand still: what is owed, by unit, those with the most overdue first.
import type { components } from '@/api/schema'

export type Clock = components['schemas']['ClockRow']

export interface Stuck {
  unit: string
  name: string
  rows: Clock[]
  overdue: number
  /** Days since the oldest of the present steps began. */
  oldestDays: number
  /** The highest rung that stands. */
  rung: string
  kinds: Array<{ title: string; many: number }>
}

const RUNGS = ['reminder', 'supervision_order', 'interview', 'criticism', 'referral']

/** Days since the step began. */
export function daysOf(clock: Clock, now: number): number {
  const started = Date.parse(clock.started ?? '')
  return Number.isNaN(started) ? 0 : Math.max(0, Math.floor((now - started) / 86_400_000))
}

export function byUnit(clocks: readonly Clock[], now: number): Stuck[] {
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
      rows: [...rows].sort((a, b) => (a.started ?? '').localeCompare(b.started ?? '')),
      overdue: rows.filter((row) => row.overdue).length,
      oldestDays: Math.max(...rows.map((row) => daysOf(row, now))),
      rung: RUNGS[Math.max(...rows.map((row) => RUNGS.indexOf(row.rung ?? '')))] ?? '',
      kinds: [...kinds].map(([title, many]) => ({ title, many })).sort((a, b) => b.many - a.many),
    }
  }).sort((a, b) => b.overdue - a.overdue || b.oldestDays - a.oldestDays || a.unit.localeCompare(b.unit))
}

/** The page of what a clock is about. */
export function subjectOf(clock: Clock): string | null {
  const subject = clock.subject ?? ''
  if (subject.startsWith('case-')) return `/cases/${subject.slice(5)}`
  return subject.startsWith('tip-') ? `/tips/${subject.slice(4)}` : null
}

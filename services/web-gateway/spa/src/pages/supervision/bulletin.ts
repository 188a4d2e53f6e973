// Weeks of the bulletin, and what of it is worth a line.
import type { components } from '@/api/schema'

export type Change = components['schemas']['BulletinChange']

/** The Monday so many weeks from that day; days are dates without a time. */
export function weeksFrom(day: string, weeks: number): string {
  const at = new Date(`${day}T00:00:00Z`)
  at.setUTCDate(at.getUTCDate() + weeks * 7)
  return at.toISOString().slice(0, 10)
}

export function difference(change: Change): number {
  return (change.this_week?.value ?? 0) - (change.week_before?.value ?? 0)
}
/** `+3`, `−2` with a real minus, `0`. */
export function signed(value: number): string {
  return value > 0 ? `+${value}` : value < 0 ? `−${-value}` : '0'
}
/** Something happened in one of the two weeks. */
export function happened(change: Change): boolean {
  return (change.this_week?.value ?? 0) !== 0 || (change.week_before?.value ?? 0) !== 0
}

const FORMULA = ['cases_closed_in_time', 'cases_closed', 'cases_missed']
/** The figures that the rate is made of, in the order of its formula. */
export function asMeasured<T extends { code: string }>(figures: readonly T[]): T[] {
  const place = ({ code }: T): number => (FORMULA.includes(code) ? FORMULA.indexOf(code) : FORMULA.length)
  return [...figures].sort((one, other) => place(one) - place(other))
}
/** A call, counted by when it was due: it may have been sent in another week. */
export function isCall(change: Pick<Change, 'code'>): boolean {
  return change.code.startsWith('rung_')
}

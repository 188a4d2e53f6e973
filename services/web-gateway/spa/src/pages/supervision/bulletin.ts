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

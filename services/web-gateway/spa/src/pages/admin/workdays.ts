// Working days as the services count them, to show before saving what another calendar or limit would mean.
import { cityDay } from '@/format'
import { session } from '@/session'
import { dates, weekdays } from '@/texts/times'
import type { components } from '@/api/schema'

export type YearRow = components['schemas']['SetCalendarYearRequest']
export interface YearDays {
  holidays: ReadonlySet<string>
  makeUp: ReadonlySet<string>
}
export type Years = ReadonlyMap<number, YearDays>

const DAY = 86_400_000

export function yearsOf(rows: readonly YearRow[]): Map<number, YearDays> {
  return new Map(rows.map((row) => [row.year, { holidays: new Set(row.holidays), makeUp: new Set(row.make_up_workdays) }]))
}
function millis(day: string): number {
  return Date.parse(`${day}T00:00:00Z`)
}
export function plusDays(day: string, days: number): string {
  return new Date(millis(day) + days * DAY).toISOString().slice(0, 10)
}
/** 0 is Sunday. */
export function weekdayOf(day: string): number {
  return new Date(millis(day)).getUTCDay()
}
export function isWeekend(day: string): boolean {
  return weekdayOf(day) % 6 === 0
}
export function isWorkingDay(day: string, years: Years): boolean {
  const year = years.get(Number(day.slice(0, 4)))
  if (year?.makeUp.has(day)) return true
  if (year?.holidays.has(day)) return false
  return !isWeekend(day)
}
/** The day at whose end so many working days are over; the first day itself never counts. */
export function dayAfter(from: string, workingDays: number, years: Years): string {
  let at = from
  for (let left = workingDays; left > 0 || !isWorkingDay(at, years);) {
    at = plusDays(at, 1)
    if (left > 0 && isWorkingDay(at, years)) left -= 1
  }
  return at
}
/** The days of a month, `YYYY-MM-DD`. */
export function daysOf(year: number, month: number): string[] {
  const first = `${year}-${String(month).padStart(2, '0')}-01`
  const count = new Date(Date.UTC(year, month, 0)).getUTCDate()
  return Array.from({ length: count }, (_, index) => plusDays(first, index))
}
export function workingDaysIn(year: number, month: number, years: Years): number {
  return daysOf(year, month).filter((day) => isWorkingDay(day, years)).length
}
/** Today in the city, whose clock may be ahead. */
export function today(): string {
  return cityDay(Date.now() + session.ahead)
}
/** `2020年6月1日（周一）` */
export function dayInWords(day: string): string {
  const [year, month, date] = day.split('-').map(Number)
  return dates.withWeekday(dates.whole(year, month, date), weekdays[weekdayOf(day)])
}

// A year's calendar while it is being changed: what a click makes of a day, and what has become different.
import { calendar as texts } from '@/texts/admin'
import { changesOf, type Change } from './said'
import { dayInWords, isWeekend, type YearDays } from './workdays'

export type DayKind = 'workday' | 'weekend' | 'holiday' | 'makeUp'

export function kindOf(day: string, year: YearDays): DayKind {
  if (year.makeUp.has(day)) return 'makeUp'
  if (year.holidays.has(day)) return 'holiday'
  return isWeekend(day) ? 'weekend' : 'workday'
}
/** The next of what a day can be: weekdays are worked or not, weekends may be worked in exchange, or belong to a holiday. */
export function turned(day: string, year: YearDays): YearDays {
  const holidays = new Set(year.holidays)
  const makeUp = new Set(year.makeUp)
  const kind = kindOf(day, year)
  holidays.delete(day)
  makeUp.delete(day)
  if (kind === 'workday' || kind === 'makeUp') holidays.add(day)
  if (kind === 'weekend') makeUp.add(day)
  return { holidays, makeUp }
}
/** The days that are something else now, in their order. */
export function yearChanges(before: YearDays, after: YearDays): Change[] {
  const days = [...new Set([...before.holidays, ...before.makeUp, ...after.holidays, ...after.makeUp])].sort()
  const lines = (year: YearDays) => days.map((day) => ({ key: day, label: dayInWords(day), said: texts[kindOf(day, year)] }))
  return changesOf(lines(before), lines(after))
}
export function bodyOfYear(year: YearDays): { holidays: string[]; make_up_workdays: string[] } {
  return { holidays: [...year.holidays].sort(), make_up_workdays: [...year.makeUp].sort() }
}

// Times, numbers and receipts as people in Suqian read them.
import { dates, spans, sums } from '@/texts/times'

const CITY = 'Asia/Shanghai'
const moments = new Intl.DateTimeFormat('zh-CN', {
  timeZone: CITY, year: 'numeric', month: 'numeric', day: 'numeric', hour: '2-digit', minute: '2-digit', hourCycle: 'h23',
})
const days = new Intl.DateTimeFormat('zh-CN', { timeZone: CITY, year: 'numeric', month: 'numeric', day: 'numeric' })

function parts(format: Intl.DateTimeFormat, iso: string): Record<string, string> {
  return Object.fromEntries(format.formatToParts(new Date(iso)).map((part) => [part.type, part.value]))
}

/** `2020年6月1日 10:05`, in one piece; nothing for nothing. */
export function moment(iso: string | null | undefined): string {
  if (!iso || Number.isNaN(Date.parse(iso))) return iso ?? ''
  const at = parts(moments, iso)
  return `${dates.whole(at.year, at.month, at.day)}\u00a0${at.hour}:${at.minute}`
}

/** `6月1日` in the city's year, with the year otherwise. */
export function day(iso: string | null | undefined, thisYear?: number): string {
  if (!iso || Number.isNaN(Date.parse(iso))) return iso ?? ''
  const at = parts(days, iso)
  return Number(at.year) === thisYear ? dates.within(at.month, at.day) : dates.whole(at.year, at.month, at.day)
}

/** The day of the city at an instant, milliseconds: `2020-06-01`. */
export function cityDay(instant: number): string {
  return new Date(instant + 8 * 3_600_000).toISOString().slice(0, 10)
}

const WRITTEN = /(\d{4})-(\d\d)-(\d\d)(?:(?:T| )(\d\d:\d\d)(?::\d\d(?:\.\d+)?)?(Z|[+-]\d\d:\d\d)?)?(?![\d-])/g
/** Days and instants within a sentence as people write them: `2020-07-31 结束` becomes `2020年7月31日结束`. */
export function spoken(text: string | null | undefined): string {
  return (text ?? '').replace(WRITTEN, (found, year: string, month: string, date: string, time?: string, zone?: string) => {
    if (Number(month) > 12 || Number(date) > 31) return found
    return zone ? moment(found) : `${dates.whole(year, Number(month), Number(date))}${time ? `\u00a0${time}` : ''}`
  }).replace(/(日)[ \u00a0](?=[\u4e00-\u9fff])/g, '$1')
}

/** How long until, or since: the two greatest units of it. */
export function duration(seconds: number): string {
  const left = Math.abs(Math.trunc(seconds))
  const [d, h, m] = [Math.floor(left / 86400), Math.floor(left / 3600) % 24, Math.floor(left / 60) % 60]
  if (d > 0) return h > 0 ? spans.daysAndHours(d, h) : spans.days(d)
  if (h > 0) return m > 0 ? spans.hoursAndMinutes(h, m) : spans.hours(h)
  return m > 0 ? spans.minutes(m) : spans.lessThan(spans.minutes(1))
}

/** What is left until a deadline, in working days where days are meant. */
export function timeLeft(seconds: number | null | undefined, workingDays: number | null | undefined): string {
  if (seconds === null || seconds === undefined) return ''
  if (seconds < 0) return spans.over(duration(seconds))
  if (seconds < 86400 || workingDays === null || workingDays === undefined) return spans.left(duration(seconds))
  return spans.left(workingDays > 0 ? spans.workingDays(workingDays) : duration(seconds))
}

/** What the services wrote, in one piece: `3 天 2 小时` is one span. */
export function joined(said: string | null | undefined): string {
  return (said ?? '').replace(/ /g, '\u00a0')
}

/** A number that can be said on the telephone: the beginning of an id, by which searches find it. */
export function shortNumber(id: string | null | undefined): string {
  return (id ?? '').slice(0, 8)
}

/** A receipt 查询码 in groups of four, as it is read out. */
export function grouped(receipt: string): string {
  return receipt.replace(/\D/g, '').replace(/(\d{4})(?=\d)/g, '$1 ')
}

/** Fen as yuan. */
export function yuan(fen: number): string {
  return sums.yuan((fen / 100).toLocaleString('zh-CN', { minimumFractionDigits: 2 }))
}

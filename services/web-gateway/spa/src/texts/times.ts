// Days, spans and sums as people write them. Nothing is imported here: what formats them and what tells of them both stand on it.

type Part = string | number | undefined

/** Monday is 1. */
export const weekdays = ['日', '一', '二', '三', '四', '五', '六'] as const

export const dates = {
  whole: (year: Part, month: Part, date: Part) => `${year}年${month}月${date}日`,
  within: (month: Part, date: Part) => `${month}月${date}日`,
  withWeekday: (day: string, weekday: Part) => `${day}（周${weekday}）`,
  year: (year: number) => `${year} 年`,
} as const

export const spans = {
  workingDays: (many: number) => `${many} 个工作日`,
  weeks: (many: number) => `${many} 周`,
  days: (many: number) => `${many} 天`,
  daysAndHours: (days: number, hours: number) => `${days} 天 ${hours} 小时`,
  hours: (many: number) => `${many} 小时`,
  hoursAndMinutes: (hours: number, minutes: number) => `${hours} 小时 ${minutes} 分`,
  minutes: (many: number) => `${many} 分钟`,
  lessThan: (long: string) => `不到 ${long}`,
  /** What a deadline has of such a span. */
  left: (long: string) => `还剩 ${long}`,
  over: (long: string) => `已超 ${long}`,
  due: (at: string) => `期限\u00a0${at}`,
} as const

export const sums = {
  yuan: (sum: string) => `${sum} 元`,
} as const

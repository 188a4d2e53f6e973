// How far a demonstration's clock can be moved at a time.
import { spans } from '@/texts/times'

const HOUR = 3600
const DAY = 24 * HOUR

export const ADVANCES: ReadonlyArray<{ seconds: number; said: string }> = [
  { seconds: HOUR, said: spans.hours(1) }, { seconds: 8 * HOUR, said: spans.hours(8) }, { seconds: DAY, said: spans.days(1) }, { seconds: 3 * DAY, said: spans.days(3) }, { seconds: 7 * DAY, said: spans.weeks(1) }, { seconds: 30 * DAY, said: spans.days(30) },
]

// How far a demonstration's clock can be moved at a time.

const HOUR = 3600
const DAY = 24 * HOUR

export const ADVANCES: ReadonlyArray<{ seconds: number; said: string }> = [
  { seconds: HOUR, said: '1 小时' }, { seconds: 8 * HOUR, said: '8 小时' }, { seconds: DAY, said: '1 天' }, { seconds: 3 * DAY, said: '3 天' }, { seconds: 7 * DAY, said: '1 周' }, { seconds: 30 * DAY, said: '30 天' },
]

// What every clock of the console leans on: it runs while the page stands still, and turns colour by itself.
import { enableAutoUnmount, mount } from '@vue/test-utils'
import ElementPlus from 'element-plus'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { nextTick } from 'vue'
import TimeLeft from '@/parts/TimeLeft.vue'

vi.setConfig({ testTimeout: 60_000 })
enableAutoUnmount(afterEach)
beforeEach(() => {
  vi.useFakeTimers()
  vi.setSystemTime('2020-06-02T03:00:00+08:00')
})
afterEach(() => vi.useRealTimers())

const shown = (due: string, workingDays?: number) => mount(TimeLeft, { props: { due, ...(workingDays === undefined ? {} : { workingDays }) }, global: { plugins: [ElementPlus] } })
const seen = (one: ReturnType<typeof shown>) => [one.text(), /el-tag--(info|warning|danger)/.exec(one.html())?.[1]]

describe('a deadline', () => {
  it('runs out while nothing happens: grey, orange, red', async () => {
    const day = shown('2020-06-03T03:10:00+08:00')
    const quarter = shown('2020-06-02T03:15:00+08:00')
    expect([seen(day), seen(quarter)]).toEqual([['还剩 1 天', 'info'], ['还剩 15 分钟', 'warning']])
    await vi.advanceTimersByTimeAsync(11 * 60_000)
    expect([seen(day), seen(quarter)]).toEqual([['还剩 23 小时 59 分', 'warning'], ['还剩 4 分钟', 'warning']])
    await vi.advanceTimersByTimeAsync(6 * 60_000)
    expect(seen(quarter)).toEqual(['已超 2 分钟', 'danger'])
  })
  it('of a single working day is pressing from the beginning, and its last hour more than its day', () => {
    expect([shown('2020-06-04T03:00:00+08:00', 1), shown('2020-06-04T03:00:00+08:00', 2)].map((one) => seen(one)[1])).toEqual(['warning', 'info'])
    const dark = (due: string) => shown(due).html().includes('el-tag--dark')
    expect([dark('2020-06-02T03:59:00+08:00'), dark('2020-06-02T04:01:00+08:00'), dark('2020-06-02T02:59:00+08:00')]).toEqual([true, false, false])
  })
  it('is right at once in a window that comes back into sight, whatever its timers did meanwhile', async () => {
    const one = shown('2020-06-02T03:15:00+08:00')
    vi.setSystemTime('2020-06-02T03:20:00+08:00')
    document.dispatchEvent(new Event('visibilitychange'))
    await nextTick()
    expect(seen(one)).toEqual(['已超 5 分钟', 'danger'])
  })
  it('says working days where they are known, and keeps one timer for all of them, none when nobody looks', () => {
    const many = [3, undefined, 1].map((days) => shown('2020-06-05T03:00:00+08:00', days))
    expect([many.map((one) => one.text()), vi.getTimerCount()]).toEqual([['还剩 3 个工作日', '还剩 3 天', '还剩 1 个工作日'], 1])
    for (const one of many) one.unmount()
    expect(vi.getTimerCount()).toBe(0)
  })
})

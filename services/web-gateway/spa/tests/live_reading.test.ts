// A page that follows the ledger: never under somebody's hands, and never in a hot loop with a stream that is refused.
import { enableAutoUnmount, flushPromises, mount } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { h, nextTick, ref } from 'vue'
import { asked, carryOut } from '@/parts/commands'
import { useLiveReading } from '@/parts/useLive'
import { listen, live, stop } from '@/shell/live'

const api = vi.hoisted(() => ({ GET: vi.fn() }))
vi.mock('@/api/client', async (original) => ({ ...(await original<object>()), api }))
enableAutoUnmount(afterEach)

class Stream extends EventTarget {
  static all: Stream[] = []
  static CLOSED = 2
  readyState = 1
  constructor(readonly address: string) {
    super()
    Stream.all.push(this)
  }
  close(): void {
    this.readyState = Stream.CLOSED
  }
  says(name: string, data: object = {}): void {
    this.dispatchEvent(new MessageEvent(name, { data: JSON.stringify(data) }))
  }
  static get last(): Stream {
    return Stream.all[Stream.all.length - 1]!
  }
}
beforeEach(() => {
  Stream.all = []
  vi.useFakeTimers()
  vi.stubGlobal('EventSource', Stream)
  api.GET.mockReset()
  api.GET.mockImplementation(() => Promise.resolve({ data: {}, response: new Response(null, { status: 200 }) }))
})
afterEach(() => {
  stop()
  asked.value?.done(null)
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

describe('a page that follows the ledger', () => {
  it('is read again when nobody is at something, and then if somebody was', async () => {
    listen('handler')
    Stream.last.says('work', { position: 1 })
    const filling = ref(false)
    const again = vi.fn(() => Promise.resolve())
    mount({ setup: () => (useLiveReading(again, () => filling.value), () => h('p')) })
    const happens = async (position: number) => {
      Stream.last.says('work', { position })
      await nextTick()
    }
    await happens(2)
    expect(again).toHaveBeenCalledTimes(1)
    // What a command was decided on is what a conflict is compared with.
    void carryOut({ title: '交办', path: '/api/v1/cases/7/assign', fields: [] })
    await happens(3)
    expect(again).toHaveBeenCalledTimes(1)
    asked.value?.done(null)
    await nextTick()
    expect(again).toHaveBeenCalledTimes(2)
    filling.value = true
    await happens(4)
    filling.value = false
    await nextTick()
    expect(again).toHaveBeenCalledTimes(3)
    filling.value = true
    await nextTick()
    filling.value = false
    await nextTick()
    expect(again, 'nothing happened meanwhile').toHaveBeenCalledTimes(3)
  })
})

describe('a new notice', () => {
  it('is told by the stream, whatever becomes of the work', () => {
    listen('handler')
    const before = live.notices
    Stream.last.says('notices')
    expect([live.notices, live.position]).toEqual([before + 1, live.position])
  })
})

describe('a stream that ends', () => {
  it('after a while, as when somebody signs, goes on at once without a word', async () => {
    listen('handler')
    Stream.last.says('open')
    vi.advanceTimersByTime(60_000)
    Stream.last.says('ended', { detail: '登录已过期或已退出。' })
    await flushPromises()
    expect([Stream.all.length, live.why]).toEqual([2, ''])
  })
  it('as soon as it has begun is tried again later, and says why', async () => {
    listen('handler')
    Stream.last.says('open')
    Stream.last.says('ended', { detail: '打开的窗口太多。' })
    await flushPromises()
    expect([Stream.all.length, live.why]).toEqual([1, '打开的窗口太多。'])
    await vi.advanceTimersByTimeAsync(2_000)
    await flushPromises()
    expect(Stream.all.length).toBe(2)
  })
})

// Photos before they are sent: large ones are made smaller, what stays too large is not sent, a slow line is not tried for ever.
import { flushPromises, mount } from '@vue/test-utils'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { defineComponent, h, nextTick } from 'vue'
import { missed, reached } from '@/api/connection'
import { Problem } from '@/api/problems'
import PhotoPicker from '@/parts/PhotoPicker.vue'
import { exifOf, fitted, IMAGES } from '@/parts/shrink'
import { TOO_SLOW, upload } from '@/parts/upload'
import { usePhotos } from '@/parts/usePhotos'
import { troubles } from '@/texts/common'
import { photos as words } from '@/texts/everyone'

const MEGABYTE = 1024 * 1024
const weighing = (megabytes: number, type = 'image/jpeg'): File => new File([new Uint8Array(megabytes * MEGABYTE)], 'a.jpg', { type })
const small = new Blob(['small'], { type: 'image/jpeg' })
function photosOf(send: typeof upload, fit?: (file: Blob) => Promise<Blob>) {
  let got!: ReturnType<typeof usePhotos>
  const shown = mount(defineComponent({ setup: () => ((got = usePhotos([], () => undefined, send, fit)), () => h('p')) }))
  return { got, shown }
}
afterEach(() => {
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

describe('a photo that is too heavy', () => {
  it('is made smaller, a light one is not touched', async () => {
    const smaller = vi.fn(() => Promise.resolve(small))
    const light = weighing(1)
    expect([await fitted(light, smaller), await fitted(weighing(2), smaller), await fitted(weighing(12), smaller)]).toEqual([light, small, small])
    expect(smaller).toHaveBeenCalledTimes(2)
  })
  it('goes as it is if it cannot be made smaller, unless nobody would take it', async () => {
    const cannot = () => Promise.reject(new Error('not a picture'))
    const [heavy, other] = [weighing(5), weighing(5, 'application/pdf')]
    expect([await fitted(heavy, cannot), await fitted(heavy, () => Promise.resolve(weighing(6))), await fitted(other, () => Promise.resolve(small))]).toEqual([heavy, heavy, other])
    await expect(fitted(weighing(11), cannot)).rejects.toMatchObject({ code: 'console.photo_too_large', isPassing: false })
  })
  it('is unpacked after the one before it', async () => {
    const log: string[] = []
    const slow = (name: string) => async () => {
      log.push(`${name} begins`)
      await new Promise((done) => setTimeout(done, 5))
      log.push(`${name} ends`)
      return small
    }
    await Promise.all([fitted(weighing(4), slow('a')), fitted(weighing(4), slow('b'))])
    expect(log).toEqual(['a begins', 'a ends', 'b begins', 'b ends'])
  })
  it('is sent the same at every try, and never if it is too large', async () => {
    const send = vi.fn<typeof upload>().mockRejectedValueOnce(new TypeError('down')).mockResolvedValue('id')
    const fit = vi.fn((file: Blob) => (file.size > 10 * MEGABYTE ? Promise.reject(new Problem({ status: 413, code: 'console.photo_too_large', detail: '' })) : Promise.resolve(small)))
    const { got, shown } = photosOf(send, fit)
    got.add([weighing(4), weighing(11)])
    await flushPromises()
    got.retry(got.photos[0]!)
    await flushPromises()
    expect(send.mock.calls.map(([file]) => file)).toEqual([small, small])
    expect([fit.mock.calls.length, got.photos[0]?.id, got.photos[0]?.smaller, got.photos[1]?.problem?.code]).toEqual([2, 'id', true, 'console.photo_too_large'])
    shown.unmount()
  })
  it('that was removed meanwhile is not sent', async () => {
    const send = vi.fn<typeof upload>().mockResolvedValue('id')
    let ready!: (file: Blob) => void
    const { got, shown } = photosOf(send, () => new Promise((done) => (ready = done)))
    got.add([weighing(4)])
    got.remove(got.photos[0]!)
    ready(small)
    await flushPromises()
    expect(send).not.toHaveBeenCalled()
    shown.unmount()
  })
  it('is refused in words, without a button that cannot help', async () => {
    vi.stubGlobal('createImageBitmap', () => Promise.reject(new Error('too large')))
    const picker = mount(PhotoPicker, { props: { modelValue: [] } })
    const input = picker.findAll('input')[1]!
    Object.defineProperty(input.element, 'files', { value: [weighing(11)] })
    await input.trigger('change')
    await vi.waitFor(() => expect(picker.get('[role=alert]').text()).toMatch(/超过 10 MB.*请移除/))
    expect(picker.findAll('li button').map((one) => one.text())).toEqual(['移除'])
    picker.unmount()
  })
})

describe('a photo that the gateway refuses for now', () => {
  const busy = (retry_after?: number) => new Problem({ status: 503, code: 'gateway.busy', detail: '服务器正忙。', remedy: '不用重拍。', ...(retry_after ? { retry_after } : {}) })
  const waits = async (seconds: number, send: { mock: { calls: unknown[] } }, tries: number) => {
    await vi.advanceTimersByTimeAsync(seconds * 1000 - 1)
    const before = send.mock.calls.length
    await vi.advanceTimersByTimeAsync(1)
    expect([before, send.mock.calls.length], `after ${seconds} s`).toEqual([tries - 1, tries])
  }
  it('goes on by itself, ever later, at most every two minutes, sooner again after it has come further', async () => {
    vi.useFakeTimers()
    let come = 0
    const send = vi.fn<typeof upload>((_file, _name, { progress }) => (progress(come), Promise.reject(busy())))
    const { got, shown } = photosOf(send)
    got.add([weighing(1)])
    await vi.advanceTimersByTimeAsync(0)
    for (const [index, seconds] of [15, 30, 60, 120, 120].entries()) await waits(seconds, send, index + 2)
    come = 0.5
    await waits(120, send, 7)
    await waits(15, send, 8)
    send.mockResolvedValue('id')
    await waits(30, send, 9)
    expect(got.photos[0]?.id).toBe('id')
    await vi.advanceTimersByTimeAsync(600_000)
    expect(send).toHaveBeenCalledTimes(9)
    shown.unmount()
  })
  it('waits as long as it is asked to', async () => {
    vi.useFakeTimers()
    const send = vi.fn<typeof upload>().mockRejectedValueOnce(busy(40)).mockRejectedValueOnce(busy(40)).mockRejectedValueOnce(busy(300)).mockResolvedValue('id')
    const { got, shown } = photosOf(send)
    got.add([weighing(1)])
    await vi.advanceTimersByTimeAsync(0)
    await waits(40, send, 2)
    await waits(80, send, 3)
    await waits(300, send, 4)
    shown.unmount()
  })
  it('is not tried again where it was removed, the page was left, or there is no hope', async () => {
    vi.useFakeTimers()
    const send = vi.fn<typeof upload>().mockRejectedValue(busy())
    const { got, shown } = photosOf(send)
    got.add([weighing(1), weighing(1)])
    await vi.advanceTimersByTimeAsync(0)
    got.remove(got.photos[0]!)
    shown.unmount()
    const refusing = vi.fn<typeof upload>().mockRejectedValue(new Problem({ status: 422, code: 'x', detail: '' }))
    const other = photosOf(refusing)
    other.got.add([weighing(1)])
    await vi.advanceTimersByTimeAsync(600_000)
    expect([send.mock.calls.length, refusing.mock.calls.length]).toEqual([2, 1])
    other.shown.unmount()
  })
  it('says what the gateway says, and only of a lost connection that it waits for that', async () => {
    const answers: Array<{ status: number; responseText: string; onload: () => void; onerror: () => void }> = []
    vi.stubGlobal('XMLHttpRequest', class { upload = {}; status = 503; responseText = JSON.stringify({ code: 'gateway.busy', detail: '服务器正忙。', remedy: '不用重拍。' }); onload = () => undefined; onerror = () => undefined; open = () => undefined; setRequestHeader = () => undefined; getResponseHeader = () => null; send = () => answers.push(this); abort = () => undefined })
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('failed to fetch')))
    const picker = mount(PhotoPicker, { props: { modelValue: [] } })
    const input = picker.findAll('input')[1]!
    expect(picker.findAll('input').map((one) => one.attributes('accept'))).toEqual([IMAGES, IMAGES])
    const tiny = () => new File(['a'], 'a.jpg', { type: 'image/jpeg' })
    Object.defineProperty(input.element, 'files', { value: [tiny(), tiny()] })
    await input.trigger('change')
    await flushPromises()
    answers[0]!.onload()
    answers[1]!.onerror()
    await flushPromises()
    expect(picker.findAll('[role=alert]').map((one) => one.text())).toEqual([`服务器正忙。不用重拍。${words.goesOn}`, `${troubles.unreachable.detail}${words.resumes}`])
    reached()
    picker.unmount()
  })
})

describe('what the camera wrote', () => {
  /** A JPEG with one entry about how it is turned, as either kind of camera writes it. */
  function jpeg(little: boolean): Uint8Array {
    const tiff = new DataView(new ArrayBuffer(26))
    tiff.setUint16(0, little ? 0x4949 : 0x4d4d)
    tiff.setUint16(2, 42, little)
    tiff.setUint32(4, 8, little)
    tiff.setUint16(8, 1, little)
    for (const [at, value] of [[10, 0x0112], [12, 3], [18, 6]] as const) tiff.setUint16(at, value, little)
    return new Uint8Array([0xff, 0xd8, 0xff, 0xe0, 0, 4, 0, 0, 0xff, 0xe1, 0, 34, 0x45, 0x78, 0x69, 0x66, 0, 0, ...new Uint8Array(tiff.buffer), 0xff, 0xda, 0, 0])
  }
  it('goes along, for a picture that stands upright by now', () => {
    for (const little of [true, false]) {
      const segment = exifOf(jpeg(little))
      expect([segment?.length, segment && new DataView(segment.buffer).getUint16(28, little)]).toEqual([36, 1])
    }
  })
  it('is nothing where there is nothing or what is no picture', () => {
    expect([exifOf(new Uint8Array([0xff, 0xd8, 0xff, 0xda, 0, 0, 0, 0, 0, 0, 0, 0])), exifOf(new Uint8Array([1])), exifOf(jpeg(true).slice(0, 30))]).toEqual([null, null, null])
  })
})

describe('a line that is too slow', () => {
  it('is said as such and not tried again by itself', async () => {
    vi.useFakeTimers()
    const requests: Array<{ ontimeout: () => void }> = []
    vi.stubGlobal('XMLHttpRequest', class { upload = {}; ontimeout = () => undefined; open = () => undefined; setRequestHeader = () => undefined; send = () => requests.push(this); abort = () => undefined })
    const { got, shown } = photosOf(upload, (file) => Promise.resolve(file))
    const light = new File(['a'], 'a.jpg', { type: 'image/jpeg' })
    got.add([light, light, light])
    await vi.advanceTimersByTimeAsync(0)
    expect(requests).toHaveLength(3)
    for (const request of requests) request.ontimeout()
    await vi.advanceTimersByTimeAsync(0)
    expect([got.photos[0]?.problem?.code, got.photos[0]?.problem?.detail]).toEqual([TOO_SLOW, expect.stringContaining('太慢')])
    missed()
    reached()
    await nextTick()
    await vi.advanceTimersByTimeAsync(0)
    expect(requests).toHaveLength(3)
    for (const photo of got.photos) got.retry(photo)
    await vi.advanceTimersByTimeAsync(0)
    expect(requests, 'one at a time from now on').toHaveLength(4)
    shown.unmount()
  })
})

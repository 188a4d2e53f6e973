// A photo over a line that breaks off: it goes on where it was, from the beginning only if the gateway has forgotten it.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { PART } from '@/parts/inParts'
import { upload } from '@/parts/upload'

const api = vi.hoisted(() => ({ GET: vi.fn(), POST: vi.fn() }))
vi.mock('@/api/client', async (original) => ({ ...(await original<object>()), api }))

const KEY = '6f2b0c1e-6a55-4b4c-9b0f-0d7f0f3c2a11'
const SIZE = 2 * PART + 100
const photo = new File([new Uint8Array(SIZE)], 'a.jpg', { type: 'image/jpeg' })

/** What the gateway keeps, and what of the requests to it is lost. */
let received = 0
let sent: number[] = []
let breaksAt: number[] = []
let forgetsOnce = false
const finished = vi.fn()

beforeEach(() => {
  ;[received, sent, breaksAt, forgetsOnce] = [0, [], [], false]
  finished.mockReset()
  vi.stubGlobal('XMLHttpRequest', class {
    upload: { onprogress?: (event: object) => void } = {}
    status = 200
    responseText = ''
    onload = () => undefined
    onerror = () => undefined
    from = 0
    open = (_: string, path: string) => (this.from = Number(path.split('/').at(-1)))
    setRequestHeader = () => undefined
    getResponseHeader = () => null
    abort = () => undefined
    send = (form: FormData) => {
      sent.push(this.from)
      if (breaksAt.includes(this.from)) {
        breaksAt = breaksAt.filter((at) => at !== this.from)
        return this.onerror()
      }
      if (this.from === received) received += (form.get('part') as File).size
      this.responseText = JSON.stringify({ received })
      return this.onload()
    }
  })
  const answer = (status: number, data: object) => Promise.resolve(status < 300 ? { data, response: new Response(null, { status }) } : { error: data, response: new Response(null, { status }) })
  api.GET.mockImplementation(() => answer(200, { received }))
  api.POST.mockImplementation((_: string, { params, body }: { params: { header: Record<string, string> }; body: object }) => {
    finished(body, params.header['Idempotency-Key'])
    if (!forgetsOnce) return answer(200, { evidence_id: 'e1' })
    ;[forgetsOnce, received] = [false, 0]
    return answer(409, { status: 409, code: 'gateway.upload_incomplete', detail: '照片没有完整到达' })
  })
})
afterEach(() => vi.unstubAllGlobals())

describe('a large photo', () => {
  const progress: number[] = []
  const how = { key: KEY, progress: (done: number) => progress.push(done) }

  it('goes in parts, in order, and is finished under its own key', async () => {
    await expect(upload(photo, 'a.jpg', how)).resolves.toBe('e1')
    expect(sent).toEqual([0, PART, 2 * PART])
    expect(finished).toHaveBeenCalledExactlyOnceWith({ upload_id: KEY, bytes: SIZE }, KEY)
  })
  it('is not sent again from the beginning after the line broke off', async () => {
    breaksAt = [PART]
    await expect(upload(photo, 'a.jpg', how)).rejects.toMatchObject({ status: 0 })
    sent = []
    progress.length = 0
    await expect(upload(photo, 'a.jpg', how)).resolves.toBe('e1')
    expect([sent, progress[0]]).toEqual([[PART, 2 * PART], PART / SIZE])
  })
  it('begins again if the gateway has forgotten it, and not for ever', async () => {
    forgetsOnce = true
    await expect(upload(photo, 'a.jpg', how)).resolves.toBe('e1')
    expect(sent).toEqual([0, PART, 2 * PART, 0, PART, 2 * PART])
    // It never has more than it was asked for the first time.
    api.GET.mockImplementation(() => Promise.resolve({ data: { received: 0 }, response: new Response() }))
    received = SIZE + 1
    sent = []
    await expect(upload(photo, 'a.jpg', how)).rejects.toMatchObject({ code: 'console.upload' })
    expect(sent).toHaveLength(3)
  })
})

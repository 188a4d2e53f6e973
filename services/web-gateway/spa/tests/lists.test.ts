// What lists and their directories lean on: days and stages as conditions, files, names of people, units kept for a while, live changes.
import { enableAutoUnmount, flushPromises, mount } from '@vue/test-utils'
import ElementPlus from 'element-plus'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { defineComponent, h, nextTick, shallowRef } from 'vue'
import { createMemoryHistory, createRouter } from 'vue-router'
import { doubted } from '@/api/doubt'
import AssignPage from '@/pages/intake/AssignPage.vue'
import ScreeningPage from '@/pages/intake/ScreeningPage.vue'
import TranscriptsPage from '@/pages/intake/TranscriptsPage.vue'
import ConditionedList from '@/parts/ConditionedList.vue'
import ExportButtons from '@/parts/ExportButtons.vue'
import { amount, download, nameIn } from '@/parts/download'
import { forgetPeople, personName } from '@/parts/people'
import { forgetUnits, readUnits, rereadUnits, unitName } from '@/parts/units'
import { useConditions } from '@/parts/useConditions'
import { useLive, type Live } from '@/parts/useLive'
import { usePages } from '@/parts/usePages'

const api = vi.hoisted(() => ({ GET: vi.fn() }))
vi.mock('@/api/client', async (original) => ({ ...(await original<object>()), api }))
const stream = vi.hoisted(() => ({ live: null as null | { position: number } }))
vi.mock('@/shell/live', async () => {
  const { reactive } = await import('vue')
  stream.live = reactive({ position: 0 })
  return { live: stream.live }
})
const answer = (data: unknown) => Promise.resolve({ data, response: new Response(null, { status: 200 }) })
vi.setConfig({ testTimeout: 60_000 })
enableAutoUnmount(afterEach)
beforeEach(() => void api.GET.mockReset())
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

describe('units', () => {
  beforeEach(forgetUnits)
  const said = (name: string) => api.GET.mockImplementation(() => answer({ units: [{ code: '321322', name, parent: null }], next: null }))
  it('are read once for all pages, and again when they are old', async () => {
    vi.useFakeTimers()
    said('沭阳县')
    await Promise.all([readUnits(), readUnits()])
    await readUnits()
    expect([api.GET.mock.calls.length, unitName('321322')]).toEqual([1, '沭阳县'])
    said('沭阳')
    vi.advanceTimersByTime(10 * 60_000 + 1)
    await readUnits()
    await flushPromises()
    expect([api.GET.mock.calls.length, unitName('321322')]).toEqual([2, '沭阳'])
  })
  it('are read again when an answer says that something is not there any more, but not for each', async () => {
    vi.useFakeTimers()
    said('沭阳县')
    await readUnits()
    vi.advanceTimersByTime(61_000)
    said('沭阳')
    doubted(200)
    doubted(404)
    doubted(409)
    await flushPromises()
    doubted(404)
    await flushPromises()
    expect([api.GET.mock.calls.length, unitName('321322')]).toEqual([2, '沭阳'])
  })
  it('are not what somebody else has read, and a failure is tried again', async () => {
    api.GET.mockImplementation(() => Promise.reject(new TypeError('failed to fetch')))
    await expect(rereadUnits()).rejects.toThrow()
    said('沭阳县')
    const late = rereadUnits()
    forgetUnits()
    await late
    expect(unitName('321322')).toBe('321322')
  })
})

describe('a village', () => {
  it('is called with its township, as every township may have one of that name', async () => {
    forgetUnits()
    api.GET.mockImplementation(() => answer({ units: [{ code: '1', name: '胡集镇', level: 'township', parent: null }, { code: '2', name: '示范一村', level: 'village', parent: '1' }, { code: '3', name: '胡集镇二村', level: 'village', parent: '1' }], next: null }))
    expect(unitName('2', '示范一村'), 'what a row says, until units are read').toBe('示范一村')
    await readUnits()
    expect(['1', '2', '3', '4'].map((code) => unitName(code))).toEqual(['胡集镇', '胡集镇示范一村', '胡集镇二村', '4'])
  })
})

describe('people', () => {
  it('are shown by their names, asked for once', async () => {
    vi.useFakeTimers()
    forgetPeople()
    api.GET.mockImplementation((_path: string, { params }: { params: { query: { text: string } } }) => answer({ staff: params.query.text === 'leader-huji' ? [{ account: 'leader-huji', name: '张三' }, { account: 'leader-huji-2', name: '李四' }] : [] }))
    expect([personName('leader-huji'), personName('leader-huji'), personName('gone'), personName(null)]).toEqual(['leader-huji', 'leader-huji', 'gone', ''])
    await vi.runAllTimersAsync()
    expect([personName('leader-huji'), personName('leader-huji-2'), personName('gone'), api.GET.mock.calls.length]).toEqual(['张三', '李四', 'gone', 2])
  })
})

describe('a live list', () => {
  function follow(many: number, how?: Parameters<typeof useLive>[1]) {
    const reading = { data: shallowRef<unknown>({}), again: vi.fn(() => Promise.resolve()) }
    let got!: Live
    mount({ setup: () => ((got = useLive({ rows: shallowRef(Array(many).fill(0)), reading } as never, how)), () => h('p')) })
    return { got, reading }
  }
  it('reads itself again, but says only that it changed to whoever has read on', async () => {
    const [short, long] = [follow(3), follow(51)]
    if (stream.live) stream.live.position = 5
    await nextTick()
    expect(short.reading.again).not.toHaveBeenCalled()
    if (stream.live) stream.live.position = 6
    await nextTick()
    expect([short.reading.again.mock.calls.length, long.reading.again.mock.calls.length, short.got.behind.value, long.got.behind.value]).toEqual([1, 0, false, true])
    await long.got.catchUp()
    expect(long.got.behind.value).toBe(false)
  })
  it('knows how much a page of its own is, and takes nothing away from whoever is at something', async () => {
    let busy = true
    const [queue, readOn, held] = [follow(100, { page: 100 }), follow(101, { page: 100 }), follow(3, { held: () => busy })]
    if (stream.live) stream.live.position += 1
    await nextTick()
    expect([queue, readOn, held].map(({ got, reading }) => [reading.again.mock.calls.length, got.behind.value])).toEqual([[1, false], [0, true], [0, true]])
    busy = false
    if (stream.live) stream.live.position += 1
    await nextTick()
    expect(held.reading.again).toHaveBeenCalledTimes(1)
  })
  it.each([['the queue of screening', ScreeningPage, 100], ['calls to be written down', TranscriptsPage, 50], ['cases to be assigned', AssignPage, 50]] as const)('of %s says so to whoever has read on, and shows the newest when asked', async (_what, page, most) => {
    let many = most + 1
    const row = (index: number) => ({ id: `${index}`, tip_id: `t${index}`, case_id: `c${index}`, place: page === AssignPage ? { text: `地点 ${index}` } : `地点 ${index}`, summary: `案件 ${index}`, started: '2020-06-01T00:00:00Z', due: '2020-06-02T00:00:00Z', kind: 'tip_to_screen' })
    api.GET.mockImplementation((path: string) => answer(path === '/api/v1/units' ? { units: [], next: null } : { items: Array.from({ length: many }, (_, index) => row(index)), cases: Array.from({ length: many }, (_, index) => row(index)), total: many, next: null }))
    const router = createRouter({ history: createMemoryHistory(), routes: [{ path: '/:any(.*)*', component: { template: '<p />' } }] })
    await router.push('/screening')
    if (stream.live) stream.live.position += 1
    const shown = mount(page as never, { global: { plugins: [router, ElementPlus] } })
    await flushPromises()
    if (stream.live) stream.live.position += 1
    await flushPromises()
    const reads = () => api.GET.mock.calls.filter(([path]) => path !== '/api/v1/units').length
    expect([reads(), shown.get('.behind').text()]).toEqual([1, '清单有了变化。 从头读取最新清单'])
    many = most
    await shown.get('.behind button').trigger('click')
    await flushPromises()
    expect([reads(), shown.get('.behind').text()]).toEqual([2, ''])
    if (stream.live) stream.live.position += 1
    await flushPromises()
    expect([reads(), shown.get('.behind').text()], 'whoever sees all of it needs no word').toEqual([3, ''])
  })
})

describe('a file', () => {
  const link = vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(() => undefined)
  it('comes with its name, and how far it has come', async () => {
    const asked = vi.fn<(address: string) => Promise<Response>>(() => Promise.resolve(new Response('a,b\n', { headers: { 'content-disposition': "attachment; filename=\"x.csv\"; filename*=UTF-8''%E5%8F%B0%E8%B4%A6.csv", 'content-length': '4' } })))
    vi.stubGlobal('fetch', asked)
    const come = vi.fn()
    expect(await download('/api/v1/exports/cases', { format: 'csv', unit: '' }, come)).toBe('台账.csv')
    expect([asked.mock.calls[0]?.[0], come.mock.calls.at(-1), link.mock.calls.length]).toEqual(['/api/v1/exports/cases?format=csv', [4, 4], 1])
    expect([nameIn(null, 'cases.csv'), amount(2000), amount(3 * 1024 * 1024)]).toEqual(['cases.csv', '2 KB', '3.0 MB'])
  })
  it('that does not come says so at its button', async () => {
    vi.stubGlobal('fetch', () => Promise.resolve(new Response('{"detail":"内容太多。"}', { status: 413 })))
    const shown = mount(ExportButtons, { props: { address: '/api/v1/admin/tables/units' } })
    await shown.findAll('button')[0]?.trigger('click')
    await flushPromises()
    expect(shown.get('[role=alert]').text()).toContain('内容太多。')
    expect(shown.get('[role=status]').text()).toBe('')
  })
  it('shows that it is being made, without a number that nobody knows', async () => {
    let arrive: (answer: Response) => void = () => undefined
    vi.stubGlobal('fetch', () => new Promise<Response>((resolve) => (arrive = resolve)))
    const shown = mount(ExportButtons, { props: { address: '/api/v1/admin/tables/units' } })
    expect(shown.find('[role=progressbar]').exists()).toBe(false)
    await shown.findAll('button')[0]?.trigger('click')
    const bar = shown.get('[role=progressbar]')
    expect([bar.attributes('aria-label'), bar.attributes('aria-valuenow')]).toEqual(['正在导出……', undefined])
    arrive(new Response('{"detail":"暂时不行。"}', { status: 503 }))
    await flushPromises()
    expect(shown.find('[role=progressbar]').exists()).toBe(false)
  })
  it('is tried again in the format that was asked for', async () => {
    const asked = vi.fn<(address: string) => Promise<Response>>(() => Promise.resolve(new Response('{"detail":"暂时不行。"}', { status: 503 })))
    vi.stubGlobal('fetch', asked)
    const shown = mount(ExportButtons, { props: { address: '/api/v1/admin/tables/units' } })
    await shown.findAll('button')[1]?.trigger('click')
    await flushPromises()
    await shown.get('[role=alert] button').trigger('click')
    await flushPromises()
    expect(asked.mock.calls.map(([address]) => address)).toEqual(['/api/v1/admin/tables/units?format=csv', '/api/v1/admin/tables/units?format=csv'])
  })
})

describe('a list with days', () => {
  it('offers days that fit each other, and shows an instant that a link brought as a tag', async () => {
    const router = createRouter({ history: createMemoryHistory(), routes: [{ path: '/:any(.*)*', component: { template: '<p />' } }] })
    await router.push('/findings?from=2020-06-01T00:00:00Z&until=2020-06-30&stage=sweep')
    const asked = vi.fn(() => Promise.resolve({ rows: [], next: null, total: 0 }))
    const page = defineComponent({ setup() {
      const conditions = useConditions(['from', 'until', 'stage'], () => undefined)
      const pages = usePages(asked)
      return () => h(ConditionedList as never, { conditions, pages, keyOf: () => '', days: '记录', none: '没有', filters: [{ name: 'stage', label: '阶段', choices: [{ value: 'sweep', label: '排查摸底' }] }] })
    } })
    const warned = vi.spyOn(console, 'warn').mockImplementation(() => undefined)
    const shown = mount(page, { global: { plugins: [router] } })
    await flushPromises()
    const fields = shown.findAll('.el-date-editor input').map((field) => [field.attributes('aria-label'), (field.element as HTMLInputElement).value])
    expect(fields).toEqual([['记录时间从', ''], ['记录时间到', '2020-06-30']])
    expect(shown.findAll('.row:not(.chips) > .el-tag').map((tag) => tag.text())).toEqual(['从：2020年6月1日\u00a008:00'])
    const chips = () => shown.findAll('.chips > .el-tag').map((tag) => tag.text())
    expect(chips(), 'a phone shows what is chosen in what it folds').toEqual(['阶段：排查摸底', '记录时间到：2020年6月30日'])
    expect(shown.findAll('button').filter((one) => one.text() === '清除条件'), 'one way out, where the list is empty').toHaveLength(1)
    expect(warned.mock.calls.flat().join('')).not.toContain('value-on-clear')
    const fold = shown.get('.fold')
    expect([fold.text(), fold.attributes('aria-expanded'), shown.find('.fields.folded').exists()], 'a phone folds them, and says how many are chosen').toEqual(['筛选（3）', 'false', true])
    await fold.trigger('click')
    expect([fold.text(), shown.find('.fields.folded').exists(), chips()]).toEqual(['收起筛选', false, []])
    await fold.trigger('click')
    await shown.get('.chips .el-tag__close').trigger('click')
    await flushPromises()
    expect(router.currentRoute.value.query, 'and drops one at a touch').toEqual({ from: '2020-06-01T00:00:00Z', until: '2020-06-30' })
  })
})

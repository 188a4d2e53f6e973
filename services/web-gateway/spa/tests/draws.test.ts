// What the list and the page of draws say about the checks, and the cards of what supervision groups found.
import { enableAutoUnmount, flushPromises } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import DrawPage from '@/pages/supervision/DrawPage.vue'
import DrawsPage from '@/pages/supervision/DrawsPage.vue'
import FindingsPage from '@/pages/supervision/FindingsPage.vue'
import { asked } from '@/parts/commands'
import { forgetUnits } from '@/parts/units'
import { draws } from '@/texts/supervision'
import { shown } from './mounted'

const api = vi.hoisted(() => ({ GET: vi.fn() }))
vi.mock('@/api/client', async (original) => ({ ...(await original<object>()), api }))
vi.setConfig({ testTimeout: 60_000 })
enableAutoUnmount(afterEach)

const UNITS = [['city', 'city', 'government', null], ['group', 'city', 'supervision', 'city'], ['321322', 'county', 'government', 'city']].map(([code, level, kind, parent]) => ({ code, name: code === '321322' ? '沭阳县' : code, level, kind, parent }))
const SUMMARY = { draw_id: 'd1', round: 1, seed: '03071219223005', source: '双色球下一期（演示）', listed: 3, chosen: 3, cancelled_because: null, announced_at: '2020-06-01T00:00:00Z', seed_at: '2020-06-02T00:00:00Z' }
const DRAW = { ...SUMMARY, digits: 14, percent: 100, at_least: 1, digest: '', made_at: '2020-06-02T01:00:00Z', cancelled_at: null, list: [{ county: '321322', case_ids: ['a', 'b', 'c'] }], chosen: [{ county: '321322', case_ids: ['a', 'b', 'c'] }] }
const row = (id: string, check: string | null, more: object = {}) => ({ case_id: id, summary: id, county_name: '沭阳县', spot_check: check, state: 'closed', next_obligation: null, next_due: null, working_days_left: null, ...more })
const late = { next_obligation: 'spot_check', next_due: '2020-06-09T00:00:00Z' }
const answering = (data: unknown) => Promise.resolve({ data, response: new Response(null, { status: 200 }) })
let cases: Array<ReturnType<typeof row>> = []
let clocks: (() => Promise<unknown>) | null = null

beforeEach(() => {
  sessionStorage.clear()
  forgetUnits()
  clocks = null
  cases = [row('a', 'passed'), row('b', 'failed'), row('c', 'pending', late), row('d', null)]
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('failed to fetch')))
  api.GET.mockImplementation((path: string, given: { params?: { query?: Record<string, unknown> } } = {}) => {
    const query = given.params?.query ?? {}
    if (path === '/api/v1/units') return answering({ units: UNITS, next: null })
    if (path === '/api/v1/session') return answering({ account: 'a', unit: 'group', now: new Date().toISOString(), roles: ['supervisor', 'leader'].map((code) => ({ code, name: '' })) })
    if (path === '/api/v1/draws') return answering({ draws: [SUMMARY] })
    if (path === '/api/v1/draws/{draw_id}') return answering(DRAW)
    if (path === '/api/v1/work') return answering({ items: [{ sites: 2 }], next: null })
    if (path === '/api/v1/obligations') return query.obligation === 'announce_draw' ? answering({ obligations: [{ unit: 'group', unit_name: '市安全生产督导组', due: '2020-06-09T00:00:00Z' }], next: null }) : (clocks?.() ?? answering({ obligations: [], next: null }))
    if (path === '/api/v1/findings') return answering({ findings: ['ordinary', 'grave'].map((gravity, index) => ({ unit: '321322', unit_name: '沭阳县', finding: index + 1, text: `原料未清 ${index}`, gravity, source: 'city', state: 'open', due: '2020-06-09T00:00:00Z', at: '2020-06-01T00:00:00Z', evidence: [], answers: [] })), total: 2, next: null })
    const rows = cases.filter((one) => (query.spot_check ? one.spot_check === query.spot_check : true))
    return answering({ cases: rows, total: rows.length, next: null })
  })
})
afterEach(() => vi.unstubAllGlobals())

describe('the list of draws', () => {
  it('says of each how far its checks have come, and what is late', async () => {
    clocks = () => Promise.reject(new TypeError('not told'))
    const at = await shown(DrawsPage, {}, 'supervisor')
    await flushPromises()
    expect(at.get('.list > li').text()).toContain(`${draws.checksProgress(2, 3)}，${draws.checksLate(1)}`)
    expect(at.get('.list .el-tag').classes(), 'the draw itself is over and well').toContain('el-tag--success')
    cases = [row('a', 'passed'), row('b', 'passed')]
    const part = await shown(DrawsPage, {}, 'leader')
    await flushPromises()
    expect(part.get('.list > li').text(), 'of what lies in one’s area').toContain(draws.checksWithin(draws.checksProgress(2, 2)))
  })
  it('says by how much the next one is late, and whose it is in the words of the page', async () => {
    expect((await shown(DrawsPage, {}, 'leader')).get('.problem').text()).toMatch(/^市督导组应在 2020年6月9日\s08:00 前公告下一次抽签，已超 \d+ 天/)
  })
  it('counts what would be drawn of each county, if these are all that wait', async () => {
    const least = async (): Promise<string | undefined> => {
      const at = await shown(DrawsPage, {}, 'supervisor')
      await flushPromises()
      await at.findAll('button').find((one) => one.text() === draws.announce)!.trigger('click')
      const field = asked.value?.command.fields.find((one) => one.name === 'at_least')
      field?.when?.({ percent: 10, at_least: 1 })
      asked.value?.done(null)
      return field?.help
    }
    expect(await least()).toContain(draws.willDraw([draws.ofCounty('沭阳县', 2, 1)]))
    cases = [row('d', null)]
    expect(await least()).toBe(draws.leastHelp)
  })
})

describe('the page of a draw', () => {
  it('says what the checks found above the counties, in one piece with its number', async () => {
    const at = await shown(DrawPage, { drawId: 'd1' }, 'leader')
    await flushPromises()
    expect(at.text()).toContain(draws.results(1, 1, 1))
    expect(at.text()).toContain('双色球下一期（演示），共 14 位数字')
    expect(at.text(), 'by what the case owes, where no clock is told').toContain('期限\u00a02020年6月9日')
    expect(at.get('.number').text()).toBe('03\u00a007\u00a012\u00a019\u00a022\u00a030\u00a0+\u00a005')
  })
})

describe('a finding', () => {
  it('is headed by what was found, and always says how grave it is', async () => {
    const cards = (await shown(FindingsPage, {}, 'leader')).findAll('.list > li')
    expect(cards.map((one) => [one.get('strong').text(), one.get('.el-tag').text()])).toEqual([['原料未清 0', '一般问题'], ['原料未清 1', '突出问题']])
    expect(cards[0]?.get('p.quiet').text()).toContain('沭阳县　第 1 个问题')
  })
})

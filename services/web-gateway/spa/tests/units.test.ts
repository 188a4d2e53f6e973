// While the units are not known nobody is told that there is nothing to do: it says so, and reads them again.
import { enableAutoUnmount, flushPromises } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { nextTick } from 'vue'
import { missed, reached } from '@/api/connection'
import CasePage from '@/pages/home/CasePage.vue'
import TipPage from '@/pages/home/TipPage.vue'
import AssignPage from '@/pages/intake/AssignPage.vue'
import DivisionField from '@/pages/intake/DivisionField.vue'
import DrawPage from '@/pages/supervision/DrawPage.vue'
import UnitPicker from '@/parts/UnitPicker.vue'
import { forgetUnits, readUnits, rereadUnits, units, unitsKnown, unitsProblem } from '@/parts/units'
import { caseActs, cases } from '@/texts/cases'
import { common } from '@/texts/common'
import { assigning, call } from '@/texts/intake'
import { draws } from '@/texts/supervision'
import { tipActs, tips } from '@/texts/tips'
import { shown } from './mounted'

const api = vi.hoisted(() => ({ GET: vi.fn() }))
vi.mock('@/api/client', async (original) => ({ ...(await original<object>()), api }))
vi.setConfig({ testTimeout: 60_000 })
enableAutoUnmount(afterEach)

const UNITS = [['city', 'city', 'government', null], ['office', 'city', 'office', 'city'], ['group', 'city', 'supervision', 'city'], ['county', 'county', 'government', 'city']].map(([code, level, kind, parent]) => ({ code, name: code, level, kind, parent }))
const ROW = { case_id: 'c1', summary: '废桶', state: 'opened', place: { text: '胡集窑厂', division: 'county' }, opened_at: '2020-06-01T00:00:00Z' }
const STATE = { progress: 'opened', owner: null, co_handlers: [], returned_by: [], holders: [], inspections: [], extensions: [], finding: null, urgency: 'normal', workers: [], denials: [] }
const TIP = { tip_id: 't1', summary: '', progress: 'received', place: { text: '胡集窑厂', division: 'county' }, received_at: '2020-06-01T00:00:00Z' }
const DRAW = { draw_id: 'd1', round: 1, list: [], chosen: [], seed: null, percent: 5, at_least: 1, digits: 14, source: '', announced_at: '2020-06-01T00:00:00Z', seed_at: '2020-06-02T00:00:00Z' }
const down = () => Promise.reject(new TypeError('failed to fetch'))
const refusing = (status: number) => () => Promise.resolve({ error: { status, code: 'x', detail: '暂时不行。' }, response: new Response(null, { status }) })
const answering = (data: unknown) => () => Promise.resolve({ data, response: new Response(null, { status: 200 }) })
let readingUnits: () => Promise<unknown>

beforeEach(() => {
  sessionStorage.clear()
  forgetUnits()
  readingUnits = down
  vi.stubGlobal('fetch', down)
  api.GET.mockImplementation((path: string) => {
    if (path === '/api/v1/units') return readingUnits()
    if (path === '/api/v1/session') return answering({ account: 'a', unit: 'office', now: new Date().toISOString(), roles: [{ code: 'dispatcher', name: '' }, { code: 'supervisor', name: '' }] })()
    if (path === '/api/v1/cases/{case_id}') return answering({ case: ROW, state_json: JSON.stringify(STATE), revision: 1, clocks: [], tips: [], failures: [] })()
    if (path === '/api/v1/tips/{tip_id}') return answering({ tip: TIP, told: [], clocks: [], similar: [], revision: 1 })()
    if (path === '/api/v1/draws/{draw_id}') return answering(DRAW)()
    return answering({ cases: [ROW, { ...ROW, case_id: 'c2' }], total: 2, next: null, reveals: [], rewards: [], stages: [], limits: [] })()
  })
})
afterEach(() => {
  reached()
  vi.unstubAllGlobals()
})

async function again(at: Awaited<ReturnType<typeof shown>>): Promise<void> {
  readingUnits = answering({ units: UNITS, next: null })
  const retry = at.findAll('button').find((one) => one.text() === common.retry)
  await retry!.trigger('click')
  await flushPromises()
}

describe('units that cannot be read', () => {
  it('are a problem, not a failure of whoever waits for them, and none any more once they are known', async () => {
    await readUnits()
    expect([unitsKnown.value, unitsProblem.value?.status]).toEqual([false, 0])
    readingUnits = answering({ units: UNITS, next: null })
    await readUnits()
    expect([unitsKnown.value, unitsProblem.value, units.value.length]).toEqual([true, null, 4])
    readingUnits = down
    await expect(rereadUnits()).rejects.toThrow()
    expect([unitsKnown.value, unitsProblem.value, units.value.length], 'what is old is good enough').toEqual([true, null, 4])
    forgetUnits()
    expect([unitsKnown.value, unitsProblem.value]).toEqual([false, null])
  })
  it('are read again when the connection is back, unless that was refused for good', async () => {
    await readUnits()
    readingUnits = answering({ units: UNITS, next: null })
    missed()
    reached()
    await nextTick()
    await flushPromises()
    expect(unitsKnown.value).toBe(true)
    forgetUnits()
    readingUnits = vi.fn(refusing(403))
    await readUnits()
    missed()
    reached()
    await flushPromises()
    expect([unitsProblem.value?.status, vi.mocked(readingUnits).mock.calls.length]).toEqual([403, 1])
  })
})

describe('without units', () => {
  it('a case does not say that there is nothing to do, and offers it as soon as they are there', async () => {
    const at = await shown(CasePage, { caseId: 'c1' })
    expect(at.text()).toContain(common.unitsUnread)
    expect(at.text()).not.toContain(cases.noWork)
    await again(at)
    expect(at.text()).not.toContain(common.unitsUnread)
    expect(at.findAll('button').map((one) => one.text())).toContain(caseActs.assign)
  })
  it('a tip does not either', async () => {
    const at = await shown(TipPage, { tip: 't1' })
    expect(at.text()).toContain(common.unitsUnread)
    expect(at.text()).not.toContain(tips.noWork)
    await again(at)
    expect(at.findAll('button').map((one) => one.text())).toContain(tipActs.accept)
  })
  it('no case to assign is said to lie elsewhere', async () => {
    const at = await shown(AssignPage)
    const boxes = () => at.findAll<HTMLInputElement>('.line input[type=checkbox]').map((one) => [one.element.disabled, one.attributes('title') ?? ''])
    expect([boxes(), at.text().includes(assigning.unitsUnread)]).toEqual([[[true, ''], [true, '']], true])
    await again(at)
    expect([boxes(), at.text().includes(assigning.unitsUnread)]).toEqual([[[false, ''], [false, '']], false])
  })
  it('a draw that is due is not said to wait for others', async () => {
    const at = await shown(DrawPage, { drawId: 'd1' }, 'supervisor')
    expect([at.text().includes(draws.dueOthers), at.text().includes(common.unitsUnread)]).toEqual([false, true])
  })
  it('whoever picks one is told why there is none, and can try again', async () => {
    const at = await shown(UnitPicker, { modelValue: undefined })
    expect(at.text()).toContain(common.unitsNoChoice)
    await at.get('input').trigger('click')
    await vi.waitFor(() => expect(document.querySelector('.el-select-dropdown__empty')?.textContent).toContain(common.unitsNoChoice))
    readingUnits = answering({ units: UNITS, next: null })
    document.querySelector<HTMLElement>('.el-select-dropdown__empty button')!.click()
    await flushPromises()
    expect([unitsKnown.value, at.text().includes(common.unitsNoChoice), at.text().includes(common.findUnit)]).toEqual([true, false, true])
  })
  it('whoever takes a call goes on without them', async () => {
    const at = await shown(DivisionField, { modelValue: '', place: '', id: 'where' }, 'operator')
    expect(at.text()).toContain(call.unitsMissing)
    await again(at)
    expect(at.text()).not.toContain(call.unitsMissing)
  })
})

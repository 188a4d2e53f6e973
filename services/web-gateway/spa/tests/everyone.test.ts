// What everybody uses: conditions of lists, drafts, photos, conflicts, connection, help, search, map.
import { flushPromises, mount } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { defineComponent, h, nextTick, ref } from 'vue'
import { createMemoryHistory, createRouter } from 'vue-router'
import { ask, authorize } from '@/api/client'
import { connection, missed, reached } from '@/api/connection'
import { Problem } from '@/api/problems'
import { aboutIn, noticePage, workPage } from '@/shell/newsPages'
import { keepSeen, readSeen, sum } from '@/shell/seen'
import { compare, differences, keyOf } from '@/parts/conflict'
import { isReceipt } from '@/parts/searchWords'
import { conditionsOf, handedOver, queryOf, useConditions, type Conditions } from '@/parts/useConditions'
import { forgetDrafts, useDraft } from '@/parts/useDraft'
import { usePhotos } from '@/parts/usePhotos'
import { useReading } from '@/parts/useReading'
import { emptyDraft, isDraft } from '@/pages/home/inspection'
import { passwordMistake } from '@/pages/everyone/password'
import { byCounty, colour, COUNTIES, framed, isAlarming, mostUrgentFirst, nearest, placed, unplaced, type CaseRow } from '@/pages/map/sites'
import { tilesOf } from '@/pages/map/tiles'
import { pages } from '@/pages'
import { saidOf } from '@/pages/home/workItems'
import { pageHelp } from '@/texts/help'

/** Calls a composable as a component does. */
function within<T>(setup: () => T, plugins: unknown[] = []) {
  let got!: T
  const shown = mount(defineComponent({ setup: () => ((got = setup()), () => h('p')) }), { global: { plugins: plugins as never[] } })
  return { got, shown }
}
const answered = (status: number, body: unknown = {}) => ({ response: new Response(null, { status }), ...(status < 300 ? { data: body } : { error: body }) })

describe('conditions', () => {
  it('come from the address as far as the list knows them', () => {
    expect(conditionsOf({ state: 'open', overdue: 'true', other: 'x', unit: ['321322', 'y'], stage: '' }, ['state', 'overdue', 'unit', 'stage'])).toEqual({ state: 'open', overdue: 'true', unit: '321322' })
    expect(queryOf({ state: 'open', overdue: 'true', missed: 'false', text: '  ' })).toEqual({ state: 'open', overdue: true, missed: false })
  })
  it('stand in the address, typed words do not', async () => {
    const router = createRouter({ history: createMemoryHistory(), routes: [{ path: '/:any(.*)*', component: { template: '<p />' } }] })
    await router.push('/cases?unit=1&as_of=2020-06-30')
    handedOver.value = '砖瓦'
    const changed = vi.fn()
    const { got, shown } = within<Conditions>(() => useConditions(['unit', 'overdue', 'as_of'], changed), [router])
    expect([got.query.value, handedOver.value]).toEqual([{ unit: '1', as_of: '2020-06-30', text: '砖瓦' }, ''])
    got.set('overdue', true)
    await flushPromises()
    expect([router.currentRoute.value.fullPath, changed.mock.calls.length]).toEqual(['/cases?unit=1&as_of=2020-06-30&overdue=true', 1])
    got.clear(['as_of'])
    await flushPromises()
    expect(got.asked.value).toEqual({ unit: '1', overdue: 'true' })
    got.clear()
    await flushPromises()
    expect([router.currentRoute.value.fullPath, got.text.value]).toEqual(['/cases', ''])
    shown.unmount()
  })
})

describe('an ended session', () => {
  afterEach(() => authorize(() => null, () => Promise.reject(new Error('none')), () => Promise.resolve()))
  it('is begun again, and the request sent once more', async () => {
    const again = vi.fn(() => Promise.resolve())
    authorize(() => ({ csrfToken: 't', role: 'handler' }), again, () => Promise.resolve())
    const request = vi.fn().mockResolvedValueOnce(answered(401)).mockResolvedValueOnce(answered(200, { done: true }))
    expect(await ask(request as never)).toEqual({ done: true })
    expect([again.mock.calls.length, request.mock.calls.length]).toEqual([1, 2])
  })
  it('that another window has begun anew is taken up', async () => {
    const takeUp = vi.fn(() => Promise.resolve())
    authorize(() => ({ csrfToken: 'old', role: '' }), () => Promise.reject(new Error('none')), takeUp)
    const request = vi.fn().mockResolvedValueOnce(answered(403, { code: 'gateway.csrf_token', detail: '…' })).mockResolvedValueOnce(answered(200, 1))
    expect(await ask(request as never)).toBe(1)
    expect(takeUp).toHaveBeenCalledOnce()
  })
})

describe('a lost connection', () => {
  beforeEach(() => vi.useFakeTimers())
  afterEach(() => {
    vi.useRealTimers()
    vi.unstubAllGlobals()
  })
  it('is tried again until it is there, and what failed is read again', async () => {
    const fetched = vi.fn().mockRejectedValueOnce(new TypeError('down')).mockResolvedValue(new Response('{}', { status: 401 }))
    vi.stubGlobal('fetch', fetched)
    const read = vi.fn().mockRejectedValueOnce(new TypeError('down')).mockResolvedValue('there')
    const { got, shown } = within(() => useReading(read))
    missed()
    await vi.advanceTimersByTimeAsync(0)
    expect([connection.reachable, got.problem.value?.code]).toEqual([false, 'console.unreachable'])
    await vi.advanceTimersByTimeAsync(2_000)
    expect(connection.reachable).toBe(false)
    await vi.advanceTimersByTimeAsync(4_000)
    await nextTick()
    await vi.advanceTimersByTimeAsync(0)
    expect([connection.reachable, got.data.value, got.problem.value]).toEqual([true, 'there', null])
    shown.unmount()
    reached()
  })
})

describe('a conflict', () => {
  it('is known by the codes of the catalogue', () => {
    for (const code of ['platform.outdated_view', 'platform.conflict']) expect(new Problem({ status: 409, code, detail: '' }).isConflict).toBe(true)
    expect(new Problem({ status: 409, code: 'case.closed', detail: '' }).isConflict).toBe(false)
  })
  it('says what changed, in words', () => {
    const before = { revision: 3, case: { state_title: '待签收', state: 'assigned', owner_name: null, case_id: '1' }, state_json: '{"inspections":[]}' }
    const after = { revision: 5, case: { state_title: '待核查', state: 'acknowledged', owner_name: '胡集镇', case_id: '1' }, state_json: '{"inspections":[{}]}' }
    expect(differences(before, after)).toEqual([
      { label: '办理状态', before: '待签收', after: '待核查' }, { label: '承办单位', before: '无', after: '胡集镇' }, { label: '现场核查', before: '无', after: '1 项' },
    ])
  })
  it('finds the revision that the command was decided on', async () => {
    expect(keyOf({ revision: 3, disposal_revision: 3 }, '/api/v1/disposals/1/measures', 3)).toBe('disposal_revision')
    expect(keyOf({ revision: 3, disposal_revision: 3 }, '/api/v1/cases/1/assign', 3)).toBe('revision')
    expect(keyOf({ revision: 4 }, '/api/v1/cases/1/assign', 3)).toBeNull()
    const read = vi.fn().mockResolvedValueOnce({ revision: 3, case: { state_title: '待签收' } }).mockResolvedValueOnce({ revision: 4, case: { state_title: '待核查' } })
    const { shown } = within(() => useReading(read))
    await flushPromises()
    expect(await compare({ path: '/api/v1/cases/1/acknowledge' }, 3)).toEqual({ revision: 4, changes: [{ label: '办理状态', before: '待签收', after: '待核查' }] })
    shown.unmount()
    // Nothing on the page has that revision: nobody may attest to having seen what changed. What is decided on none has none to miss.
    expect(await compare({ path: '/api/v1/cases/1/acknowledge' }, 4)).toEqual({ changes: [], unread: true })
    expect(await compare({ path: '/api/v1/cases/1/acknowledge' }, undefined)).toEqual({ changes: [] })
  })
  it('is not called compared when what it was decided on cannot be read again', async () => {
    const read = vi.fn().mockResolvedValueOnce({ revision: 3 }).mockRejectedValueOnce(new TypeError('down'))
    const { shown } = within(() => useReading(read))
    await flushPromises()
    expect(await compare({ path: '/api/v1/cases/1/acknowledge' }, 3)).toEqual({ changes: [], unread: true })
    shown.unmount()
  })
})

describe('a draft', () => {
  const name = 'inspection.handler.1'
  const make = () => useDraft(name, () => emptyDraft('2020-06-01T10:00:00+08:00'), isDraft, () => Date.parse('2020-06-01T02:00:00Z'))
  beforeEach(() => sessionStorage.clear())
  it('is there again after a reload, and gone once it is sent', async () => {
    const first = within(make)
    first.got.draft.value.went = '张三'
    first.got.draft.value.five.hidden_workshop!.evidence.push('e1')
    first.shown.unmount()
    const second = within(make)
    expect([second.got.draft.value.went, second.got.draft.value.five.hidden_workshop?.evidence, second.got.keptAt.value]).toEqual(['张三', ['e1'], '2020-06-01T02:00:00.000Z'])
    second.got.discard()
    await nextTick()
    second.shown.unmount()
    expect(within(make).got.keptAt.value).toBeNull()
  })
  it('that does not fit the form any more is dropped, and all go with whoever signs out', () => {
    sessionStorage.setItem(`mingcha.draft.${name}`, JSON.stringify({ at: '', value: { went: [] } }))
    expect(within(make).got.draft.value.went).toBe('')
    sessionStorage.setItem('mingcha.role', 'handler')
    sessionStorage.setItem('mingcha.draft.other', '{}')
    forgetDrafts()
    expect(Object.keys(sessionStorage)).toEqual(['mingcha.role'])
  })
})

describe('photos', () => {
  it('go three at once, each tried again alone, in the order in which they were chosen', async () => {
    const waiting: Array<{ name: string; key: string; go: (id: string) => void; fail: (why: unknown) => void }> = []
    const send = vi.fn((_file: Blob, name: string, how: { key: string }) => new Promise<string>((go, fail) => waiting.push({ name, key: how.key, go, fail })))
    const ids = ref<string[]>([])
    const { got, shown } = within(() => usePhotos(['old'], (now) => (ids.value = now), send))
    got.add(['a', 'b', 'c', 'd'].map((name) => new File(['x'], name)))
    await flushPromises()
    expect(waiting.map((one) => one.name)).toEqual(['a', 'b', 'c'])
    waiting[1]?.go('B')
    await flushPromises()
    expect([waiting.map((one) => one.name), ids.value]).toEqual([['a', 'b', 'c', 'd'], ['old', 'B']])
    waiting[0]?.fail(new TypeError('down'))
    await flushPromises()
    expect(got.photos[1]?.problem?.isPassing).toBe(true)
    got.retry(got.photos[1]!)
    await flushPromises()
    expect(waiting[4]?.key).toBe(waiting[0]?.key)
    waiting[4]?.go('A')
    await flushPromises()
    expect(ids.value).toEqual(['old', 'A', 'B'])
    got.remove(got.photos[0]!)
    expect(ids.value).toEqual(['A', 'B'])
    shown.unmount()
  })
})

describe('news', () => {
  it('lead to their pages, also those that are about a unit, a draw or a finding', () => {
    const work = (more: object) => workPage({ kind: 'obligation', subject: '', unit: '321322', ...more } as never)
    expect([work({ case_id: 'c' }), work({ report: '321322102-sweep' }), work({ tip_id: '9' }), work({ kind: 'draw_to_announce', subject: 'draw-3' })]).toEqual(['/cases/c', '/reports/321322102/sweep', '/tips/9', '/draws/3'])
    expect(work({ obligation: 'answer_finding', subject: 'unit-321323' })).toEqual({ path: '/findings', query: { unit: '321323' } })
    expect(work({ kind: 'something_new' }), 'the list of work has everything').toBe('/')
    const notice = (template: string, about: string, subject = '') => noticePage({ template, about, subject })
    expect([notice('case_assigned', 'case-7'), notice('danger', 'tip-9'), notice('password_set', 'unit-1'), notice('unheard_of', 'unit-1')]).toEqual(['/cases/7', '/tips/9', '/profile', null])
    const of = { unit: '321322' }
    expect(['finding_recorded', 'task_assigned', 'special_supervision', 'area_asked'].map((template) => notice(template, 'unit-321322'))).toEqual(['/findings', '/conference-tasks', '/special-supervision', '/reports'].map((path) => ({ path, query: of })))
    expect(notice('interview', 'unit-321322')).toEqual({ path: '/accountability', query: { list: 'escalations', ...of } })
    expect(notice('failure_recorded', 'unit-321322')).toEqual({ path: '/accountability', query: { list: 'failures', ...of } })
    expect(notice('answer_judged', 'unit-321322', '【认定】联席会议任务报告已认定')).toEqual({ path: '/conference-tasks', query: of })
    expect(notice('supervision_order', 'case-7')).toBe('/cases/7')
  })
  it('say what they are about, or where', () => {
    expect(['您好：\n事项：老窑厂\n地点：胡集镇', '您好：\n地点：胡集镇', '您好'].map(aboutIn)).toEqual(['老窑厂', '胡集镇', ''])
  })
  it('are kept as sums only', () => {
    keepSeen('handler', new Set([sum('tip_to_screen/7')]))
    expect([readSeen('handler').has(sum('tip_to_screen/7')), readSeen('other').size]).toEqual([true, 0])
    expect(JSON.stringify({ ...localStorage })).not.toMatch(/handler|tip_to_screen/)
  })
})

describe('what everybody has', () => {
  it('never searches for a receipt', () => {
    expect([isReceipt('1234 5678 9012 3456'), isReceipt('321322102')]).toEqual([true, false])
  })
  it('says what is wrong with a new password', () => {
    expect(passwordMistake('old-password', 'old-password', 'old-password')).toContain('相同')
    expect(passwordMistake('old', '短', '短')).toContain('10')
    expect(passwordMistake('old', 'long-enough-1', 'long-enough-2')).toContain('不一致')
    expect(passwordMistake('old', 'long-enough-1', 'long-enough-1')).toBe('')
  })
  it('is told whether a call waits to be heard or to be looked at', () => {
    const waits = (what: string) => saidOf({ kind: 'transcript_to_record', title: '整理来电内容', place: '老砖厂', what, report: null } as never)
    expect(waits('来电没有文字，请听录音后写成文字')).toBe('老砖厂　来电没有文字，请听录音后写成文字')
    expect(waits('来电没有文字，请看图后写成文字')).toBe('老砖厂　来电没有文字，请看图后写成文字')
    expect(pageHelp.transcripts?.join('')).toMatch(/听录音/)
  })
  it('has help only for pages that there are', () => {
    const names = new Set(pages.map((page) => page.route.name))
    expect(Object.keys(pageHelp).filter((name) => !names.has(name))).toEqual([])
  })
})

describe('the map', () => {
  const row = (more: object) => ({ case_id: '1', county: '321322', county_name: '沭阳县', overdue: false, ...more }) as CaseRow
  const rows = [row({ place: { coordinates: { latitude: 34, longitude: 118.7 } } }), row({ overdue: true }), row({ county: null, county_name: null })]
  it('shows sites where they are and counts the others', () => {
    expect(placed(rows).map(({ at }) => at)).toEqual([[34, 118.7]])
    expect(unplaced(rows)).toHaveLength(2)
    expect(byCounty(rows).map(({ name, count, overdue, at }) => [name, count, overdue, at !== null])).toEqual([['沭阳县', 2, 1, true], ['未知地区', 1, 0, false]])
  })
  it('asks nobody but the gateway for a background', () => {
    expect(tilesOf({ layers: 0, attribution: '', most_zoom: 18 })).toBeNull()
    const tiles = tilesOf({ layers: 2, attribution: '天地图', most_zoom: 16 })
    expect(tiles?.urls).toEqual(['/api/v1/map/tiles/0/{z}/{x}/{y}', '/api/v1/map/tiles/1/{z}/{x}/{y}'])
    expect(tiles?.most).toBe(16)
  })
  it('shows a closed site as closed whatever is still owed about it', () => {
    expect(colour({ overdue: true, state: 'closed' })).not.toBe(colour({ overdue: true, state: 'assigned' }))
    expect(colour({ overdue: true, state: 'closed' })).toBe(colour({ overdue: false, state: 'closed' }))
  })
  it('gives a closed site that is not well another look than one that is', () => {
    const closed = (more: object) => isAlarming(row({ state: 'closed', relapsed: false, spot_check: 'passed', ...more }))
    expect([closed({}), closed({ overdue: true }), closed({ relapsed: true }), closed({ spot_check: 'failed' }), closed({ state: 'assigned', overdue: true })]).toEqual([false, true, true, true, false])
    expect(byCounty([row({ state: 'closed', overdue: true })]).map(({ overdue, alarming }) => [overdue, alarming])).toEqual([[0, 1]])
  })
  it('lists what is overdue first, then what is due soonest', () => {
    const due = (id: string, next: string | null, overdue = false) => row({ case_id: id, next_due: next, overdue })
    expect(mostUrgentFirst([due('none', null), due('later', '2020-06-09'), due('soon', '2020-06-02'), due('late', '2020-06-01', true)]).map((one) => one.case_id)).toEqual(['late', 'soon', 'later', 'none'])
  })
  it('has the names of the counties in view where no background says where one is', () => {
    expect(framed(placed(rows), [], [])).toEqual([[34, 118.7]])
    const shown = framed(placed(rows), [], Object.values(COUNTIES))
    expect(shown[0]).toEqual([34, 118.7])
    expect(shown.slice(1), 'a name beside it, and the next one').toHaveLength(2)
    expect(Object.values(COUNTIES)).toEqual(expect.arrayContaining(shown.slice(1)))
    const touched = [{ of: 'below', x: 10, y: 10 }, { of: 'above', x: 18, y: 10 }]
    expect([nearest(touched, { x: 11, y: 9 }), nearest(touched, { x: 16, y: 9 }), nearest([], { x: 0, y: 0 })], 'not the one that lies on top').toEqual(['below', 'above', undefined])
    expect(framed([], [], Object.values(COUNTIES))).toEqual([])
  })
})

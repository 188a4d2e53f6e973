// The call desk and the dispatcher's desk: a call becomes one tip, places are found, queues are gone through, several acts keep count.
import { flushPromises, mount } from '@vue/test-utils'
import { readFileSync } from 'node:fs'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { Problem } from '@/api/problems'
import type { Command } from '@/parts/commands'
import type { UnitEntry } from '@/parts/units'
import { seen } from '@/texts/common'
import { bulk as bulkWords, call as words } from '@/texts/intake'

const submit = vi.hoisted(() => vi.fn())
vi.mock('@/api/client', async (original) => ({ ...(await original<typeof import('@/api/client')>()), submit }))

import PlacePicker from '@/pages/intake/PlacePicker.vue'
import ReceiptCard from '@/pages/intake/ReceiptCard.vue'
import SeenGroup from '@/pages/intake/SeenGroup.vue'
import { commonArea } from '@/pages/intake/assigning'
import { limitOf } from '@/parts/campaign'
import { coordinatesOf, emptyDraft, isTyped, mistakesOf, requestOf, useCall } from '@/pages/intake/callSheet'
import { joinable, keysOf } from '@/pages/intake/joining'
import { guessPlaces, placesOf, searchPlaces } from '@/pages/intake/places'
import { after, before } from '@/pages/intake/queue'
import { byUnit, daysOf, dutyOf, lateOf, whereOf, type Clock } from '@/pages/intake/stuck'
import { useBulk } from '@/pages/intake/useBulk'
import { isForThePage } from '@/pages/intake/useShortcuts'

const government = (code: string, name: string, level: string, parent: string | null) => ({ code, name, level, kind: 'government', parent }) as UnitEntry
const PLACES = placesOf([
  government('321300', '宿迁市', 'city', null),
  { ...government('321300-GA', '市公安局', 'city', '321300'), kind: 'department' },
  government('321322', '沭阳县', 'county', '321300'), government('321323', '泗阳县', 'county', '321300'),
  government('321322102', '胡集镇', 'township', '321322'), government('321322102291', '示范一村', 'village', '321322102'), government('321322102292', '示范二村', 'village', '321322102'),
  government('321323103', '临河镇', 'township', '321323'), government('321323103291', '示范一村', 'village', '321323103'),
])
const codes = (places: ReadonlyArray<{ code: string }>) => places.map((one) => one.code)
const refusal = (status: number, field = '') => new Problem({ status, code: 'x', detail: '不行。', remedy: '改。', field })

describe('the call sheet', () => {
  it('asks for what happened and where, nothing else', () => {
    expect(Object.keys(mistakesOf(emptyDraft()))).toEqual(['narrative', 'place.text'])
    expect(mistakesOf({ ...emptyDraft(), narrative: '夜里冒烟', place: '胡集镇' })).toEqual({})
    expect(mistakesOf({ ...emptyDraft(), photos: [{ name: 'a', size: 1, data: '' }], coordinates: '34.1, 118.2' })).toEqual({})
    expect(mistakesOf({ ...emptyDraft(), narrative: 'x', place: 'y', coordinates: '不知道' })).toEqual({ 'place.coordinates': words.badCoordinates })
  })
  it('reads coordinates as maps write them', () => {
    expect(coordinatesOf('34.12345，118.67')).toEqual({ latitude: 34.12345, longitude: 118.67 })
    expect(coordinatesOf('118.67, 34.1')).toBeNull()
    expect(coordinatesOf(' ')).toBeUndefined()
  })
  it('sends nothing of a person who stays anonymous, nor of officials who are not meant', () => {
    const typed = { ...emptyDraft('phone', '12350'), narrative: ' 夜里冒烟 ', place: '胡集镇', division: '321322102', name: '张三', said: '村干部', danger: true, seen: ['smell'] }
    expect(requestOf(typed)).toEqual({
      channel: 'phone', line: '12350', narrative: '夜里冒烟', place: { text: '胡集镇', division: '321322102' }, seen: ['smell'], seen_when: '', photos: [], confidential: true, wants_answer: false, danger: true,
    })
    expect(requestOf({ ...typed, named: true, phone: '1' })).toMatchObject({ contact: { name: '张三', phone: '1', email: '', address: '' } })
    expect(requestOf({ ...typed, named: true, name: ' ' })).not.toHaveProperty('contact')
    expect(requestOf({ ...typed, concerns: true, units: ['321322'] })).toMatchObject({ concerns: { units: ['321322'], persons: [], said: '村干部' } })
  })
  it('keeps what was said from whoever handles it, unless the reporter says that they need not', () => {
    const typed = { ...emptyDraft(), narrative: '夜里冒烟', place: '胡集镇' }
    expect([requestOf(typed).confidential, isTyped(emptyDraft()), requestOf({ ...typed, confidential: false }).confidential, isTyped({ ...emptyDraft(), confidential: false })]).toEqual([true, false, false, true])
  })
  it('may be a recording alone, of a call only', () => {
    const recorded = { ...emptyDraft(), place: '胡集镇', recordings: [{ name: 'a.mp3', size: 1, data: 'SUQz' }] }
    expect(mistakesOf(recorded)).toEqual({})
    expect(requestOf(recorded)).toMatchObject({ recordings: [{ data: 'SUQz' }] })
    expect(isTyped(recorded)).toBe(true)
    const atTheCounter = { ...recorded, channel: 'counter' as const }
    expect(Object.keys(mistakesOf(atTheCounter))).toEqual(['narrative'])
    expect(requestOf(atTheCounter)).not.toHaveProperty('recordings')
    expect(mistakesOf({ ...recorded, recordings: [1, 2, 3].map(() => ({ name: 'a', size: 14 * 1024 * 1024, data: '' })) })).toEqual({ recordings: words.photosTooLarge })
  })
  it('knows when something would be lost', () => {
    expect(isTyped(emptyDraft('counter', '1'))).toBe(false)
    expect(isTyped({ ...emptyDraft(), seen: ['smell'] })).toBe(true)
  })
})

describe('what was seen', () => {
  it('is called as on the form for everybody', () => {
    const form = /const SEEN[^=]*= \[([\s\S]*?)\];/.exec(readFileSync('../src/pages/report_form.rs', 'utf8'))?.[1] ?? ''
    expect(Object.fromEntries([...form.matchAll(/\("(\w+)", "([^"]+)"\)/g)].map(([, code, title]) => [code, title]))).toEqual(seen)
  })
})

describe('limits', () => {
  it('are said as the campaign has them now', () => {
    expect([limitOf({ working_days: 1 }), limitOf({ minutes: 15 }), limitOf({ hours: 2 }), limitOf(null)]).toEqual(['1 个工作日', '15 分钟', '2 小时', ''])
  })
})

describe('a call', () => {
  const call = useCall()
  beforeEach(() => {
    submit.mockReset()
    call.next()
    Object.assign(call.draft, { narrative: '夜里冒烟', place: '胡集镇' })
  })
  it('pressed twice is one tip, and nothing of it is kept beside the receipt', async () => {
    submit.mockResolvedValue({ tip_id: 't', receipt: '1234567890123456' })
    await Promise.all([call.send(), call.send()])
    await call.send()
    expect(submit).toHaveBeenCalledTimes(1)
    expect(call.issued.value).toMatchObject({ receipt: '1234567890123456', mayBeOld: false })
    expect(call.draft.narrative).toBe('')
  })
  it('that was not answered is sent again as the same one, and what was typed is there', async () => {
    submit.mockRejectedValueOnce(refusal(0)).mockResolvedValue({ tip_id: 't', receipt: '1' })
    await call.send()
    expect([call.draft.narrative, call.problem.value?.status]).toEqual(['夜里冒烟', 0])
    call.draft.narrative = '夜里冒烟，有桶'
    await call.send()
    expect(submit.mock.calls[0]?.[2]).toBe(submit.mock.calls[1]?.[2])
    expect(call.issued.value?.mayBeOld).toBe(true)
  })
  it('that was refused says so at its field and is another command once corrected', async () => {
    submit.mockRejectedValueOnce(refusal(422, 'place.text')).mockResolvedValue({ tip_id: 't', receipt: '1' })
    await call.send()
    expect(call.mistakes.value['place.text']).toContain('不行')
    await call.send()
    expect(submit.mock.calls[0]?.[2]).not.toBe(submit.mock.calls[1]?.[2])
    expect(call.issued.value?.mayBeOld).toBe(false)
  })
  it('keeps nothing in the storage of the browser', async () => {
    submit.mockRejectedValue(refusal(503))
    await call.send()
    expect([localStorage.length, sessionStorage.length]).toEqual([0, 0])
  })
  it('leaves the line and the desk for the next one, and nothing else', () => {
    Object.assign(call.draft, { line: '12350', named: true, name: '张三' })
    call.next()
    expect(call.draft).toEqual(emptyDraft('phone', '12350'))
  })
})

describe('the receipt', () => {
  it('is shown in groups of four and read digit by digit; N takes the next call', async () => {
    const card = mount(ReceiptCard, { props: { issued: { tip: 't', receipt: '1234567890123456', danger: true, named: false, wantsAnswer: false, mayBeOld: false }, within: '15 分钟' }, attachTo: document.body, global: { stubs: { RouterLink: true } } })
    expect(card.findAll('.groups li').map((one) => one.text())).toEqual(['1234', '5678', '9012', '3456'])
    expect(card.find('.groups li').attributes('aria-label')).toContain('1 2 3 4')
    expect(card.text()).toContain('119')
    expect(card.text()).toContain('15 分钟内')
    document.dispatchEvent(new KeyboardEvent('keydown', { code: 'KeyN' }))
    expect(card.emitted('next')).toHaveLength(1)
    card.unmount()
  })
})

describe('places', () => {
  it('are found by a few characters, their own name first, down to the village', () => {
    expect(codes(searchPlaces(PLACES, '胡集'))[0]).toBe('321322102')
    expect(codes(searchPlaces(PLACES, '胡集示范'))).toEqual(['321322102291', '321322102292'])
    expect(codes(searchPlaces(PLACES, '沭阳 示范一'))).toEqual(['321322102291'])
    expect(codes(searchPlaces(PLACES, '321323'))).toEqual(['321323', '321323103', '321323103291'])
    expect(searchPlaces(PLACES, '公安')).toEqual([])
  })
  it('are guessed from the words of the place, and left open where they leave it open', () => {
    expect(codes(guessPlaces(PLACES, '沭阳胡集老砖瓦厂'))).toEqual(['321322102'])
    expect(codes(guessPlaces(PLACES, '胡集镇示范一村东头'))).toEqual(['321322102291'])
    expect(codes(guessPlaces(PLACES, '示范一村东头'))).toEqual(['321322102291', '321323103291'])
    expect(guessPlaces(PLACES, '河边')).toEqual([])
  })
  it('are chosen by arrows and Enter, and words that chose nothing do not stay', async () => {
    const picker = mount(PlacePicker, { props: { modelValue: '', places: PLACES, id: 'p' } })
    const input = picker.find('input')
    await input.setValue('示范')
    expect(input.attributes('aria-expanded')).toBe('true')
    await input.trigger('keydown', { key: 'ArrowDown' })
    await input.trigger('keydown', { key: 'Enter' })
    expect(picker.emitted('update:modelValue')).toEqual([['321322102292']])
    await input.setValue('不存在的地方')
    await input.trigger('blur')
    expect(input.element.value).toBe('')
  })
})

describe('what was seen', () => {
  it('is ticked by its number, with one stop for Tab', async () => {
    const group = mount(SeenGroup, { props: { modelValue: ['smell'] } })
    expect(group.findAll('input').filter((one) => one.attributes('tabindex') === '0')).toHaveLength(1)
    await group.find('fieldset').trigger('keydown', { code: 'Digit1', key: '1' })
    await group.find('fieldset').trigger('keydown', { code: 'Digit3', key: '3' })
    expect(group.emitted('update:modelValue')).toEqual([[['smell', 'equipment']], [[]]])
  })
})

describe('the queue', () => {
  it('goes round, and on from where somebody was taken away', () => {
    expect(after(['a', 'b', 'c'], 'c')).toBe('a')
    expect(before(['a', 'b', 'c'], 'a')).toBe('c')
    expect(after(['a', 'c'], 'b', 1)).toBe('c')
    expect(before(['a', 'c'], 'b', 1)).toBe('a')
    expect(after(['a'], 'a')).toBe('')
    expect(after([], 'a')).toBe('')
    expect(after(['a', 'b'], '')).toBe('a')
  })
  it('has a number for each case to link to and a letter for each act that is offered', () => {
    const like = (id: string) => ({ kind: 'case', id, place: id, summary: '' }) as Parameters<typeof joinable>[0][number]
    const cases = joinable([like('a'), like('b')], (one) => (one.id === 'b' ? ({ title: '' } as Command) : null))
    const done: string[] = []
    const keys = keysOf([{ title: '不予受理', path: '', fields: [] }], cases, (command) => done.push(command.title), (one) => done.push(one.id ?? ''))
    expect(keys.map((one) => one.code)).toEqual(['Digit1', 'KeyN'])
    for (const key of keys) key.act()
    expect(done).toEqual(['b', '不予受理'])
  })
  it('hears the next key while the dialog of the last one fades away', () => {
    document.body.innerHTML = '<div class="el-overlay"><div class="el-overlay-dialog"></div></div>'
    const dialog = document.querySelector('.el-overlay-dialog') as HTMLElement
    dialog.getClientRects = () => [1] as unknown as DOMRectList
    const press = new KeyboardEvent('keydown', { code: 'KeyJ' })
    expect(isForThePage(press)).toBe(false)
    dialog.parentElement?.classList.add('dialog-fade-leave-active')
    expect(isForThePage(press)).toBe(true)
    document.body.innerHTML = ''
  })
  it('hears no key that is meant for a field, the browser or an input method', () => {
    const field = document.createElement('input')
    const from = (more: KeyboardEventInit, target: EventTarget = document.body) => Object.defineProperty(new KeyboardEvent('keydown', { code: 'KeyJ', ...more }), 'target', { value: target })
    expect(isForThePage(from({}))).toBe(true)
    expect(isForThePage(from({ ctrlKey: true }))).toBe(false)
    expect(isForThePage(from({ repeat: true }))).toBe(false)
    expect(isForThePage(from({}, field))).toBe(false)
    expect(isForThePage(from({}, field), true)).toBe(true)
  })
})

describe('several at once', () => {
  it('go one after another; what is refused stays marked with its reason', async () => {
    const sent: string[] = []
    const bulk = useBulk(async (path) => {
      sent.push(path)
      if (path === '/b') throw refusal(409)
      return {}
    })
    for (const id of ['a', 'b', 'c']) bulk.mark(id, true)
    await bulk.run((id) => ({ path: `/${id}`, body: {} }))
    expect(sent).toEqual(['/a', '/b', '/c'])
    expect([...bulk.marked]).toEqual(['b'])
    expect(bulk.results.get('b')?.problem?.detail).toBe('不行。')
    expect(bulk.said.value).toBe(bulkWords.finished(2, 1))
  })
  it('stop when the network is gone, and go on with the same command', async () => {
    const keys: string[] = []
    let down = true
    const bulk = useBulk(async (_path, _body, key) => {
      keys.push(key)
      if (down) throw refusal(0)
      return {}
    })
    bulk.mark('a', true)
    bulk.mark('b', true)
    await bulk.run((id) => ({ path: `/${id}`, body: {} }))
    expect([keys.length, bulk.marked.size]).toEqual([1, 2])
    expect(bulk.said.value).toContain(bulkWords.broken)
    down = false
    await bulk.run((id) => ({ path: `/${id}`, body: {} }))
    expect(keys[1]).toBe(keys[0])
    expect(bulk.marked.size).toBe(0)
    await flushPromises()
  })
  it('are likely for the township of all, else for the county', () => {
    expect(commonArea([{ township: 't', county: 'c' }, { township: 't', county: 'c' }])).toBe('t')
    expect(commonArea([{ township: 't', county: 'c' }, { township: 'u', county: 'c' }])).toBe('c')
    expect(commonArea([{ county: 'c' }, { county: 'd' }])).toBe('')
    expect(commonArea([])).toBe('')
  })
})

describe('what is stuck', () => {
  const now = Date.parse('2020-06-20T00:00:00Z')
  const clock = (unit: string, started: string, more: Partial<Clock> = {}) => ({ unit, unit_name: unit, started, title: '首次现场核查', subject: 'case-1', overdue: true, ...more }) as Clock
  it('stands by unit, the most overdue first, with the longest step', () => {
    const [first, second] = byUnit([clock('a', '2020-06-01T00:00:00Z'), clock('b', '2020-06-10T00:00:00Z', { rung: 'reminder' }), clock('b', '2020-06-15T00:00:00Z', { title: '签收', rung: 'interview' })], now, 'started')
    expect(first).toMatchObject({ unit: 'b', overdue: 2, oldestDays: 10, rung: 'interview' })
    expect(first?.kinds).toHaveLength(2)
    expect(second).toMatchObject({ unit: 'a', overdue: 1, oldestDays: 19, rung: '' })
  })
  it('says where it is and what is owed there, not one behind the other', () => {
    const answer = clock('a', '', { title: '答复督促', what: '就移送纪委监委作出说明：废弃养殖场：签收' })
    expect([whereOf(answer), dutyOf(answer)]).toEqual(['废弃养殖场', '答复督促（移送纪委监委），因“签收”没有按期完成'])
    const draw = clock('a', '', { title: '公告验收抽签', what: '公告验收抽签' })
    expect([whereOf(draw), dutyOf(draw)]).toEqual(['公告验收抽签', '公告验收抽签'])
  })
  it('counts from the beginning, and from the day that passed', () => {
    expect(daysOf(clock('a', 'soon'), now)).toBe(0)
    expect(lateOf(clock('a', '', { due: new Date(now - 3 * 86_400_000).toISOString() }), now)).toBe(3)
    expect(lateOf(clock('a', '', { due: new Date(now + 86_400_000).toISOString() }), now)).toBe(0)
  })
})

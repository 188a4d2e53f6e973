// That a file tells in one place what was missed, what was said to it, how it was judged and what was decided about whom.
import { enableAutoUnmount, flushPromises, mount } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import AccountabilityFile from '@/pages/oversight/AccountabilityFile.vue'
import CommandField from '@/parts/CommandField.vue'
import { decision } from '@/pages/oversight/answers'
import { entriesOf, parsedFile, type FileState } from '@/pages/oversight/file'
import { fileLink } from '@/pages/oversight/threads'
import { bodyOf, missing, type Field } from '@/parts/commands'
import { forgetPeople, learn } from '@/parts/people'
import { actAs } from '@/session'
import { common } from '@/texts/common'
import { accountability as texts } from '@/texts/oversight'

const api = vi.hoisted(() => ({ GET: vi.fn() }))
vi.mock('@/api/client', async (original) => ({ ...(await original<object>()), api }))
const answer = (data: unknown) => Promise.resolve({ data, response: new Response(null, { status: 200 }) })
vi.setConfig({ testTimeout: 60_000 })
enableAutoUnmount(afterEach)
beforeEach(() => {
  api.GET.mockReset()
  api.GET.mockImplementation(() => answer({ staff: [] }))
  forgetPeople()
  learn([{ account: 'zhang', name: '张三' }, { account: 'li', name: '李四' }])
})

const DUE = '2020-06-01T10:00:00Z'
const by = (staff: string) => ({ kind: 'staff', staff, unit: '321322102' })
const to = { unit: '321322102', person: 'zhang', name: '张三' }
const step = (rung: string, more: object = {}) => ({ rung, clock: 'assign_case#1', deadline: DUE, repetition: 0, reached: DUE, issued: DUE, to, about: to, answer_due: DUE, explanations: [], ...more })
const clock = (more: object = {}) => ({
  clock: 'acknowledge#1', obligation: 'acknowledge', unit: '321322102', person: 'zhang', due: DUE, what: '胡集镇老街南头', stopped: null, misses: [{ deadline: DUE, unit: '321322102', person: 'zhang' }],
  steps: [step('reminder', { explanations: [{ at: DUE, by: by('zhang'), text: '系统故障没有看到。', judged: { at: DUE, by: by('li'), accepted: false, note: '理由不成立。' } }] }), step('referral')], ...more,
})
const INQUIRY = { number: 1, opened: DUE, clock: 'acknowledge#1', reason: '多次催办仍不签收', decisions: [], closed: null }
function file(more: object = {}): string {
  return JSON.stringify({ subject: 'case-1', clocks: [clock(), clock({ clock: 'classify#2', obligation: 'classify', misses: [], steps: [] })], failures: [], inquiries: [INQUIRY], ...more })
}
async function shownAs(role: string, json: string, owner?: string) {
  actAs(role)
  const router = createRouter({ history: createMemoryHistory(), routes: [{ path: '/:any(.*)*', component: { template: '<p />' } }] })
  const shown = mount(AccountabilityFile, { props: { json, owner }, global: { plugins: [router] } })
  await flushPromises()
  return shown
}
const entries = (json: string) => entriesOf(parsedFile(json) as FileState)
const buttons = (shown: Awaited<ReturnType<typeof shownAs>>) => shown.findAll('button').map((one) => one.text())

describe('the file', () => {
  it('tells what was missed in order: rung, explanation, judgement, inquiry, decision', async () => {
    const decided = { ...INQUIRY, decisions: [{ at: DUE, against: 'official', name: '张三', person: 'zhang', basis: '办法第八条', decision: '诫勉谈话' }], closed: DUE }
    const said = (await shownAs('supervisor', file({ inquiries: [decided] }))).text()
    const order = [`签收${texts.late}`, '胡集镇老街南头', '催办', '系统故障没有看到。', texts.judgedFalse, '理由不成立。', '移送纪委监委', texts.nothingSaid, texts.inquiryNumber(1), '多次催办仍不签收', '公职人员 张三：诫勉谈话', '办法第八条']
    const places = order.map((words) => said.indexOf(words))
    expect(places.every((place) => place >= 0), JSON.stringify(places)).toBe(true)
    expect(places).toEqual([...places].sort((one, other) => one - other))
    expect(said, 'what was not missed is no matter of the file').not.toContain('定性分类')
  })
  it('says of a rung that it counts no more', () => {
    const [moved] = entries(file({ clocks: [clock({ due: '2020-06-05T10:00:00Z' })] }))
    expect([moved?.rungs.map((one) => one.moot), moved?.referred]).toEqual([[true, true], false])
    const [inTime] = entries(file({ clocks: [clock({ stopped: { by: 'fulfilled', at: '2020-06-01T09:00:00Z' } })] }))
    expect([inTime?.rungs.map((one) => one.moot), inTime?.facts]).toEqual([[true, true], expect.arrayContaining([texts.wasInTime])])
    const [late] = entries(file({ clocks: [clock({ stopped: { by: 'fulfilled', at: '2020-06-02T09:00:00Z' } })] }))
    expect(late?.rungs.map((one) => one.moot)).toEqual([false, false])
  })
  it('keeps failures with what was said to them, and inquiries of no clock', () => {
    const failure = { number: 1, at: '2020-05-01T00:00:00Z', kind: 'relapse', unit: '321322102', persons: ['zhang'], note: '又在生产', answers: [{ at: DUE, by: by('zhang'), text: '没有看住。', judged: null }] }
    const all = entries(file({ failures: [failure], inquiries: [{ ...INQUIRY, clock: null }] }))
    expect(all.map((one) => [one.title, one.said.length, one.inquiries.length])).toEqual([['死灰复燃', 1, 0], [`签收${texts.late}`, 0, 0], [texts.inquiry, 0, 1]])
    expect(all[0]?.who).toContain('张三')
  })
  it('offers inspectors what comes next, and supervisors nothing', async () => {
    expect(buttons(await shownAs('inspector', file({ inquiries: [] })))).toEqual([texts.investigate])
    expect(buttons(await shownAs('inspector', file()))).toEqual([texts.decide])
    expect(buttons(await shownAs('supervisor', file()))).toEqual([])
    expect((await shownAs('leader', file())).find('section').exists()).toBe(false)
  })
  it('says when there is nothing to answer for', async () => {
    expect((await shownAs('inspector', file({ clocks: [], inquiries: [] }))).text()).toContain(texts.noFile)
    expect([parsedFile(null), parsedFile('null'), parsedFile('{"subject":null}'), parsedFile('broken')]).toEqual([null, null, null, null])
  })
  it('of a case with none leads to the unit in whose name the rest is, and that of a unit says where the cases are', async () => {
    const none = await shownAs('inspector', file({ clocks: [clock({ misses: [], steps: [] })], inquiries: [] }), '321322102')
    expect(none.get('a').attributes('href')).toBe('/accountability?list=failures&unit=321322102')
    expect((await shownAs('supervisor', file({ subject: 'unit-321322102' }))).text()).toContain(texts.fileOfUnit)
  })
  it('marks a referral that waits for a decision', async () => {
    const waits = await shownAs('inspector', file({ inquiries: [] }))
    expect([waits.text().includes(texts.toDecide), waits.get('button').classes('el-button--primary')]).toEqual([true, true])
    const said = step('referral', { explanations: [{ at: DUE, by: by('zhang'), text: '…', judged: { at: DUE, by: by('li'), accepted: true, note: '' } }] })
    expect((await shownAs('inspector', file({ clocks: [clock({ steps: [said] })], inquiries: [] }))).text()).not.toContain(texts.toDecide)
  })
  it('is found from the list of inquiries', () => {
    expect([fileLink('case-1'), fileLink('unit-321322')]).toEqual([{ path: '/cases/1', hash: '#file' }, { path: '/replay/unit-321322', hash: '#file' }])
  })
})

describe('a decision', () => {
  const command = decision({ subject: 'case-1', inquiry: 1 })
  const text = { basis: '第八条', decision: '诫勉' }
  it('is about somebody chosen by name, whose name goes with it', () => {
    expect(bodyOf(command, { ...text, against: 'official', person: 'zhang' })).toEqual({ inquiry: 1, against: 'official', person: 'zhang', name: '张三', ...text })
    expect(missing(command, { ...text, against: 'official', person: 'zhang' })).toEqual({})
  })
  it('or about somebody who is in no directory, by what was written', () => {
    expect(Object.keys(missing(command, { ...text, against: 'official' }))).toEqual(['name'])
    expect(bodyOf(command, { ...text, against: 'operator', person: 'zhang', name: '王五' })).toEqual({ inquiry: 1, against: 'operator', name: '王五', ...text })
    expect(Object.keys(missing(command, { ...text, against: 'operator', person: 'zhang' })), 'an operator is written down').toEqual(['name'])
  })
  it('finds people at the server by what was typed, and says so when nobody is found', async () => {
    const field = command.fields.find((one) => one.kind === 'person') as Field
    const shown = mount(CommandField, { props: { field, modelValue: undefined }, attachTo: document.body })
    await flushPromises()
    api.GET.mockImplementation(() => answer({ staff: [{ account: 'wang', name: '王五', unit_name: '胡集镇' }] }))
    const find = shown.findComponent({ name: 'ElSelect' }).props('remoteMethod') as (typed: string) => Promise<void>
    await find(' 王 ')
    await flushPromises()
    expect(api.GET.mock.lastCall).toEqual(['/api/v1/staff', { params: { query: { text: '王', limit: 21 } } }])
    expect(shown.findAllComponents({ name: 'ElOption' }).map((one) => [one.props('value'), one.props('label')])).toEqual([['wang', '王五（胡集镇）']])
    expect(bodyOf(command, { ...text, against: 'official', person: 'wang' }).name, 'known from then on').toBe('王五')
    api.GET.mockImplementation(() => answer({ staff: [] }))
    await find('赵')
    await flushPromises()
    expect(shown.findComponent({ name: 'ElSelect' }).props('noDataText')).toBe(common.noChoice)
  })
})

// That two administrators at one entry do not overwrite each other: forms begin with what is recorded, and whoever was slower sees what changed.
import { enableAutoUnmount, flushPromises, mount } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { Problem } from '@/api/problems'
import CalendarPage from '@/pages/admin/CalendarPage.vue'
import { changeMember, changeUnit, type StaffEntry } from '@/pages/admin/directory'
import type { EntryFact } from '@/pages/admin/history'
import { changesSince, rereadOf } from '@/pages/admin/recorded'
import CommandDialog from '@/parts/CommandDialog.vue'
import { asked, carryOut } from '@/parts/commands'
import { forgetUnits, type UnitEntry } from '@/parts/units'
import { calendar, history, staff as people } from '@/texts/admin'
import { changed } from '@/texts/everyone'

const api = vi.hoisted(() => ({ submit: vi.fn(), GET: vi.fn() }))
vi.mock('@/api/client', async (original) => ({ ...(await original<object>()), submit: api.submit, api: { GET: api.GET } }))
vi.mock('@/parts/people', async (original) => ({ ...(await original<object>()), personName: (account: string) => account }))
const PATIENCE = { timeout: 20_000 }
vi.setConfig({ testTimeout: 60_000 })
enableAutoUnmount(afterEach)
afterEach(() => {
  asked.value?.done(null)
  document.body.innerHTML = ''
})

const AT = '2020-06-01T02:00:00Z'
const fact = (revision: number, name: string, data: object): EntryFact => ({ revision, name, at: AT, title: name, actor: 'admin@321300/admin', data_json: JSON.stringify(data) })
const unit = (more: object = {}) => ({ code: '321322', name: '沭阳县', level: 'county', kind: 'government', parent: '321300', department: null, email: null, first_responsible: 'leader', ...more }) as UnitEntry
const member = (more: object = {}) => ({ account: 'zhang', name: '张三', unit: '321322', unit_name: '沭阳县', roles: ['leader'], email: null, first_responsible: false, ...more }) as StaffEntry
let facts: EntryFact[] = []
beforeEach(() => {
  forgetUnits()
  api.submit.mockReset()
  const answer = (data: unknown) => Promise.resolve({ data, response: new Response(null, { status: 200 }) })
  api.GET.mockImplementation((path: string) => (path === '/api/v1/units' ? answer({ units: [unit()], next: null }) : answer({ facts })))
})

describe('what was recorded since', () => {
  it('is told once for each thing, from how it stood to how it stands', () => {
    const told = changesSince([fact(0, 'unit.registered.v1', { unit: unit() }), fact(1, 'unit.registered.v1', { unit: unit({ name: '沭阳', email: 'a@b.cn' }) }), fact(2, 'unit.registered.v1', { unit: unit({ name: '沭阳县政府', email: null }) })], 0)
    expect(told).toEqual([{ label: '名称', before: '沭阳县', after: '沭阳县政府' }])
  })
  it('names what only happened, and who did it', () => {
    const [told] = changesSince([fact(0, 'unit.registered.v1', { unit: unit() }), fact(1, 'unit.handed_over.v1', { unit: '321322', from: 'a', to: 'b', reason: '任免文件' })], 0)
    expect(told?.before).toBeUndefined()
    expect(told?.after).toContain('由 a 交给 b')
    expect(told?.after).toContain('admin')
  })
  it('lays side by side only the setting that is asked about, from what the page shows where nothing was recorded before', () => {
    const review = { label: '复核', key: 'review', said: '普通 3 个工作日，紧急 1 个工作日' }
    const limits = fact(0, 'campaign.limits_set.v1', { limits: { review: { normal: { working_days: 5 }, urgent: { working_days: 1 } } } })
    const [own, other] = changesSince([limits, fact(1, 'campaign.recheck_days_set.v1', { days: [30] })], undefined, 'limits', [review])
    expect([own?.before, own?.after]).toEqual([review.said, '普通 5 个工作日，紧急 1 个工作日'])
    expect([other?.label, other?.before]).toEqual(['campaign.recheck_days_set.v1', undefined])
  })
  it('says what of a day was not special before', () => {
    expect(changesSince([fact(0, 'calendar.year_set.v1', { year: 2020, calendar: { holidays: ['2020-10-01'], make_up_workdays: [] } })], undefined)).toEqual([{ label: '2020年10月1日（周四）', before: history.absent, after: '节假日' }])
  })
  it('brings the revision to submit with, and none where nothing is recorded', async () => {
    facts = [fact(0, 'unit.registered.v1', { unit: unit() }), fact(7, 'unit.registered.v1', { unit: unit({ name: '沭阳' }) })]
    expect(await rereadOf('unit-321322')(0)).toEqual({ revision: 7, changes: [{ label: '名称', before: '沭阳县', after: '沭阳' }] })
    api.GET.mockImplementation(() => Promise.resolve({ error: { status: 404, code: 'x', detail: '没有' }, response: new Response(null, { status: 404 }) }))
    expect(await rereadOf('unit-321322')(undefined)).toEqual({ changes: [] })
  })
})

describe('a year of the calendar', () => {
  it('is submitted with what was read after a conflict, and stays as it was changed', async () => {
    const YEAR = new Date().getFullYear()
    const set = (revision: number, holidays: string[]) => fact(revision, 'calendar.year_set.v1', { year: YEAR, calendar: { holidays, make_up_workdays: [] } })
    const [shown, added] = [`${YEAR}-10-01`, `${YEAR}-10-02`]
    facts = [set(2, [shown])]
    const answer = (data: unknown) => Promise.resolve({ data, response: new Response(null, { status: 200 }) })
    api.GET.mockImplementation((path: string) => (path === '/api/v1/campaign' ? answer({ calendars: [{ year: YEAR, holidays: [shown], make_up_workdays: [] }] }) : path === '/api/v1/units' ? answer({ units: [unit()], next: null }) : answer({ facts })))
    const page = mount(CalendarPage, { global: { stubs: { WhatMoves: true } } })
    await flushPromises()
    await page.get(`[data-day="${YEAR}-05-06"]`).trigger('click')
    await page.findAll('button').find((one) => one.text() === calendar.save)?.trigger('click')
    const command = asked.value?.command
    expect(command?.revision).toBe(2)
    facts = [...facts, set(3, [shown, added])]
    const found = await command?.reread?.(2)
    expect([found?.revision, found?.changes.map((one) => one.after)]).toEqual([3, ['节假日']])
    asked.value?.done(null)
    await flushPromises()
    expect(page.findAll('button').some((one) => one.text() === calendar.save), 'what was changed is still to be saved').toBe(true)
  })
})

describe('a form', () => {
  const initial = (name: string) => asked.value?.command.fields.find((field) => field.name === name)?.initial
  it('of a unit begins with what is recorded, not with a row that was read earlier', async () => {
    facts = [fact(3, 'unit.registered.v1', { unit: unit({ name: '沭阳县人民政府', email: 'x@y.cn' }) })]
    void changeUnit(unit())
    await flushPromises()
    expect([initial('name'), initial('email'), asked.value?.command.revision]).toEqual(['沭阳县人民政府', 'x@y.cn', 3])
  })
  it('of somebody knows a hand-over, which is recorded of the unit only', async () => {
    facts = [fact(2, 'staff.registered.v1', { member: member({ name: '张三丰', first_responsible: true }) })]
    void changeMember(member({ first_responsible: true }))
    await flushPromises()
    expect([initial('name'), initial('first_responsible'), asked.value?.command.revision]).toEqual(['张三丰', false, 2])
  })
  it('brings nobody back whose account was stopped meanwhile', async () => {
    facts = [fact(0, 'staff.registered.v1', { member: member() }), fact(1, 'staff.retired.v1', { account: 'zhang', reason: '调离' })]
    await expect(changeMember(member())).rejects.toThrow(people.alreadyRetired)
    expect(asked.value).toBeNull()
  })
  it('that came too late shows what changed, keeps what was typed, and goes with the revision that was read', async () => {
    facts = [fact(3, 'unit.registered.v1', { unit: unit() })]
    mount(CommandDialog, { attachTo: document.body, global: { stubs: { transition: false } } })
    const done = changeUnit(unit())
    await vi.waitFor(() => expect(document.querySelector('form.command input')).not.toBeNull(), PATIENCE)
    const form = document.querySelector('form.command') as HTMLFormElement
    const input = form.querySelector('input') as HTMLInputElement
    input.value = '沭阳县（改）'
    input.dispatchEvent(new Event('input', { bubbles: true }))
    const send = async () => {
      form.dispatchEvent(new Event('submit', { cancelable: true, bubbles: true }))
      await flushPromises()
    }
    facts = [...facts, fact(4, 'unit.registered.v1', { unit: unit({ email: 'x@y.cn' }) })]
    api.submit.mockRejectedValueOnce(new Problem({ status: 412, code: 'platform.outdated_view', detail: '别人改过。' })).mockResolvedValueOnce({ revision: 5 })
    await send()
    expect(form.querySelector('.changes')?.textContent).toContain('x@y.cn')
    expect([form.querySelector('button[type=submit]')?.textContent?.trim(), input.value]).toEqual([changed.go, '沭阳县（改）'])
    await send()
    expect(await done).toEqual({ revision: 5 })
    expect(api.submit.mock.calls.map((call) => [(call[1] as { name: string }).name, call[3]])).toEqual([['沭阳县（改）', 3], ['沭阳县（改）', 4]])
  })
  it('that could not read again says so, and looks again with the next refusal', async () => {
    facts = [fact(3, 'unit.registered.v1', { unit: unit() })]
    mount(CommandDialog, { attachTo: document.body, global: { stubs: { transition: false } } })
    void changeUnit(unit())
    await vi.waitFor(() => expect(document.querySelector('form.command input')).not.toBeNull(), PATIENCE)
    api.GET.mockImplementation(() => Promise.reject(new TypeError('failed to fetch')))
    api.submit.mockRejectedValue(new Problem({ status: 412, code: 'platform.outdated_view', detail: '别人改过。' }))
    document.querySelector('form.command')?.dispatchEvent(new Event('submit', { cancelable: true, bubbles: true }))
    await flushPromises()
    expect(document.querySelector('form.command [role=alert].problem')?.textContent).toContain(changed.unread)
    // Nobody attests to what could not be read: the button reads again, and submits nothing.
    expect(document.querySelector('form.command button[type=submit]')?.textContent?.trim()).toBe(changed.again)
    document.querySelector('form.command')?.dispatchEvent(new Event('submit', { cancelable: true, bubbles: true }))
    await flushPromises()
    expect(api.submit).toHaveBeenCalledTimes(1)
  })
  it('that sums up what lies under it shows that beside it', async () => {
    mount(CommandDialog, { attachTo: document.body, global: { stubs: { transition: false } } })
    void carryOut({ title: '受理并立案', path: '/api/v1/tips/7/accept', fields: [], reads: { title: '举报原文', paragraphs: ['夜里有刺鼻气味。', '有货车运蓝色桶。'] } })
    await vi.waitFor(() => expect(document.querySelector('form.command details.reads')).not.toBeNull(), PATIENCE)
    expect([...document.querySelectorAll('form.command details.reads p')].map((one) => one.textContent)).toEqual(['夜里有刺鼻气味。', '有货车运蓝色桶。'])
    expect(document.querySelector<HTMLDetailsElement>('form.command details.reads')?.open).toBe(true)
  })
  it('that was decided on no revision can be submitted again', async () => {
    mount(CommandDialog, { attachTo: document.body, global: { stubs: { transition: false } } })
    const done = carryOut({ title: '说明', path: '/api/v1/accountability/unit-7/explanations', fields: [] })
    await vi.waitFor(() => expect(document.querySelector('form.command button[type=submit]')).not.toBeNull(), PATIENCE)
    const send = async () => {
      document.querySelector('form.command')?.dispatchEvent(new Event('submit', { cancelable: true, bubbles: true }))
      await flushPromises()
    }
    api.submit.mockRejectedValueOnce(new Problem({ status: 409, code: 'platform.conflict', detail: '同时有人办理。' })).mockResolvedValueOnce({ revision: 1 })
    await send()
    expect(document.querySelector('form.command')?.textContent).toContain(changed.nothing('说明'))
    expect(document.querySelector('form.command button[type=submit]')?.textContent?.trim()).toBe('说明')
    await send()
    expect(await done).toEqual({ revision: 1 })
  })
})

// What the administrator's pages show and offer: a year without a calendar, what was changed, who may sign in, what a setting says.
import { enableAutoUnmount, flushPromises, mount } from '@vue/test-utils'
import ElementPlus from 'element-plus'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import CalendarPage from '@/pages/admin/CalendarPage.vue'
import ClockPart from '@/pages/admin/ClockPart.vue'
import ImportPage from '@/pages/admin/ImportPage.vue'
import StaffPage from '@/pages/admin/StaffPage.vue'
import UnitsPage from '@/pages/admin/UnitsPage.vue'
import LimitsForm from '@/pages/admin/forms/LimitsForm.vue'
import StagesForm from '@/pages/admin/forms/StagesForm.vue'
import { limitsSaid, stagesSaid, type Campaign } from '@/pages/admin/said'
import { pages } from '@/pages'
import { asked } from '@/parts/commands'
import { forgetUnits } from '@/parts/units'
import { actAs, resume } from '@/session'
import { calendar, said, settings, staff, tables, units } from '@/texts/admin'
import { profile } from '@/texts/everyone'

const api = vi.hoisted(() => ({ GET: vi.fn(), POST: vi.fn() }))
vi.mock('@/api/client', async (original) => ({ ...(await original<object>()), api }))
vi.setConfig({ testTimeout: 60_000 })
enableAutoUnmount(afterEach)

const YEAR = new Date(Date.now() + 8 * 3_600_000).getUTCFullYear()
const UNITS = [['city', 'city', null], ['county', 'county', 'city'], ['town', 'township', 'county']].map(([code, level, parent]) => ({ code, name: `单位${code}`, level, kind: 'government', parent, first_responsible: null }))
const person = (account: string, first = false) => ({ account, name: `姓名${account}`, unit: 'county', unit_name: '单位county', roles: ['leader'], email: null, first_responsible: first })
const answering = (data: unknown) => Promise.resolve({ data, response: new Response(null, { status: 200 }) })
let calendars: object[] = []

beforeEach(() => {
  sessionStorage.clear()
  forgetUnits()
  calendars = []
  api.POST.mockImplementation(() => answering({ clocks: { running: 0, later: 0, sooner: 0, moved: [] } }))
  api.GET.mockImplementation((path: string) => {
    if (path === '/api/v1/session') return answering({ account: 'me', name: '我', csrf_token: 't', unit: 'city', now: new Date().toISOString(), roles: [{ code: 'admin', name: '系统管理员' }] })
    if (path === '/api/v1/units') return answering({ units: UNITS, next: null })
    if (path === '/api/v1/staff') return answering({ staff: [person('me'), person('head', true)], total: 2, next: null })
    if (path === '/api/v1/campaign') return answering({ stages: [], limits: [], hotlines: [], calendars, scheduled: [], recheck_days: [], reward_rules: [] })
    return answering({ facts: [] })
  })
})
afterEach(() => asked.value?.done(null))

async function at(page: unknown, path: string, props: Record<string, unknown> = {}) {
  await resume()
  actAs('admin')
  const router = createRouter({ history: createMemoryHistory(), routes: pages.map(({ route }) => ({ path: `/${route.path}`, name: route.name, component: { template: '<p />' } })) })
  await router.push(path)
  const shown = mount(page as never, { props: props as never, global: { plugins: [router, ElementPlus] }, attachTo: document.body })
  await flushPromises()
  const button = (text: string) => shown.findAll('button').find((one) => one.text() === text)
  return { shown, router, button }
}

describe('a calendar', () => {
  it('that this year lacks is an alarm, that next year lacks is not', async () => {
    const { shown } = await at(CalendarPage, '/admin/calendar')
    expect(shown.find('.problem').text()).toBe(calendar.noYearNow)
    calendars = [{ year: YEAR, holidays: [], make_up_workdays: [], basis: '' }]
    expect((await at(CalendarPage, '/admin/calendar')).shown.find('.problem').exists()).toBe(false)
  })
  it('has what ends a change in sight as long as there is one, and each act once', async () => {
    const { shown, button } = await at(CalendarPage, '/admin/calendar')
    expect(shown.find('.acts').exists()).toBe(false)
    await shown.get(`[data-day="${YEAR}-03-05"]`).trigger('click')
    await flushPromises()
    expect(shown.get('.acts').text()).toContain(calendar.changed(1))
    expect(shown.findAll('button').filter((one) => [calendar.save, calendar.undo, calendar.look].includes(one.text() as never)).map((one) => one.text())).toEqual([calendar.look, calendar.save, calendar.undo])
    await button(calendar.look)?.trigger('click')
    expect(document.activeElement?.textContent).toContain(calendar.changes)
    await button(calendar.undo)?.trigger('click')
    expect(shown.find('.acts').exists()).toBe(false)
  })
})

describe('a stage', () => {
  const stage = (more: object) => ({ code: 's', name: '动员部署', from: '2020-05-15', to: '2020-05-20', owes: 'report', caps_measures: false, ...more })
  const told = (more: object) => stagesSaid([stage(more)])[0]?.said
  it('says what is owed when it ends, a guarantee when it begins, and nothing without an end', () => {
    expect(told({})).toBe('2020年5月15日（周五）至2020年5月20日（周三）；到期各单位须上报结果')
    expect(told({ owes: 'guarantee' })).toBe('2020年5月15日（周五）至2020年5月20日（周三）；开始后各单位须作出责任保证')
    expect(told({ to: null, caps_measures: true })).toBe('2020年5月15日（周五）起，不设结束日期，不要求到期上报')
  })
  it('without an end is not asked what is owed at its end', async () => {
    const fields = async (to: string | null) => (await at(StagesForm, '/', { modelValue: { stages: [stage({ to })] } as unknown as Campaign })).shown.text().includes(settings.owes)
    expect([await fields('2020-05-20'), await fields(null)]).toEqual([true, false])
  })
})

describe('a limit', () => {
  const limit = { working_days: 3, hours: null, minutes: null }
  it('of a task of the conference is set with the task, and nowhere else', async () => {
    const row = { obligation: 'conference_task', normal: limit, urgent: limit }
    expect(limitsSaid([row])[0]?.said).toBe(said.ownDates)
    const { shown } = await at(LimitsForm, '/', { modelValue: { limits: [row, { ...row, obligation: 'review' }] } as unknown as Campaign })
    expect(shown.findAll('li').map((one) => [one.findAll('input').length > 0, one.text().includes(said.ownDates)])).toEqual([[false, true], [true, false]])
  })
})

describe('people', () => {
  it('are told apart from oneself: one’s own password is changed in one’s profile', async () => {
    const { shown, router } = await at(StaffPage, '/admin/staff')
    expect(shown.findAll('.list > li').map((one) => one.findAll('button').map((button) => button.text()))).toEqual([
      [staff.change, staff.more, profile.password, staff.retire, '变动记录'], [staff.change, staff.more, staff.password, staff.rotate, staff.retire, '变动记录'],
    ])
    await shown.findAll('.list button').find((one) => one.text() === profile.password)?.trigger('click')
    await flushPromises()
    expect(router.currentRoute.value.name).toBe('profile')
  })
  it('have everything within reach on a phone, one row at a time', async () => {
    const { shown } = await at(StaffPage, '/admin/staff')
    const open = () => shown.findAll('.rest').map((one) => one.classes('unfolded'))
    expect(open()).toEqual([false, false])
    await shown.findAll('button.more')[1]?.trigger('click')
    expect([open(), shown.findAll('button.more').map((one) => one.attributes('aria-expanded'))]).toEqual([[false, true], ['false', 'true']])
  })
  it('who were just registered are offered a password, without which they cannot sign in', async () => {
    const { shown, button } = await at(StaffPage, '/admin/staff')
    await button(staff.add)?.trigger('click')
    await flushPromises()
    const { command } = asked.value!
    command.complete?.({ account: 'new-one', name: '新人' })
    asked.value?.done({} as never)
    await flushPromises()
    expect(shown.get('[role=status].card').text()).toContain(staff.registered('新人'))
    await button(staff.setInitial)?.trigger('click')
    await flushPromises()
    expect(document.querySelector('.el-dialog')?.textContent).toContain(staff.passwordTitle('新人'))
  })
})

describe('a unit', () => {
  it('names those below it as links, for whoever has no tree beside it', async () => {
    const { shown, router } = await at(UnitsPage, '/admin/units?unit=city')
    expect(shown.findAll('.below a').map((one) => one.text())).toEqual(['单位county'])
    expect(shown.text()).toContain(units.staff)
    await shown.get('.below a').trigger('click')
    await flushPromises()
    expect(router.currentRoute.value.query).toEqual({ unit: 'county' })
  })
})

describe('a table', () => {
  it.each([['units', '人员'], ['staff', '单位保持']] as const)('of %s says what may stand in it, and what it leaves as it is', async (table, other) => {
    const { shown } = await at(ImportPage, `/admin/import/${table}`, { table })
    expect(shown.text()).toContain(tables.kept[table])
    expect(shown.text()).toContain(tables.back[table])
    for (const line of tables.values[table]) expect(shown.text()).toContain(line)
    expect(tables.kept[table]).not.toContain(other)
  })
})

describe('the clock of a demonstration', () => {
  it('says from when to when it will be moved', async () => {
    const { shown } = await at(ClockPart, '/admin/health')
    await shown.findAll('.row button')[0]?.trigger('click')
    expect(asked.value?.command.about?.[0]).toMatch(/^现在 .+\d\d:\d\d，拨后 .+\d\d:\d\d$/)
  })
})

// What the administrator's pages compute: working days, versions side by side, history in words, who may take over, calendars.
import { mount } from '@vue/test-utils'
import { describe, expect, it, vi } from 'vitest'
import { kindSaid, mayBeFirst, partnersOf, superiorLevel, unitTree } from '@/pages/admin/directory'
import { actorSaid, toldOf, type EntryFact } from '@/pages/admin/history'
import { madeUp } from '@/pages/admin/passwords'
import { readinessOf } from '@/pages/admin/readiness'
import { changesOf, ladderExamples, limitSaid, recheckExamples, rewardExamples, rewardFen, rewardOn, type Campaign } from '@/pages/admin/said'
import { daysToCome, onDay, settings } from '@/pages/admin/settings'
import { dayAfter, dayInWords, isWorkingDay, workingDaysIn, yearsOf, type YearDays } from '@/pages/admin/workdays'
import { bodyOfYear, kindOf, turned, yearChanges } from '@/pages/admin/yearDraft'
import YearGrid from '@/pages/admin/YearGrid.vue'
import type { UnitEntry } from '@/parts/units'

vi.mock('@/parts/people', () => ({ personName: (account: string) => (account === 'admin' ? '王五' : account) }))

const days = (working_days: number) => ({ working_days, hours: null, minutes: null })
const hours = (count: number) => ({ working_days: null, hours: count, minutes: null })
const rule = { version: '2018', document: '办法', from: '2018-01-04', share_percent: 15, least_yuan: 3000, most_yuan: 300_000, insider_percent: 120 }
const CAMPAIGN: Campaign = {
  stages: [], hotlines: [], calendars: [], recheck_days: [30, 90, 180], reward_rules: [rule], custody: { approval_hours: 24, from: null },
  limits: [{ obligation: 'review', normal: days(3), urgent: days(1) }, { obligation: 'acknowledge', normal: days(1), urgent: hours(2) }],
  ladder: { supervision_order_after: 1, interview_after: 3, criticism_after: 5, referral_after: 10, repeat_days: 7, from: null }, supervision: null,
  scheduled: [{ from: '2020-07-01', limits: [{ obligation: 'review', normal: days(5), urgent: days(2) }], ladder: null, supervision: null, custody: null, recheck_days: [] }],
}
const setting = (key: string) => settings.find((one) => one.key === key)!
const OCTOBER = yearsOf([{ year: 2020, basis: '', holidays: ['2020-10-01', '2020-10-02', '2020-10-05', '2020-10-06', '2020-10-07', '2020-10-08'], make_up_workdays: ['2020-09-27', '2020-10-10'] }])

describe('working days', () => {
  it('are counted as the services count them', () => {
    // Wednesday 30 September: the next are Friday the 9th and the Saturday that is worked in exchange.
    expect(dayAfter('2020-09-30', 2, OCTOBER)).toBe('2020-10-10')
    expect(dayAfter('2020-10-03', 0, OCTOBER)).toBe('2020-10-09')
    expect(isWorkingDay('2020-09-27', OCTOBER)).toBe(true)
    expect(isWorkingDay('2021-10-01', OCTOBER)).toBe(true)
    expect(workingDaysIn(2020, 10, OCTOBER)).toBe(17)
  })
  it('are told with their weekday', () => {
    expect(dayInWords('2020-06-01')).toBe('2020年6月1日（周一）')
  })
})

describe('a year', () => {
  const empty: YearDays = { holidays: new Set(), makeUp: new Set() }
  it('turns weekdays on and off, and weekends to work, to a holiday and back', () => {
    const once = turned('2020-10-01', empty)
    expect(kindOf('2020-10-01', once)).toBe('holiday')
    expect(kindOf('2020-10-01', turned('2020-10-01', once))).toBe('workday')
    const [worked, holiday, back] = [1, 2, 3].map((times) => Array.from({ length: times }).reduce<YearDays>((year) => turned('2020-10-10', year), empty))
    expect([worked!, holiday!, back!].map((year) => kindOf('2020-10-10', year))).toEqual(['makeUp', 'holiday', 'weekend'])
  })
  it('says what is different now, and sends the whole year in order', () => {
    const year = turned('2020-10-10', turned('2020-10-01', { holidays: new Set(['2020-05-01']), makeUp: new Set() }))
    expect(yearChanges({ holidays: new Set(['2020-05-01']), makeUp: new Set() }, year).map((one) => [one.key, one.before, one.after])).toEqual([['2020-10-01', '工作日', '节假日'], ['2020-10-10', '双休日', '调休上班']])
    expect(bodyOfYear(year)).toEqual({ holidays: ['2020-05-01', '2020-10-01'], make_up_workdays: ['2020-10-10'] })
  })
  it('is walked by arrows with one day in the order of tabs', async () => {
    const grid = mount(YearGrid, { props: { year: 2020, days: empty, before: empty }, attachTo: document.body })
    const of = (day: string) => grid.get(`[data-day="${day}"]`)
    expect(grid.findAll('button')).toHaveLength(366)
    expect(grid.findAll('button[tabindex="0"]').map((one) => one.attributes('data-day'))).toEqual(['2020-01-01'])
    await of('2020-01-01').trigger('keydown', { key: 'ArrowUp' })
    await of('2020-01-01').trigger('keydown', { key: 'ArrowDown' })
    expect(of('2020-01-08').attributes('tabindex')).toBe('0')
    await of('2020-01-08').trigger('click')
    expect(grid.emitted('turn')).toEqual([['2020-01-08']])
    expect(of('2020-01-04').attributes('aria-label')).toBe('2020年1月4日（周六） 双休日')
    grid.unmount()
  })
})

describe('settings', () => {
  it('hold from their day on, and only what they name', () => {
    expect(onDay(CAMPAIGN, '2020-06-30').limits[0]?.normal).toEqual(days(3))
    expect(onDay(CAMPAIGN, '2020-07-01').limits.map((row) => limitSaid(row.normal))).toEqual(['5 个工作日', '1 个工作日'])
    expect(daysToCome('limits', CAMPAIGN)).toEqual(['2020-07-01'])
    expect(daysToCome('ladder', CAMPAIGN)).toEqual([])
    const later = { ...CAMPAIGN, scheduled: [{ from: '2021-01-01', limits: [], ladder: null, supervision: null, custody: { approval_hours: 48, from: null }, recheck_days: [15] }] }
    expect([onDay(later, '2021-01-01').custody?.approval_hours, onDay(later, '2020-12-31').recheck_days, onDay(later, '2021-01-01').recheck_days]).toEqual([48, [30, 90, 180], [15]])
    expect(daysToCome('custody', later)).toEqual(['2021-01-01'])
  })
  it('send of the limits only those that become others', () => {
    const draft = onDay(CAMPAIGN, '')
    draft.limits[1]!.urgent = hours(1)
    expect(setting('limits').body(draft, CAMPAIGN)).toEqual({ limits: [{ obligation: 'acknowledge', normal: days(1), urgent: hours(1) }] })
    // Compared with what has been decided for that day, today's review is a change again.
    expect(setting('limits').body(draft, onDay(CAMPAIGN, '2020-07-01'))).toMatchObject({ limits: [{ obligation: 'review' }, { obligation: 'acknowledge' }] })
  })
  it('send the ladder whole, without a day of its own, and days once, in order', () => {
    expect(setting('ladder').body(CAMPAIGN, CAMPAIGN)).toEqual({ supervision_order_after: 1, interview_after: 3, criticism_after: 5, referral_after: 10, repeat_days: 7 })
    expect(setting('rechecks').body({ ...CAMPAIGN, recheck_days: [90, 30, 90] }, CAMPAIGN)).toEqual({ days: [30, 90] })
  })
  it('are laid side by side', () => {
    const line = (key: string, said: string) => ({ key, label: key, said })
    expect(changesOf([line('a', '1'), line('b', '2')], [line('a', '1'), line('c', '3')])).toEqual([{ key: 'c', label: 'c', before: '', after: '3' }, { key: 'b', label: 'b', before: '2', after: '' }])
  })
  it('show what they mean by example', () => {
    const draft = { ...CAMPAIGN, ladder: { ...CAMPAIGN.ladder!, interview_after: 2 }, recheck_days: [30], reward_rules: [{ ...rule, share_percent: 20 }] }
    expect(ladderExamples(CAMPAIGN, draft, '2020-09-30', OCTOBER)).toEqual([{ key: 'interview', label: '约谈', before: '2020年10月12日（周一）', after: '2020年10月10日（周六）' }])
    expect(recheckExamples(CAMPAIGN, draft, '2020-07-01')[0]?.after).toBe('2020年7月31日（周五）')
    expect(rewardExamples(CAMPAIGN, draft, '2020-06-01').map((one) => [one.label, one.before, one.after])).toContainEqual(['罚款 10 万元的举报', '15,000.00 元', '20,000.00 元'])
  })
  it('reward within the bounds, insiders beyond them', () => {
    expect([rewardFen(rule, 1000, false), rewardFen(rule, 100_000, false), rewardFen(rule, 10_000_000, false), rewardFen(rule, 10_000_000, true)]).toEqual([300_000, 1_500_000, 30_000_000, 36_000_000])
    expect(rewardOn([rule, { ...rule, version: '2021', from: '2021-01-01' }], '2020-12-31')?.version).toBe('2018')
    expect(rewardOn([rule], '2017-01-01')).toBeUndefined()
  })
})

describe('a history', () => {
  const fact = (revision: number, name: string, data: object, at = '2020-06-01T02:00:00Z'): EntryFact => ({ revision, name, at, title: name, actor: 'admin@321300/admin', data_json: JSON.stringify(data) })
  it('says of each fact what it changed', () => {
    const unit = { code: '321322', name: '沭阳县', level: 'county', kind: 'government', parent: '321300', department: null, email: null }
    const told = toldOf([fact(0, 'unit.registered.v1', { unit }), fact(1, 'unit.handed_over.v1', { unit: '321322', from: 'a', to: 'b', reason: '任免文件' }), fact(2, 'unit.registered.v1', { unit: { ...unit, email: 'x@y.cn' } })])
    expect(told.map((one) => one.first)).toEqual([true, false, false])
    expect(told[1]).toMatchObject({ changes: [], note: '由 a 交给 b。依据：任免文件' })
    expect(told[2]?.changes).toEqual([{ key: 'email', label: '电子邮箱', before: '', after: 'x@y.cn' }])
  })
  it('adds up limits, and those of a day to come from that day on', () => {
    const review = (count: number) => ({ review: { normal: { working_days: count }, urgent: { working_days: 1 } } })
    const told = toldOf([
      fact(0, 'campaign.limits_set.v1', { limits: { ...review(3), acknowledge: { normal: { working_days: 1 }, urgent: { hours: 2 } } } }),
      fact(1, 'campaign.setting_scheduled.v1', { scheduled: { from: '2020-07-01', setting: { limits: review(5) } } }),
      fact(2, 'campaign.limits_set.v1', { limits: review(4) }, '2020-07-02T02:00:00Z'),
    ])
    expect(told[1]).toMatchObject({ note: '自2020年7月1日（周三）起执行', changes: [{ key: 'review', before: '普通 3 个工作日，紧急 1 个工作日', after: '普通 5 个工作日，紧急 1 个工作日' }] })
    expect(told[2]?.changes[0]?.before).toBe('普通 5 个工作日，紧急 1 个工作日')
  })
  it('names who recorded it, in words', () => {
    expect(actorSaid('admin@321300/admin')).toContain('系统管理员　王五（admin）')
    expect(actorSaid('system:directory/bootstrap')).toBe('系统')
    expect(actorSaid('system:directory/password-changed')).toBe('本人或系统管理员')
  })
})

describe('units and staff', () => {
  const unit = (code: string, kind: string, level: string, parent: string | null, more: Partial<UnitEntry> = {}) => ({ code, name: code, kind, level, parent, department: null, ...more }) as UnitEntry
  it('hang together, offices before the areas below', () => {
    const tree = unitTree([unit('1', 'government', 'city', null), unit('2', 'government', 'county', '1'), unit('9', 'office', 'city', '1'), unit('7', 'government', 'county', 'unknown')])
    expect(tree.map((one) => one.code)).toEqual(['1', '7'])
    expect(tree[0]?.children.map((one) => one.code)).toEqual(['9', '2'])
  })
  it('have the superior that the directory asks for', () => {
    expect(superiorLevel('city', 'government')).toBeNull()
    expect(superiorLevel('village', 'government')).toBe('township')
    expect(superiorLevel('county', 'department')).toBe('county')
    expect(kindSaid(unit('1', 'department', 'county', null, { department: 'fire' }))).toBe('县区消防部门')
  })
  it('are merged into their like only, and not while units lie below them', () => {
    const all = [unit('c', 'government', 'county', null), unit('t1', 'government', 'township', 'c'), unit('t2', 'government', 'township', 'c'), unit('t3', 'government', 'township', 'c', { merged_into: 't1' }), unit('v', 'government', 'village', 't2'), unit('d', 'department', 'township', 't1')]
    expect(partnersOf(all[1]!, all).map((one) => one.code)).toEqual([])
    expect(partnersOf(all[1]!, all.filter((one) => one.code !== 'd')).map((one) => one.code)).toEqual(['t2'])
    expect(partnersOf(all[3]!, all)).toEqual([])
  })
  it('have one first responsible person', () => {
    expect(mayBeFirst(unit('1', 'government', 'county', null, { first_responsible: 'a' }), 'b')).toBe(false)
    expect(mayBeFirst(unit('1', 'government', 'county', null, { first_responsible: 'a' }), 'a')).toBe(true)
    expect(mayBeFirst(unit('1', 'government', 'county', null), 'b')).toBe(true)
    expect(mayBeFirst(undefined, 'b')).toBe(false)
  })
  it('get passwords that can be read out', () => {
    expect(madeUp()).toMatch(/^([a-hjkmnp-z2-9]{4}-){3}[a-hjkmnp-z2-9]{4}$/)
    expect(madeUp()).not.toBe(madeUp())
  })
})

describe('readiness', () => {
  it('is believed only if it is the gateway that answers', () => {
    expect(readinessOf({ ready: true, directory_view: true, away: ['ledger', 3] })).toEqual({ ready: true, directory_view: true, away: ['ledger'] })
    expect(readinessOf('<html>')).toBeNull()
    expect(readinessOf({ code: 'gateway.not_found' })).toBeNull()
  })
})

// Settings and entries of the directory in words, line by line, so that two versions can be laid side by side.
import { yuan } from '@/format'
import { common, levels, rungs, word } from '@/texts/common'
import { departments, hotlines, kinds, obligations, owes, said as texts, roles } from '@/texts/admin'
import { spans } from '@/texts/times'
import { unitName } from '@/parts/units'
import { dayAfter, dayInWords, plusDays, type Years } from './workdays'
import type { components } from '@/api/schema'

export type Campaign = components['schemas']['GetCampaignResponse']
export type TimeLimit = components['schemas']['TimeLimit']
export type RewardRule = components['schemas']['RewardRule']
export type Ladder = Omit<components['schemas']['SetLadderRequest'], 'from'>
export type Supervision = Omit<components['schemas']['SetSupervisionRequest'], 'from'>
export type Thresholds = components['schemas']['SupervisionThresholds']
type Stage = components['schemas']['Stage']
type Limit = components['schemas']['ObligationLimit']

/** One thing that a version says. */
export interface Line {
  key: string
  label: string
  said: string
}
export interface Change {
  key: string
  label: string
  before: string
  after: string
}

/** What differs between two versions, in the order of the later one. */
export function changesOf(before: readonly Line[], after: readonly Line[]): Change[] {
  const was = new Map(before.map((line) => [line.key, line]))
  const is = new Set(after.map((line) => line.key))
  const changed = after.filter((line) => was.get(line.key)?.said !== line.said).map((line) => ({ key: line.key, label: line.label, before: was.get(line.key)?.said ?? '', after: line.said }))
  return [...changed, ...before.filter((line) => !is.has(line.key)).map((line) => ({ key: line.key, label: line.label, before: line.said, after: '' }))]
}

export function limitSaid(limit: Partial<TimeLimit> | null | undefined): string {
  if (!limit) return ''
  if (limit.working_days) return spans.workingDays(limit.working_days)
  if (limit.hours) return spans.hours(limit.hours)
  return limit.minutes ? spans.minutes(limit.minutes) : ''
}
/** Each of these has a day of its own from the beginning: no limit of the settings holds for it. */
export const OWN_DATES: ReadonlySet<string> = new Set(['conference_task'])
export function limitsSaid(limits: ReadonlyArray<Pick<Limit, 'obligation'> & { normal?: Partial<TimeLimit> | null; urgent?: Partial<TimeLimit> | null }>): Line[] {
  return limits.map((row) => ({ key: row.obligation, label: word(obligations, row.obligation), said: OWN_DATES.has(row.obligation) ? texts.ownDates : texts.limits(limitSaid(row.normal), limitSaid(row.urgent)) }))
}
export function ladderSaid(ladder: Partial<Ladder> | null | undefined): Line[] {
  if (!ladder) return []
  const rung = (key: string, days: number | undefined) => ({ key, label: word(rungs, key), said: texts.afterMissed(days ?? 0) })
  return [
    { key: 'reminder', label: word(rungs, 'reminder'), said: texts.atOnce },
    rung('supervision_order', ladder.supervision_order_after), rung('interview', ladder.interview_after), rung('criticism', ladder.criticism_after), rung('referral', ladder.referral_after),
    { key: 'repeat', label: texts.repeat, said: texts.everyDays(ladder.repeat_days ?? 0) },
  ]
}
const COUNTED = ['open_findings', 'grave_findings', 'failures', 'overdue'] as const
export function supervisionSaid(supervision: Partial<Supervision> | null | undefined): Line[] {
  if (!supervision) return []
  const numbers = (level: 'county' | 'township') => COUNTED.map((name) => {
    const number = supervision[level]?.[name] ?? 0
    return { key: `${level}.${name}`, label: `${word(levels, level)}：${texts.counted[name]}`, said: number ? texts.reaches(number) : texts.notCounted }
  })
  return [{ key: 'window', label: texts.window, said: spans.days(supervision.window_days ?? 0) }, ...numbers('county'), ...numbers('township')]
}
export function rechecksSaid(days: readonly number[]): Line[] {
  return days.length ? [{ key: 'days', label: texts.rechecks, said: days.map(texts.onDay).join('、') }] : []
}
export function custodySaid(custody: { approval_hours: number } | null | undefined): Line[] {
  return custody ? [{ key: 'hours', label: texts.approval, said: spans.hours(custody.approval_hours) }] : []
}
export function rewardsSaid(rules: readonly RewardRule[]): Line[] {
  return rules.map((rule) => ({ key: rule.version, label: texts.rewardVersion(rule.version), said: texts.reward(dayInWords(rule.from), rule.share_percent, rule.least_yuan, rule.most_yuan, rule.insider_percent, rule.document) }))
}
/** A guarantee is asked for when a stage begins, reports when it ends; of one without an end nothing is. */
export function stagesSaid(stages: ReadonlyArray<Pick<Stage, 'code' | 'name' | 'from'> & Partial<Stage>>): Line[] {
  return stages.map((stage) => ({
    key: stage.code, label: stage.name,
    said: [texts.span(dayInWords(stage.from), stage.to ? dayInWords(stage.to) : ''), ...(stage.to ? [stage.owes ? texts.owed(word(owes, stage.owes), stage.owes === 'guarantee') : '', stage.caps_measures ? texts.caps : ''] : [])].filter(Boolean).join('；'),
  }))
}
export function calendarSaid(calendar: { holidays: readonly string[]; make_up_workdays: readonly string[] }): Line[] {
  const said = (days: readonly string[], what: string) => days.map((day) => ({ key: day, label: dayInWords(day), said: what }))
  return [...said(calendar.holidays, texts.holiday), ...said(calendar.make_up_workdays, texts.makeUp)].sort((a, b) => a.key.localeCompare(b.key))
}
interface UnitSaid { code: string; name: string; level: string; kind: string; parent?: string | null; department?: string | null; email?: string | null }
export function unitSaid(unit: UnitSaid): Line[] {
  return filled([
    ['name', texts.name, unit.name], ['level', texts.level, word(levels, unit.level)], ['kind', texts.kind, word(kinds, unit.kind)], ['department', texts.department, word(departments, unit.department)],
    ['parent', texts.parent, unitName(unit.parent)], ['email', texts.email, unit.email],
  ])
}
interface MemberSaid { account: string; name: string; unit: string; roles: readonly string[]; email?: string | null; first_responsible?: boolean }
export function memberSaid(member: MemberSaid): Line[] {
  return filled([
    ['name', texts.person, member.name], ['unit', texts.unit, unitName(member.unit)], ['roles', texts.roles, member.roles.map((role) => word(roles, role)).join('、')],
    ['first', texts.firstResponsible, member.first_responsible ? common.yes : common.no], ['email', texts.email, member.email],
  ])
}
export function hotlineSaid(hotline: { number: string; name: string; hours: string; by_sms?: boolean }): Line[] {
  return filled([['name', texts.name, hotline.name], ['hours', texts.hours, hotline.hours], ['by_sms', hotlines.bySms, hotline.by_sms ? common.yes : '']])
}
function filled(lines: ReadonlyArray<[string, string, string | null | undefined]>): Line[] {
  return lines.flatMap(([key, label, said]) => (said ? [{ key, label, said }] : []))
}

/** What a first valid tip earns for a fine, in fen: as the services compute it, insiders after the bounds. */
export function rewardFen(rule: RewardRule, fineYuan: number, insider: boolean): number {
  const share = Math.floor((fineYuan * 100 * rule.share_percent) / 100)
  const bounded = Math.max(Math.min(share, rule.most_yuan * 100), rule.least_yuan * 100)
  return insider ? Math.floor((bounded * rule.insider_percent) / 100) : bounded
}
/** The version that holds on a day. */
export function rewardOn(rules: readonly RewardRule[], day: string): RewardRule | undefined {
  return [...rules].sort((a, b) => b.from.localeCompare(a.from)).find((rule) => rule.from <= day)
}

/** What two versions would mean for something that begins on a day. */
export function limitExamples(before: Campaign, after: Campaign, day: string, years: Years): Change[] {
  const due = (limit: TimeLimit | null | undefined) => (limit?.working_days ? dayInWords(dayAfter(day, limit.working_days, years)) : limitSaid(limit))
  return after.limits.flatMap((row) => {
    const was = before.limits.find((one) => one.obligation === row.obligation)
    return (['normal', 'urgent'] as const).flatMap((urgency) => {
      const pair = { before: due(was?.[urgency]), after: due(row[urgency]) }
      return limitSaid(was?.[urgency]) === limitSaid(row[urgency]) ? [] : [{ key: `${row.obligation}.${urgency}`, label: `${word(obligations, row.obligation)}（${texts[urgency]}）`, ...pair }]
    })
  })
}
export function ladderExamples(before: Campaign, after: Campaign, day: string, years: Years): Change[] {
  const RUNGS = [['supervision_order', 'supervision_order_after'], ['interview', 'interview_after'], ['criticism', 'criticism_after'], ['referral', 'referral_after']] as const
  const on = (campaign: Campaign, name: (typeof RUNGS)[number][1]) => dayInWords(dayAfter(day, campaign.ladder?.[name] ?? 0, years))
  return RUNGS.map(([key, name]) => ({ key, label: word(rungs, key), before: on(before, name), after: on(after, name) })).filter((one) => one.before !== one.after)
}
export function recheckExamples(before: Campaign, after: Campaign, day: string): Change[] {
  const on = (campaign: Campaign) => [...new Set(campaign.recheck_days)].sort((a, b) => a - b).map((days) => dayInWords(plusDays(day, days))).join('、')
  return [{ key: 'days', label: texts.closedOn(dayInWords(day)), before: on(before), after: on(after) }]
}
export function rewardExamples(before: Campaign, after: Campaign, day: string): Change[] {
  const earns = (campaign: Campaign, fine: number, insider: boolean) => {
    const rule = rewardOn(campaign.reward_rules, day)
    return rule ? yuan(rewardFen(rule, fine, insider)) : texts.noRule
  }
  return [10_000, 100_000, 1_000_000, 5_000_000].flatMap((fine) => [false, true].map((insider) => ({
    key: `${fine}${insider}`, label: texts.fine(fine / 10_000, insider), before: earns(before, fine, insider), after: earns(after, fine, insider),
  }))).filter((one) => one.before !== one.after)
}

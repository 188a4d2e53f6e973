// What was recorded of an entry, in words: each fact with what it changed of the one before.
import { personName } from '@/parts/people'
import { unitName } from '@/parts/units'
import { word } from '@/texts/common'
import { history as texts, obligations, roles } from '@/texts/admin'
import type { components } from '@/api/schema'
import { cityDay, duration } from '@/format'
import {
  calendarSaid, changesOf, custodySaid, hotlineSaid, ladderSaid, limitsSaid, memberSaid, rechecksSaid, rewardsSaid, stagesSaid, supervisionSaid, unitSaid,
  type Change, type Line,
} from './said'
import { dayInWords } from './workdays'

export type EntryFact = components['schemas']['EntryFact']

export interface Told {
  revision: number
  at: string
  name: string
  title: string
  by: string
  /** What is no change of a line: reasons, days, who. */
  note: string
  changes: Change[]
  /** The first of its kind: there is nothing to compare it with. */
  first: boolean
}

/** `admin@321300/admin`, `system:…` as people say it; an account, which is never given to another, stands beside its name. */
export function actorSaid(actor: string): string {
  if (actor.startsWith('system:')) return actor.includes('password') ? texts.byOwner : texts.bySystem
  const parts = /^([^@]+)@([^/]+)\/(.+)$/.exec(actor)
  return parts ? `${unitName(parts[2])}　${word(roles, parts[3])}　${personSaid(parts[1] ?? '')}` : actor
}

function personSaid(account: string): string {
  const name = personName(account)
  return !account || name === account ? account : `${name}（${account}）`
}

/** What facts carry, as they were stored; each has some of it. */
interface Data extends Record<string, unknown> {
  unit: Parameters<typeof unitSaid>[0]
  member: Parameters<typeof memberSaid>[0]
  hotline: Parameters<typeof hotlineSaid>[0]
  calendar: Parameters<typeof calendarSaid>[0]
  stages: Parameters<typeof stagesSaid>[0]
  limits: LimitsData
  ladder: Parameters<typeof ladderSaid>[0]
  thresholds: Parameters<typeof supervisionSaid>[0]
  days: number[]
  rules: Parameters<typeof rewardsSaid>[0]
  custody: Parameters<typeof custodySaid>[0]
}
type LimitsData = Record<string, Omit<Parameters<typeof limitsSaid>[0][number], 'obligation'>>
/** What a fact says, as lines of the setting or entry that it is about. */
function linesOf(name: string, data: Data): { about: string; lines: Line[]; partial?: boolean } | null {
  switch (name.replace(/\.v\d+$/, '')) {
    case 'unit.registered': return { about: 'entry', lines: unitSaid(data.unit) }
    case 'staff.registered': return { about: 'entry', lines: memberSaid(data.member) }
    case 'hotline.published': return { about: 'entry', lines: hotlineSaid(data.hotline) }
    case 'calendar.year_set': return { about: 'entry', lines: calendarSaid(data.calendar) }
    case 'campaign.stages_set': return { about: 'stages', lines: stagesSaid(data.stages) }
    case 'campaign.limits_set': return { about: 'limits', lines: limitLines(data.limits), partial: true }
    case 'campaign.ladder_set': return { about: 'ladder', lines: ladderSaid(data.ladder) }
    case 'campaign.supervision_set': return { about: 'supervision', lines: supervisionSaid(data.thresholds) }
    case 'campaign.recheck_days_set': return { about: 'rechecks', lines: rechecksSaid(data.days) }
    case 'campaign.reward_rules_set': return { about: 'rewards', lines: rewardsSaid(data.rules) }
    case 'campaign.custody_set': return { about: 'custody', lines: custodySaid(data.custody) }
    default: return null
  }
}
function limitLines(limits: LimitsData): Line[] {
  const order = Object.keys(obligations)
  return limitsSaid(Object.entries(limits).map(([obligation, limit]) => ({ obligation, ...limit })))
    .sort((a, b) => order.indexOf(a.key) - order.indexOf(b.key))
}

/** A setting that was decided for a day to come, by what it is about. */
export function scheduledOf(data: Record<string, unknown>): { about: string; from: string; lines: Line[]; partial: boolean } | null {
  const scheduled = data.scheduled as { from?: string; setting?: { limits?: LimitsData; ladder?: Data['ladder']; supervision?: Data['thresholds']; recheck_days?: number[]; custody?: Data['custody'] } } | undefined
  if (!scheduled?.from || !scheduled.setting) return null
  const { limits, ladder, supervision, recheck_days: days, custody } = scheduled.setting
  const from = scheduled.from
  if (limits) return { about: 'limits', from, lines: limitLines(limits), partial: true }
  if (ladder) return { about: 'ladder', from, lines: ladderSaid(ladder), partial: false }
  if (supervision) return { about: 'supervision', from, lines: supervisionSaid(supervision), partial: false }
  if (days) return { about: 'rechecks', from, lines: rechecksSaid(days), partial: false }
  return custody ? { about: 'custody', from, lines: custodySaid(custody), partial: false } : null
}

function merged(before: readonly Line[], lines: readonly Line[], partial: boolean | undefined): Line[] {
  if (!partial) return [...lines]
  const named = new Map(lines.map((line) => [line.key, line]))
  const kept = before.map((line) => named.get(line.key) ?? line)
  return [...kept, ...lines.filter((line) => !before.some((one) => one.key === line.key))]
}

/** What each fact changed, oldest first. */
export function toldOf(facts: readonly EntryFact[]): Told[] {
  const known = new Map<string, Line[]>()
  let toCome: Array<NonNullable<ReturnType<typeof scheduledOf>>> = []
  return facts.map((fact) => {
    const data = JSON.parse(fact.data_json || '{}') as Data
    const day = cityDay(Date.parse(fact.at))
    // What had been decided for a day that has come by now holds since.
    for (const come of toCome.filter((one) => one.from <= day)) known.set(come.about, merged(known.get(come.about) ?? [], come.lines, come.partial))
    toCome = toCome.filter((one) => one.from > day)
    const told = { revision: fact.revision, at: fact.at, name: fact.name, title: fact.title, by: actorSaid(fact.actor), note: noteOf(fact.name, data), changes: [] as Change[], first: false }
    const scheduled = fact.name.startsWith('campaign.setting_scheduled') ? scheduledOf(data) : null
    const lines = scheduled ?? linesOf(fact.name, data)
    if (!lines) return told
    const before = known.get(lines.about)
    const after = merged(before ?? [], lines.lines, lines.partial)
    told.changes = changesOf(before ?? [], after)
    told.first = before === undefined
    // What is recorded again is recorded as what it is now; nobody reads that as somebody new.
    if (!told.first && lines.about === 'entry') told.title = texts.amended[fact.name.replace(/\.v\d+$/, '')] ?? told.title
    if (scheduled) toCome.push(scheduled)
    else known.set(lines.about, after)
    return told
  })
}

function noteOf(name: string, data: Record<string, unknown>): string {
  const text = (field: string) => (typeof data[field] === 'string' ? (data[field] as string) : '')
  if (name.startsWith('unit.handed_over')) return texts.handedOver(personSaid(text('from')), personSaid(text('to')), text('reason'))
  if (name.startsWith('unit.merged')) return texts.merged(unitName(text('into')), text('reason'))
  if (name.startsWith('staff.retired') || name.startsWith('hotline.withdrawn')) return text('reason') ? texts.reason(text('reason')) : texts.noReason
  if (name.startsWith('calendar.year_set') && text('basis')) return texts.basis(text('basis'))
  if (name.startsWith('clock.advanced')) return texts.advanced(duration(Number(data.seconds ?? 0)))
  const scheduled = name.startsWith('campaign.setting_scheduled') ? scheduledOf(data) : null
  return scheduled ? texts.from(dayInWords(scheduled.from)) : ''
}

/** Which setting a fact of the campaign is about. */
export function aboutOf(fact: EntryFact): string {
  const data = JSON.parse(fact.data_json || '{}') as Data
  return (fact.name.startsWith('campaign.setting_scheduled') ? scheduledOf(data)?.about : linesOf(fact.name, data)?.about) ?? ''
}

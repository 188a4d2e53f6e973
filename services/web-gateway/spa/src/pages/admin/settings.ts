// The dated settings of the campaign: what each says, which version holds when, what is sent to set another.
import type { Component } from 'vue'
import { defineAsyncComponent } from 'vue'
import {
  custodySaid, ladderExamples, ladderSaid, limitExamples, limitSaid, limitsSaid, rechecksSaid, recheckExamples, rewardExamples, rewardsSaid, stagesSaid, supervisionSaid,
  type Campaign, type Change, type Line,
} from './said'
import type { Years } from './workdays'
import { copied } from '@/parts/arrays'

export interface Setting {
  key: string
  path: string
  /** Whether another version may be decided for a day to come. */
  dated: boolean
  says: (campaign: Campaign) => Line[]
  /** What is sent; `base` is what would hold otherwise. */
  body: (draft: Campaign, base: Campaign) => Record<string, unknown>
  /** What the change means for something on that day; nothing honest can be said of some. */
  examples?: (base: Campaign, draft: Campaign, day: string, years: Years) => Change[]
  form: Component
  /** What the change would do at once, as the services say. */
  foresight?: Component
}

const form = (load: () => Promise<{ default: Component }>) => defineAsyncComponent(load)

export const settings: readonly Setting[] = [
  { key: 'stages', path: 'stages', dated: false, says: (campaign) => stagesSaid(campaign.stages), body: (draft) => ({ stages: draft.stages.map((stage) => ({ ...stage, to: stage.to || null })) }), form: form(() => import('./forms/StagesForm.vue')), foresight: form(() => import('./StagesForesight.vue')) },
  {
    key: 'limits', path: 'limits', dated: true, says: (campaign) => limitsSaid(campaign.limits), examples: limitExamples, form: form(() => import('./forms/LimitsForm.vue')),
    // Those that are named change, the others stay as they are, whenever they change themselves.
    body: (draft, base) => ({ limits: draft.limits.filter((row) => {
      const was = base.limits.find((one) => one.obligation === row.obligation)
      return limitSaid(was?.normal) !== limitSaid(row.normal) || limitSaid(was?.urgent) !== limitSaid(row.urgent)
    }) }),
  },
  { key: 'ladder', path: 'ladder', dated: true, says: (campaign) => ladderSaid(campaign.ladder), body: (draft) => without(draft.ladder), examples: ladderExamples, form: form(() => import('./forms/LadderForm.vue')) },
  { key: 'supervision', path: 'supervision', dated: true, says: (campaign) => supervisionSaid(campaign.supervision), body: (draft) => without(draft.supervision), form: form(() => import('./forms/SupervisionForm.vue')), foresight: form(() => import('./WhomReached.vue')) },
  { key: 'rewards', path: 'reward-rules', dated: false, says: (campaign) => rewardsSaid(campaign.reward_rules), body: (draft) => ({ rules: draft.reward_rules }), examples: rewardExamples, form: form(() => import('./forms/RewardsForm.vue')) },
  { key: 'rechecks', path: 'recheck-days', dated: true, says: (campaign) => rechecksSaid(sorted(campaign.recheck_days)), body: (draft) => ({ days: sorted(draft.recheck_days) }), examples: recheckExamples, form: form(() => import('./forms/RechecksForm.vue')) },
  { key: 'custody', path: 'custody', dated: true, says: (campaign) => custodySaid(campaign.custody), body: (draft) => ({ approval_hours: draft.custody?.approval_hours ?? 0 }), form: form(() => import('./forms/CustodyForm.vue')) },
]

function sorted(days: readonly number[]): number[] {
  return [...new Set(days)].sort((a, b) => a - b)
}
function without(whole: object | null | undefined): Record<string, unknown> {
  return Object.fromEntries(Object.entries(whole ?? {}).filter(([name]) => name !== 'from'))
}

/** The campaign as it will be on a day, by what has been decided until now. */
export function onDay(campaign: Campaign, day: string): Campaign {
  const then = copied(campaign)
  for (const scheduled of campaign.scheduled.filter((one) => one.from <= day)) {
    const named = new Map(scheduled.limits.map((row) => [row.obligation, row]))
    then.limits = then.limits.map((row) => copied(named.get(row.obligation) ?? row))
    if (scheduled.ladder) then.ladder = copied(scheduled.ladder)
    if (scheduled.supervision) then.supervision = copied(scheduled.supervision)
    if (scheduled.recheck_days?.length) then.recheck_days = [...scheduled.recheck_days]
    if (scheduled.custody) then.custody = copied(scheduled.custody)
  }
  return then
}
const CONCERNS: Record<string, (scheduled: Campaign['scheduled'][number]) => boolean> = {
  limits: (one) => one.limits.length > 0, ladder: (one) => one.ladder !== null, supervision: (one) => one.supervision !== null,
  // A city that has not been brought up to date says nothing of these two.
  rechecks: (one) => (one.recheck_days ?? []).length > 0, custody: (one) => Boolean(one.custody),
}
/** The days to come on which a setting changes, each once. */
export function daysToCome(setting: string, campaign: Campaign): string[] {
  const concerned = CONCERNS[setting]
  return concerned ? [...new Set(campaign.scheduled.filter(concerned).map((one) => one.from))].sort() : []
}

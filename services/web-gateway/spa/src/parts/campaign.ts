// The limits and days of the campaign as they are configured now: texts name them by places like {acknowledge}, never as numbers.
import { shallowRef } from 'vue'
import { api, ask } from '@/api/client'
import type { components } from '@/api/schema'
import { spoken } from '@/format'
import { now } from '@/session'
import { limitWords as words } from '@/texts/common'
import { spans } from '@/texts/times'

type Campaign = components['schemas']['GetCampaignResponse']
type Limit = Partial<components['schemas']['TimeLimit']>

/** Settings change rarely: after so long they are asked for once more, milliseconds. */
const OLD = 10 * 60_000
const known = shallowRef<Campaign | null>(null)
let readAt = -Infinity
let reading: Promise<void> | null = null

/** Reads them once for all pages, and again when they are old; without them texts say that a rule holds, not which number. */
export function readCampaign(): Promise<void> {
  if (known.value && Date.now() - readAt <= OLD) return Promise.resolve()
  reading ??= ask(() => api.GET('/api/v1/campaign', {}))
    .then((answer) => {
      known.value = answer
      readAt = Date.now()
    }, () => undefined)
    .finally(() => (reading = null))
  return reading
}

/** A limit as people say it. */
export function limitOf(limit: Limit | null | undefined): string {
  if (limit?.working_days) return spans.workingDays(limit.working_days)
  if (limit?.hours) return spans.hours(limit.hours)
  return limit?.minutes ? spans.minutes(limit.minutes) : ''
}

/** The limit of an obligation as it is now; nothing until the settings are read. */
export function limitSaid(obligation: string, urgency: string): string {
  const limit = known.value?.limits?.find((one) => one.obligation === obligation)
  return limitOf(urgency === 'urgent' ? limit?.urgent : limit?.normal)
}

/** After how many days a closed site is looked at again, the first first; none until the settings are read. */
export function recheckDays(): readonly number[] {
  return [...(known.value?.recheck_days ?? [])].sort((a, b) => a - b)
}

/** A text with what holds now at its places; of one urgency, where it is known which. */
export function filled(text: string, urgency = ''): string {
  return text.replace(/\{([a-z_]+)\}/g, (_place, name: string) => said(known.value, name, urgency))
}

function said(campaign: Campaign | null, name: string, urgency: string): string {
  if (name === 'rechecks') return campaign?.recheck_days?.length ? words.onDays(campaign.recheck_days.join('、')) : words.onSomeDays
  if (name === 'ladder') return ladderOf(campaign)
  if (name === 'stage_end') return stageEndOf(campaign)
  const limit = campaign?.limits?.find((one) => one.obligation === name)
  const [normal, urgent] = [limitOf(limit?.normal), limitOf(limit?.urgent)]
  if (!normal) return words.asConfigured
  if (urgency) return (urgency === 'urgent' && urgent) || normal
  return urgent && urgent !== normal ? words.both(normal, urgent) : normal
}
function ladderOf(campaign: Campaign | null): string {
  const ladder = campaign?.ladder
  return ladder ? words.ladder([ladder.supervision_order_after, ladder.interview_after, ladder.criticism_after, ladder.referral_after].map((days) => days ?? 0), ladder.repeat_days ?? 0) : words.someLadder
}
/** The stage that remaining measures never outlast, as long as it is not over. */
function stageEndOf(campaign: Campaign | null): string {
  const running = (campaign?.stages ?? []).filter(({ caps_measures: caps, to }) => caps && to && Date.parse(`${to}T23:59:59+08:00`) > now())
  const first = running.sort((a, b) => (a.to ?? '').localeCompare(b.to ?? ''))[0]
  return first ? words.notAfter(first.name ?? '', spoken(first.to)) : ''
}

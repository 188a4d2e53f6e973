// Cases and people as the server finds them: by place, enterprise, words or number; by name or account.
import { api, ask, fresh } from '@/api/client'
import { learn } from './people'
import type { Choice } from './commands'

const AT_ONCE = 20

export interface Found {
  choices: Choice[]
  /** How many more there are; they are found by typing more of it. */
  more: number
}

/** Cases that are still open. Until something is typed those of the area; then whatever the viewer may see. */
export async function findCases(text: string, within?: string): Promise<Found> {
  const query = fresh({ state: 'open', limit: AT_ONCE, ...(text ? { text } : within ? { unit: within } : {}) })
  const answer = await ask(() => api.GET('/api/v1/cases', { params: { query } }))
  const cases = answer.cases ?? []
  return { choices: cases.map((one) => ({ value: one.case_id ?? '', label: [one.place?.text, one.summary].filter(Boolean).join('　') || (one.case_id ?? '') })), more: Math.max(0, (answer.total ?? 0) - cases.length) }
}

export async function findPeople(text: string, within?: string): Promise<Found> {
  const answer = await ask(() => api.GET('/api/v1/staff', { params: { query: { limit: AT_ONCE + 1, ...(text ? { text } : within ? { within } : {}) } } }))
  const staff = answer.staff ?? []
  learn(staff)
  return { choices: staff.slice(0, AT_ONCE).map((one) => ({ value: one.account ?? '', label: `${one.name}（${one.unit_name}）` })), more: Math.max(0, staff.length - AT_ONCE) }
}

// The checks of drawn sites: which were made, which wait and which are late, as far as whoever looks may see the cases.
import { api, ask, fresh } from '@/api/client'
import type { components } from '@/api/schema'
import { checkStates } from '@/texts/supervision'
import type { Waiting } from './draw'

export type Row = components['schemas']['CaseRow']
export type Clock = components['schemas']['ClockRow']
/** By subject; null where nobody tells them. */
export type Clocks = ReadonlyMap<string, Clock> | null

/** More closed sites than this are not read to say beforehand how many will be drawn. */
const MOST = 2000

/** The wanted sites that may be seen. Lists by result are few pages, however many sites there are; asking for each site is not. */
export async function drawnRows(wanted: ReadonlySet<string>): Promise<Row[]> {
  const found: Row[] = []
  await Promise.all(Object.keys(checkStates).map((state) => gather(state, wanted, found)))
  return found
}
async function gather(state: string, wanted: ReadonlySet<string>, found: Row[]): Promise<void> {
  let after = ''
  do {
    const page = await ask(() => api.GET('/api/v1/cases', { params: { query: fresh({ spot_check: state, limit: 200, ...(after ? { after } : {}) }) } }))
    found.push(...page.cases.filter((row) => wanted.has(row.case_id)))
    after = found.length < wanted.size ? (page.next ?? '') : ''
  } while (after)
}
/** Until when each of them has to be checked: the next deadline of a case may be another one. */
export async function checkClocks(): Promise<Map<string, Clock>> {
  const found = new Map<string, Clock>()
  let after = ''
  do {
    const page = await ask(() => api.GET('/api/v1/obligations', { params: { query: fresh({ obligation: 'spot_check', running: true, limit: 200, ...(after ? { after } : {}) }) } }))
    for (const clock of page.obligations) found.set(clock.subject, clock)
    after = page.next ?? ''
  } while (after)
  return found
}
/** The closed sites of the city; null if they are too many to be read. */
export async function closedRows(): Promise<Row[] | null> {
  const found: Row[] = []
  let after = ''
  do {
    const page = await ask(() => api.GET('/api/v1/cases', { params: { query: fresh({ state: 'closed', closed_as: 'disposed', limit: 200, ...(after ? { after } : {}) }) } }))
    if (page.total > MOST) return null
    found.push(...page.cases)
    after = page.next ?? ''
  } while (after)
  return found
}

/** Until when it has to be checked, by its clock; whoever is told no clocks of the city sees what the case owes next. */
export function checkDue(row: Row, clocks: Clocks): { due: string; working_days_left: number | null } | null {
  if (row.spot_check !== 'pending') return null
  const clock = clocks?.get(`case-${row.case_id}`)
  if (clock) return clock
  return row.next_obligation === 'spot_check' && row.next_due ? { due: row.next_due, working_days_left: row.working_days_left } : null
}
function isLate(row: Row, clocks: Clocks, at: number): boolean {
  const due = checkDue(row, clocks)
  return due !== null && Date.parse(due.due) < at
}

export interface Tally {
  known: number
  passed: number
  failed: number
  pending: number
  late: number
}
export function tally(rows: readonly Row[], clocks: Clocks, at: number): Tally {
  const of = (state: string): number => rows.filter((row) => row.spot_check === state).length
  return { known: rows.length, passed: of('passed'), failed: of('failed'), pending: of('pending'), late: rows.filter((row) => isLate(row, clocks, at)).length }
}

/** In which later draw a site of this one was taken again: what is known of its check is of that one. */
export async function takenAgain(round: number): Promise<Map<string, number>> {
  const { draws } = await ask(() => api.GET('/api/v1/draws'))
  const later = draws.filter((draw) => draw.round > round && draw.seed && !draw.cancelled_because).sort((one, other) => one.round - other.round)
  const found = new Map<string, number>()
  for (const { draw_id: id, round: again } of later) {
    const draw = await ask(() => api.GET('/api/v1/draws/{draw_id}', { params: { path: { draw_id: id } } }))
    for (const one of draw.chosen.flatMap((area) => area.case_ids)) if (!found.has(one)) found.set(one, again)
  }
  return found
}

export interface Checked {
  all: number
  known: number
  done: number
  late: number
}
/** Of each draw how many of its sites were checked. A site that a later draw took again had been checked by then. */
export function checkedOf(draws: ReadonlyArray<{ draw_id: string; round: number; ids: readonly string[] }>, rows: readonly Row[], clocks: Clocks, at: number): Map<string, Checked> {
  const byId = new Map(rows.map((row) => [row.case_id, row]))
  const later = new Set<string>()
  const found = new Map<string, Checked>()
  for (const draw of [...draws].sort((one, other) => other.round - one.round)) {
    const seen = draw.ids.flatMap((id) => byId.get(id) ?? [])
    const waiting = seen.filter((row) => row.spot_check === 'pending' && !later.has(row.case_id))
    found.set(draw.draw_id, { all: draw.ids.length, known: seen.length, done: seen.length - waiting.length, late: waiting.filter((row) => isLate(row, clocks, at)).length })
    for (const id of draw.ids) later.add(id)
  }
  return found
}

/** Of each county how many of its closed sites go on the next list: the lot has not fallen on them, or not since they failed. */
export function awaitingDraw(rows: readonly Row[]): Waiting[] {
  const counties = new Map<string, number>()
  for (const row of rows) if (row.spot_check === null || row.spot_check === 'failed') counties.set(row.county_name ?? '', (counties.get(row.county_name ?? '') ?? 0) + 1)
  return [...counties].map(([county, sites]) => ({ county, sites }))
}

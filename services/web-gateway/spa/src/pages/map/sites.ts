// Sites on a map: those with coordinates as points, the others counted where their county lies.
import type { components } from '@/api/schema'
import { map as words } from '@/texts/everyone'

export type CaseRow = components['schemas']['CaseRow']
export type At = [latitude: number, longitude: number]

export interface Site {
  row: CaseRow
  at: At
}
export interface Area {
  unit: string
  name: string
  at: At | null
  count: number
  overdue: number
  /** Closed ones that are not well. */
  alarming: number
}

/** Where the counties and zones lie, roughly (WGS 84): the directory knows no positions of units. */
export const COUNTIES: Readonly<Record<string, At>> = {
  321302: [33.95, 118.24], 321311: [33.95, 118.34], 321322: [34.11, 118.77], 321323: [33.72, 118.7], 321324: [33.46, 118.22], 321371: [33.88, 118.27],
}
export const CITY: At = [33.83, 118.5]

export function placed(rows: readonly CaseRow[]): Site[] {
  return rows.flatMap((row) => {
    const at = row.place?.coordinates
    return at && Number.isFinite(at.latitude) && Number.isFinite(at.longitude) ? [{ row, at: [at.latitude ?? 0, at.longitude ?? 0] as At }] : []
  })
}

/** All cases counted by county, those with coordinates too. */
export function byCounty(rows: readonly CaseRow[]): Area[] {
  const areas = new Map<string, Area>()
  for (const row of rows) {
    const unit = row.county ?? ''
    const area = areas.get(unit) ?? { unit, name: row.county_name ?? words.unknown, at: COUNTIES[unit] ?? null, count: 0, overdue: 0, alarming: 0 }
    area.count += 1
    if (isLate(row)) area.overdue += 1
    if (isAlarming(row)) area.alarming += 1
    areas.set(unit, area)
  }
  return [...areas.values()].sort((one, other) => other.count - one.count)
}

/** Those that a map can only show as a number. */
export function unplaced(rows: readonly CaseRow[]): CaseRow[] {
  return rows.filter((row) => placed([row]).length === 0)
}

/** Beyond its date and not over: what is still owed about a closed site, e.g. an explanation, does not make it one that waits. */
export function isLate(row: Pick<CaseRow, 'overdue' | 'state'>): boolean {
  return row.overdue === true && row.state !== 'closed'
}

/** Closed, and yet not well: what is still owed about it is overdue, its check failed, or somebody is at work there again. */
export function isAlarming(row: Pick<CaseRow, 'overdue' | 'state' | 'relapsed' | 'spot_check'>): boolean {
  return row.state === 'closed' && (row.overdue === true || row.relapsed === true || row.spot_check === 'failed')
}

/** The dates that have passed, the longest ago first, then those that come next; what has none stays in its order. */
export function mostUrgentFirst(rows: readonly CaseRow[]): CaseRow[] {
  const due = (row: CaseRow): number => (row.next_due ? Date.parse(row.next_due) : Number.MAX_SAFE_INTEGER)
  return [...rows].sort((one, other) => Number(other.overdue === true) - Number(one.overdue === true) || due(one) - due(other))
}

/** What has to be in view: without a background also the two nearest to each point of the counties whose names are drawn. */
export function framed(sites: readonly Site[], areas: readonly Area[], named: readonly At[]): At[] {
  const points = [...sites.map((site) => site.at), ...areas.flatMap((area) => (area.at ? [area.at] : []))]
  const near = points.flatMap((point) => [...named].sort((one, other) => apart(one, point) - apart(other, point)).slice(0, 2))
  return [...points, ...new Set(near)]
}
/** How far two places lie apart, to be compared and not to be measured by. */
function apart([latitude, longitude]: At, [of, by]: At): number {
  return Math.hypot(latitude - of, (longitude - by) * Math.cos((of * Math.PI) / 180))
}
/** The one that lies nearest to where somebody touched, of points on the screen. */
export function nearest<T>(points: ReadonlyArray<{ of: T; x: number; y: number }>, touched: { x: number; y: number }): T | undefined {
  const far = (point: { x: number; y: number }): number => Math.hypot(point.x - touched.x, point.y - touched.y)
  return [...points].sort((one, other) => far(one) - far(other))[0]?.of
}

export const COLOURS = { overdue: '#a32115', open: '#b86a00', closed: '#2f6f4f' } as const

export function colour(row: Pick<CaseRow, 'overdue' | 'state'>): string {
  if (isLate(row)) return COLOURS.overdue
  return row.state === 'closed' ? COLOURS.closed : COLOURS.open
}

// How figures are grouped, which list stands behind each, and the rate that hiding overdue work cannot improve.
import type { RouteLocationRaw } from 'vue-router'
import type { components } from '@/api/schema'

export type Figure = components['schemas']['Figure']
export type Row = components['schemas']['ReportRow']
export type Group = 'tips' | 'cases' | 'classes' | 'checks' | 'running' | 'overdue' | 'rungs' | 'reports'

export const GROUPS: readonly Group[] = ['cases', 'tips', 'classes', 'checks', 'running', 'overdue', 'rungs', 'reports']
const BEGINNINGS: ReadonlyArray<[string, Group]> = [
  ['tips', 'tips'], ['cases', 'cases'], ['class_', 'classes'], ['disposals', 'classes'], ['measures', 'classes'], ['spot_checks', 'checks'],
  ['relapses', 'checks'], ['running_', 'running'], ['overdue_', 'overdue'], ['rung_', 'rungs'], ['reports', 'reports'],
]

/** The group of a figure; one that nobody has heard of stands with the cases. */
export function groupOf(code: string): Group {
  return BEGINNINGS.find(([beginning]) => code.startsWith(beginning))?.[1] ?? 'cases'
}

/** The page that shows the list behind a number, with its conditions; null if there is none. */
export function listLink(list: string, asOf = ''): RouteLocationRaw | null {
  const [name = '', conditions = ''] = list.split('?')
  const query = Object.fromEntries(new URLSearchParams(conditions))
  if (asOf && !query.as_of) query.as_of = asOf
  if (name === 'cases' || name === 'tips' || name === 'reports') return { path: `/${name}`, query }
  if (name === 'escalations' || name === 'obligations' || name === 'failures' || name === 'inquiries') return { path: '/accountability', query: { list: name, ...query } }
  return null
}

/** A share as people read it; a dash while there is nothing to be measured. */
export function percent(rate: number | null | undefined): string {
  if (rate === null || rate === undefined) return '—'
  const hundredths = rate * 100
  // Never rounded up to all, nor down to none.
  if (hundredths < 100 && hundredths > 99.9) return '99.9%'
  if (hundredths > 0 && hundredths < 0.1) return '0.1%'
  return `${Number(hundredths.toFixed(1))}%`
}

/** The figure behind the rate, whose list are the cases that were closed in time; none while there is nothing to be measured. */
export function inTime(row: { on_time_rate?: number | null; figures: readonly Figure[] }): Figure | null {
  const measured = row.on_time_rate !== null && row.on_time_rate !== undefined
  return (measured && row.figures.find((figure) => figure.code === 'cases_closed_in_time')) || null
}

/** What the rate is made of is there with it, nought or not. */
const OF_THE_RATE = ['cases_closed_in_time', 'cases_closed', 'cases_missed']
/** The figures of a group in the order in which they came; those that are nought everywhere only if asked for. */
export function columnsOf(rows: readonly Row[], group: Group, withNoughts: boolean): Array<{ code: string; title: string }> {
  const columns = new Map<string, { code: string; title: string; any: boolean }>()
  for (const row of rows) {
    for (const figure of row.figures) {
      if (groupOf(figure.code) !== group) continue
      const column = columns.get(figure.code) ?? { code: figure.code, title: figure.title, any: false }
      column.any ||= figure.value !== 0
      columns.set(figure.code, column)
    }
  }
  return [...columns.values()].filter((column) => withNoughts || column.any || OF_THE_RATE.includes(column.code))
}

/** A village of which there is nothing to be told. */
export function isNought(row: Row, columns: ReadonlyArray<{ code: string }>): boolean {
  return row.level === 'village' && columns.every(({ code }) => !row.figures.find((figure) => figure.code === code)?.value)
}

/** Rows in the order of the tree: what everything comes to, counties, and the townships of those that are open. */
export function visibleRows(rows: readonly Row[], open: ReadonlySet<string>): Row[] {
  const known = new Set(rows.map((row) => row.unit))
  return rows.filter((row) => row.level !== 'township' || !row.parent || !known.has(row.parent) || open.has(row.parent) || rows[0]?.unit === row.parent)
}

// Filters of a list: those that a page shows, and those that came along from the number that was clicked.
import type { LocationQuery } from 'vue-router'

export type Filters = Record<string, string>

/** What the address asks for, as far as the list knows it. */
export function filtersOf(query: LocationQuery, known: readonly string[]): Filters {
  const found: Filters = {}
  for (const name of known) {
    const value = query[name]
    const one = Array.isArray(value) ? value[0] : value
    if (one) found[name] = one
  }
  return found
}

/** As the request takes it: nothing for what is left empty, yes and no as such. */
export function queryOf(filters: Filters): Record<string, string | boolean> {
  const query: Record<string, string | boolean> = {}
  for (const [name, value] of Object.entries(filters)) {
    const text = value.trim()
    if (text === '') continue
    query[name] = text === 'true' ? true : text === 'false' ? false : text
  }
  return query
}

/** The address of a list as a file, under the same conditions. */
export function exportAddress(list: string, format: string, filters: Filters): string {
  const parameters = new URLSearchParams({ format })
  for (const [name, value] of Object.entries(queryOf(filters))) parameters.set(name, String(value))
  return `/api/v1/exports/${list}?${parameters.toString()}`
}

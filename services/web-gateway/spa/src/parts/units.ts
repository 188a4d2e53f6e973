// The units of the city, read once and kept for the pickers.
import { shallowRef } from 'vue'
import { api, ask } from '@/api/client'
import type { components } from '@/api/schema'

export type UnitEntry = components['schemas']['UnitEntry']

export interface UnitNode {
  value: string
  label: string
  children: UnitNode[]
}

const known = shallowRef<UnitEntry[]>([])
let reading: Promise<void> | null = null

export const units = known

/** Reads all units, page by page, once. */
export function readUnits(): Promise<void> {
  reading ??= readAll().catch((thrown: unknown) => {
    reading = null
    throw thrown
  })
  return reading
}

async function readAll(): Promise<void> {
  const all: UnitEntry[] = []
  let after: string | undefined
  do {
    const page = await ask(() => api.GET('/api/v1/units', { params: { query: { limit: 1000, ...(after ? { after } : {}) } as never } }))
    all.push(...page.units)
    after = (page as { next?: string | null }).next ?? undefined
  } while (after)
  known.value = all
}

export function unitName(code: string | null | undefined): string {
  if (!code) return ''
  return known.value.find((unit) => unit.code === code)?.name ?? code
}

/** The tree, city first. */
export function treeOf(entries: readonly UnitEntry[]): UnitNode[] {
  const nodes = new Map(entries.map((unit) => [unit.code, { value: unit.code, label: unit.name, children: [] as UnitNode[] }]))
  const roots: UnitNode[] = []
  for (const unit of entries) {
    const node = nodes.get(unit.code)
    if (!node) continue
    const parent = unit.parent ? nodes.get(unit.parent) : undefined
    if (parent) parent.children.push(node)
    else roots.push(node)
  }
  return roots
}

// The units of the city, kept for the session; read again when an answer says that they changed, or when they are old.
import { computed, shallowRef, watch } from 'vue'
import { api, ask } from '@/api/client'
import { connection } from '@/api/connection'
import { doubt } from '@/api/doubt'
import { Problem } from '@/api/problems'
import type { components } from '@/api/schema'

export type UnitEntry = components['schemas']['UnitEntry']

export interface UnitNode {
  value: string
  /** As it is called where it is chosen; within the tree it stands under its township. */
  label: string
  name: string
  children: UnitNode[]
}

/** Units are set up rarely: after so long they are asked for once more, milliseconds. */
const OLD = 10 * 60_000
/** Answers that make them doubtful may come in swarms. */
const SELDOM = 60_000
const known = shallowRef<UnitEntry[]>([])
const answered = shallowRef(false)
const problem = shallowRef<Problem | null>(null)
let reading: Promise<void> | null = null
let readAt = -Infinity
let session = 0

export const units = known
/** Until then nobody can say what somebody may do, and what not. */
export const unitsKnown = computed(() => answered.value)
/** Why they are not known; what is old already stays good enough. */
export const unitsProblem = computed(() => (unitsKnown.value ? null : problem.value))

/** There is nothing to wait for once they are known: what is old is read again beside it. What goes wrong is their problem, not the reader's. */
export function readUnits(): Promise<void> {
  const missing = known.value.length === 0
  const asked = missing || Date.now() - readAt > OLD ? rereadUnits().catch(() => undefined) : Promise.resolve()
  return missing ? asked : Promise.resolve()
}

/** Reads all units now, page by page; whoever asks meanwhile gets the same. */
export function rereadUnits(): Promise<void> {
  if (reading) return reading
  const mine = session
  const now = readAll()
    .then((all) => {
      if (mine !== session) return
      known.value = all
      answered.value = true
      problem.value = null
      readAt = Date.now()
    })
    .catch((thrown: unknown) => {
      if (mine === session) problem.value = Problem.of(thrown)
      throw thrown
    })
    .finally(() => {
      if (reading === now) reading = null
    })
  reading = now
  return now
}

/** Whoever signs in next reads for themselves. */
export function forgetUnits(): void {
  session += 1
  reading = null
  known.value = []
  answered.value = false
  problem.value = null
  readAt = -Infinity
}

watch(() => doubt.times, () => {
  if (known.value.length > 0 && Date.now() - readAt > SELDOM) void rereadUnits().catch(() => undefined)
}, { flush: 'sync' })
watch(() => connection.recovered, () => {
  if (unitsProblem.value?.isPassing) void readUnits()
})

async function readAll(): Promise<UnitEntry[]> {
  const all: UnitEntry[] = []
  let after: string | undefined
  do {
    const page = await ask(() => api.GET('/api/v1/units', { params: { query: { limit: 1000, ...(after ? { after } : {}) } as never } }))
    all.push(...page.units)
    after = (page as { next?: string | null }).next ?? undefined
  } while (after)
  return all
}

const byCode = computed(() => new Map(known.value.map((unit) => [unit.code, unit])))

/** Its name; a village's with its township, as every township may have a 示范一村. What else is known of it, or its code, until it is read. */
export function unitName(code: string | null | undefined, otherwise = code): string {
  const unit = byCode.value.get(code ?? '')
  return unit ? calledIn(byCode.value, unit) : (otherwise ?? '')
}
function calledIn(all: ReadonlyMap<string, UnitEntry>, unit: UnitEntry): string {
  const above = unit.level === 'village' && unit.parent ? all.get(unit.parent)?.name : undefined
  return above && !unit.name.startsWith(above) ? `${above}${unit.name}` : unit.name
}

/** The tree, city first. */
export function treeOf(entries: readonly UnitEntry[]): UnitNode[] {
  const all = new Map(entries.map((unit) => [unit.code, unit]))
  const nodes = new Map(entries.map((unit) => [unit.code, { value: unit.code, label: calledIn(all, unit), name: unit.name, children: [] as UnitNode[] }]))
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

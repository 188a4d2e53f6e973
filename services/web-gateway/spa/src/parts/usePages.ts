// A list that is read page by page.
import { computed, ref, shallowRef, type ComputedRef, type Ref, type ShallowRef } from 'vue'
import { Problem } from '@/api/problems'
import { useReading, type Reading } from './useReading'

export interface Page<T> {
  rows: T[]
  next?: string | number | null
  total?: number
}
export interface Pages<T> {
  rows: ShallowRef<T[]>
  total: ComputedRef<number>
  next: Ref<string | number | null>
  reading: Reading<Page<T>>
  more: Ref<boolean>
  problem: Ref<Problem | null>
  readOn: () => Promise<void>
}

/** Reads the first page at once and whenever `reading.again` is called, and further ones by `readOn`. */
export function usePages<T>(read: (after: string | number | null) => Promise<Page<T>>, atOnce = true): Pages<T> {
  const rows = shallowRef<T[]>([])
  const next = ref<string | number | null>(null)
  const more = ref(false)
  const problem = ref<Problem | null>(null) as Ref<Problem | null>
  let list = 0
  const reading = useReading(async () => {
    const mine = ++list
    const page = await read(null)
    if (mine === list) {
      rows.value = page.rows
      next.value = page.next ?? null
      problem.value = null
    }
    return page
  }, atOnce)
  async function readOn(): Promise<void> {
    if (next.value === null || more.value) return
    const mine = list
    more.value = true
    try {
      const page = await read(next.value)
      // The conditions have changed meanwhile: this page belongs to another list.
      if (mine !== list) return
      rows.value = [...rows.value, ...page.rows]
      next.value = page.next ?? null
      problem.value = null
    } catch (thrown) {
      problem.value = Problem.of(thrown)
    } finally {
      more.value = false
    }
  }
  return { rows, next, more, problem, reading, readOn, total: computed(() => reading.data.value?.total ?? rows.value.length) }
}

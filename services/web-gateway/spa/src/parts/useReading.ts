// Something read from the gateway, with its states, read again when asked to, or when a lost connection is back.
import { getCurrentInstance, onBeforeUnmount, onMounted, ref, shallowRef, watch, type Ref, type ShallowRef } from 'vue'
import { connection } from '@/api/connection'
import { Problem } from '@/api/problems'

export interface Reading<T> {
  data: ShallowRef<T | null>
  loading: Ref<boolean>
  problem: Ref<Problem | null>
  /** Reads again; what is shown stays until the new is there. */
  again: () => Promise<void>
}

const shown = new Set<Reading<unknown>>()

/** What the page in front of somebody has read: a command that came too late compares it. */
export function shownReadings(): ReadonlyArray<Reading<unknown>> {
  return [...shown]
}

/** Reads at once and whenever `again` is called; an older answer never replaces a newer one. */
export function useReading<T>(read: () => Promise<T>, atOnce = true): Reading<T> {
  const data = shallowRef<T | null>(null)
  const loading = ref(atOnce)
  const problem = ref<Problem | null>(null) as Ref<Problem | null>
  let turn = 0
  async function again(): Promise<void> {
    const mine = ++turn
    loading.value = true
    try {
      const answer = await read()
      if (mine !== turn) return
      data.value = answer
      problem.value = null
    } catch (thrown) {
      if (mine === turn) problem.value = Problem.of(thrown)
    } finally {
      if (mine === turn) loading.value = false
    }
  }
  const reading: Reading<T> = { data, loading, problem, again }
  if (getCurrentInstance()) {
    shown.add(reading as Reading<unknown>)
    onBeforeUnmount(() => shown.delete(reading as Reading<unknown>))
    watch(() => connection.recovered, () => problem.value?.isPassing && void again())
  }
  if (atOnce) onMounted(again)
  return reading
}

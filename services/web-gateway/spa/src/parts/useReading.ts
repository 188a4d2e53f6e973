// Something read from the gateway, with its states, read again when asked to.
import { onMounted, ref, shallowRef, type Ref, type ShallowRef } from 'vue'
import { Problem } from '@/api/problems'

export interface Reading<T> {
  data: ShallowRef<T | null>
  loading: Ref<boolean>
  problem: Ref<Problem | null>
  /** Reads again; what is shown stays until the new is there. */
  again: () => Promise<void>
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
  if (atOnce) onMounted(again)
  return { data, loading, problem, again }
}

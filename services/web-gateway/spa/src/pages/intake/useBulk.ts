// The same act on several rows: one command after another, a result for each, and what was refused stays marked.
import { computed, reactive, ref, shallowReactive, type ComputedRef, type Ref } from 'vue'
import { submit } from '@/api/client'
import { Problem } from '@/api/problems'
import { bulk as words } from '@/texts/intake'

export interface Result {
  state: 'waiting' | 'done' | 'refused'
  problem: Problem | null
}
export interface Act {
  path: string
  body: Record<string, unknown>
}
export interface Bulk {
  marked: Set<string>
  results: Map<string, Result>
  busy: Ref<boolean>
  all: Ref<number>
  finished: ComputedRef<number>
  /** What came of it, once it is over. */
  said: Ref<string>
  mark: (id: string, on: boolean) => void
  clear: () => void
  stop: () => void
  run: (act: (id: string) => Act) => Promise<void>
}

export function useBulk(send: typeof submit = submit): Bulk {
  const marked = reactive(new Set<string>())
  const results = shallowReactive(new Map<string, Result>())
  const busy = ref(false)
  const all = ref(0)
  const said = ref('')
  // The same command, tried again after a break, is the same command; a corrected one is another.
  const keys = new Map<string, { key: string; said: string }>()
  let stopped = false

  function keyOf(id: string, act: Act): string {
    const saying = JSON.stringify(act)
    const known = keys.get(id)
    if (known?.said === saying) return known.key
    const key = crypto.randomUUID()
    keys.set(id, { key, said: saying })
    return key
  }
  async function run(act: (id: string) => Act): Promise<void> {
    if (busy.value || marked.size === 0) return
    const ids = [...marked]
    busy.value = true
    stopped = false
    said.value = ''
    all.value = ids.length
    results.clear()
    for (const id of ids) results.set(id, { state: 'waiting', problem: null })
    let broken = false
    for (const id of ids) {
      if (stopped) break
      const what = act(id)
      try {
        await send(what.path, what.body, keyOf(id, what))
        results.set(id, { state: 'done', problem: null })
        marked.delete(id)
        keys.delete(id)
      } catch (thrown) {
        const problem = Problem.of(thrown)
        results.set(id, { state: 'refused', problem })
        if (!problem.isPassing) keys.delete(id)
        broken = problem.status === 0
        if (broken) break
      }
    }
    busy.value = false
    const count = (state: Result['state']) => [...results.values()].filter((one) => one.state === state).length
    said.value = `${words.finished(count('done'), count('refused') + count('waiting'))}${broken ? words.broken : stopped ? words.stopped : ''}`
  }
  return {
    marked, results, busy, all, said, run,
    finished: computed(() => [...results.values()].filter((one) => one.state !== 'waiting').length),
    mark: (id, on) => void (on ? marked.add(id) : marked.delete(id)),
    clear: () => {
      marked.clear()
      results.clear()
      said.value = ''
    },
    stop: () => (stopped = true),
  }
}

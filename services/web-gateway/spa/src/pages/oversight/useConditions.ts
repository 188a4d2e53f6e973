// Conditions of a list: what may be shared stands in the address, words that somebody typed do not.
import { computed, onBeforeUnmount, ref, watch, type ComputedRef, type Ref } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { conditions } from './figures'

export interface Conditions {
  asked: ComputedRef<Record<string, string>>
  set: (name: string, value: unknown) => void
  /** Typed words; the list follows when typing rests. */
  text: Ref<string>
  words: Ref<string>
  /** Drops what came with a link. */
  clear: (names: readonly string[]) => void
}

export function useConditions(names: readonly string[], changed: () => void): Conditions {
  const route = useRoute()
  const router = useRouter()
  const path = route.path
  const asked = computed(() => conditions(route.query, names))
  const text = ref('')
  const words = ref('')
  let typing: ReturnType<typeof setTimeout> | undefined
  watch(text, (typed) => {
    clearTimeout(typing)
    typing = setTimeout(() => (words.value = typed.trim()), 300)
  })
  onBeforeUnmount(() => clearTimeout(typing))
  // Another page's address is no condition of this one.
  watch([() => JSON.stringify(asked.value), words], () => route.path === path && changed())
  function replace(drop: readonly string[], more: Record<string, string>): void {
    const kept = Object.entries(route.query).filter(([name]) => !drop.includes(name))
    void router.replace({ query: { ...Object.fromEntries(kept), ...more } })
  }
  return {
    asked, text, words,
    set: (name, value) => replace([name], typeof value === 'boolean' ? (value ? { [name]: 'true' } : {}) : value ? { [name]: String(value) } : {}),
    clear: (dropped) => replace(dropped, {}),
  }
}

// Conditions of a list: what may be shared stands in the address, words that somebody typed do not.
import { computed, onBeforeUnmount, ref, watch, type ComputedRef, type Ref } from 'vue'
import { useRoute, useRouter } from 'vue-router'

export type Query = Record<string, string | boolean>

export interface Conditions {
  /** As they stand in the address. */
  asked: ComputedRef<Record<string, string>>
  /** As a request takes them: yes and no as such, the typed words as `text`, nothing for what is left empty. */
  query: ComputedRef<Query>
  set: (name: string, value: unknown) => void
  /** Typed words; the list follows when typing rests. */
  text: Ref<string>
  words: Ref<string>
  /** Drops conditions; all of them, and the words, if none is named. */
  clear: (names?: readonly string[]) => void
}

/** Words that another page hands over to the next list that opens; they go through no address and no storage. */
export const handedOver = ref('')

/**
 * To use it: name the conditions that the list's path in the OpenAPI document knows, and what to do when they change.
 *
 *     const conditions = useConditions(['unit', 'overdue', 'as_of'], () => void pages.reading.again())
 *     const pages = usePages((after) => { const query = fresh({ limit: 50, ...conditions.query.value, … }) … })
 *
 * `ConditionedList` shows both: fields for some conditions, tags for those that came with a link, the rows, the file.
 */
export function useConditions(names: readonly string[], changed: () => void): Conditions {
  const route = useRoute()
  const router = useRouter()
  const path = route.path
  const asked = computed(() => conditionsOf(route.query, names))
  const text = ref(handedOver.value)
  const words = ref(handedOver.value)
  handedOver.value = ''
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
    query: computed(() => queryOf({ ...asked.value, text: words.value })),
    set: (name, value) => replace([name], typeof value === 'boolean' ? (value ? { [name]: 'true' } : {}) : value ? { [name]: String(value) } : {}),
    clear: (dropped) => {
      if (!dropped) text.value = ''
      replace(dropped ?? names, {})
    },
  }
}

/** The conditions of an address that a list knows. */
export function conditionsOf(query: Readonly<Record<string, unknown>>, names: readonly string[]): Record<string, string> {
  const found: Record<string, string> = {}
  for (const name of names) {
    const value = query[name]
    const one: unknown = Array.isArray(value) ? value[0] : value
    if (typeof one === 'string' && one !== '') found[name] = one
  }
  return found
}

/** As the request takes it. */
export function queryOf(conditions: Readonly<Record<string, string>>): Query {
  const query: Query = {}
  for (const [name, value] of Object.entries(conditions)) {
    const text = value.trim()
    if (text !== '') query[name] = text === 'true' ? true : text === 'false' ? false : text
  }
  return query
}

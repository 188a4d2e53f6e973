// A form that survives a reload: kept in this tab's sessionStorage, and gone once it is sent or somebody signs out.
import { onBeforeUnmount, ref, watch, type Ref } from 'vue'

const PREFIX = 'mingcha.draft.'

export interface Draft<T> {
  draft: Ref<T>
  /** When what is shown had been kept, if it is not a new form. */
  keptAt: Ref<string | null>
  /** Back to an empty form; nothing is kept any more. */
  discard: () => void
}

/**
 * `name` says whose form about what it is, e.g. `inspection.<account>.<case>`. Only for what holds nothing of reporters.
 * What is kept and does not fit any more is dropped.
 */
export function useDraft<T extends object>(name: string, empty: () => T, fits: (kept: unknown) => kept is T, now: () => number): Draft<T> {
  const kept = keptDraft(name)
  const good = kept && fits(kept.value) ? kept : null
  const draft = ref(good ? good.value : empty()) as Ref<T>
  const keptAt = ref<string | null>(good ? good.at : null)
  let soon: ReturnType<typeof setTimeout> | undefined
  let discarded = false
  function keep(): void {
    clearTimeout(soon)
    soon = undefined
    if (discarded) return
    keepDraft(name, draft.value, now())
  }
  watch(draft, () => {
    discarded = false
    soon ??= setTimeout(keep, 400)
  }, { deep: true, flush: 'sync' })
  onBeforeUnmount(() => {
    if (soon !== undefined) keep()
  })
  return {
    draft, keptAt,
    discard: () => {
      draft.value = empty()
      keptAt.value = null
      clearTimeout(soon)
      soon = undefined
      discarded = true
      dropDraft(name)
    },
  }
}

export function keepDraft(name: string, value: unknown, at: number): void {
  try {
    sessionStorage.setItem(`${PREFIX}${name}`, JSON.stringify({ at: new Date(at).toISOString(), value }))
  } catch {
    // Without storage the form works all the same, only not over a reload.
  }
}

export function dropDraft(name: string): void {
  sessionStorage.removeItem(`${PREFIX}${name}`)
}

export function keptDraft(name: string): { at: string; value: unknown } | null {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(`${PREFIX}${name}`) ?? 'null')
    return typeof kept === 'object' && kept !== null && 'at' in kept && 'value' in kept ? { at: String(kept.at), value: kept.value } : null
  } catch {
    return null
  }
}

/** Whether something was filled in in this tab and not sent. */
export function hasDrafts(): boolean {
  return typeof sessionStorage !== 'undefined' && Object.keys(sessionStorage).some((key) => key.startsWith(PREFIX))
}

/** Drops every draft of this tab. */
export function forgetDrafts(): void {
  if (typeof sessionStorage === 'undefined') return
  for (const key of Object.keys(sessionStorage)) if (key.startsWith(PREFIX)) sessionStorage.removeItem(key)
}

// The city's time as something that moves: one timer for everything that shows what is left, however much that is.
import { computed, onBeforeUnmount, ref, type ComputedRef } from 'vue'
import { session } from '@/session'

/** Minutes are shown: so often nobody sees one that has gone, milliseconds. */
const EVERY = 15_000
const at = ref(Date.now())
const instant = computed(() => at.value + session.ahead)
let watching = 0
let timer: ReturnType<typeof setInterval> | undefined

function tick(): void {
  at.value = Date.now()
}

/** The city's time, moving while somebody looks at it; a window that comes back into sight has it at once. */
export function useInstant(): ComputedRef<number> {
  watching += 1
  if (watching === 1) {
    tick()
    timer = setInterval(tick, EVERY)
    document.addEventListener('visibilitychange', tick)
  }
  onBeforeUnmount(() => {
    watching -= 1
    if (watching > 0) return
    clearInterval(timer)
    document.removeEventListener('visibilitychange', tick)
  })
  return instant
}

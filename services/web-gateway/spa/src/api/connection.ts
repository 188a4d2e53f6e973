// Whether the gateway can be reached: learnt from every request, tried again until it can, told to whoever waits for it.
import { reactive, readonly } from 'vue'

const state = reactive({ reachable: true, recovered: 0 })
let next: ReturnType<typeof setTimeout> | undefined
let wait = 0

/** `recovered` counts up whenever a lost connection is there again: read then what could not be read. */
export const connection = readonly(state)

/** Something was answered. */
export function reached(): void {
  clearTimeout(next)
  wait = 0
  if (state.reachable) return
  state.reachable = true
  state.recovered += 1
}

/** Nothing was answered; from now on it is tried again, ever less often. */
export function missed(): void {
  state.reachable = false
  clearTimeout(next)
  wait = Math.min(wait === 0 ? 2_000 : wait * 2, 30_000)
  next = setTimeout(() => void tryNow(), wait)
}

/** Tries at once. */
export async function tryNow(): Promise<void> {
  try {
    const { status } = await fetch('/api/v1/session', { cache: 'no-store' })
    // A proxy answers for a gateway that is away.
    if (status >= 500) missed()
    else reached()
  } catch {
    missed()
  }
}

if (typeof window !== 'undefined') {
  window.addEventListener('offline', missed)
  window.addEventListener('online', () => void tryNow())
}

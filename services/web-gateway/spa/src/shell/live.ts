// The work list as a stream: how many, how many overdue, that it has become another one; and that somebody was written to.
import { reactive, readonly, watch } from 'vue'
import { api, ask } from '@/api/client'
import { connection } from '@/api/connection'

const state = reactive({ total: 0, overdue: 0, position: 0, notices: 0, connected: false, begun: false, why: '' })
/** What the browser does not try again by itself is tried again after so long, milliseconds. */
const AFTER = [2_000, 5_000, 15_000, 60_000]
let source: EventSource | null = null
let later: ReturnType<typeof setTimeout> | undefined
let tries = 0
/** A stream that ends sooner than this after it was opened would end again, milliseconds. */
const LASTED = 5_000
let whose = ''

export const live = readonly(state)

/** Listens until `stop`; each event says all there is to say, so a break loses nothing. */
export function listen(role: string): void {
  stop()
  whose = role
  const mine = new EventSource(`/api/v1/work/stream?role=${encodeURIComponent(role)}`)
  source = mine
  let opened = Date.now()
  mine.addEventListener('open', () => {
    opened = Date.now()
    state.connected = true
    state.begun = true
    state.why = ''
    tries = 0
  })
  mine.addEventListener('work', (event) => {
    const told = JSON.parse((event as MessageEvent<string>).data) as { total?: number; overdue?: number; position?: number }
    state.total = told.total ?? 0
    state.overdue = told.overdue ?? 0
    state.position = told.position ?? 0
    state.connected = true
  })
  mine.addEventListener('notices', () => {
    state.notices += 1
  })
  mine.addEventListener('ended', (event) => {
    const told = JSON.parse((event as MessageEvent<string>).data || '{}') as { detail?: string }
    // Whoever signs signs in anew, and the stream of the session before ends: the next one is there at once.
    mine.close()
    const later = (): void => {
      state.why = told.detail ?? ''
      again(role, mine)
    }
    if (Date.now() - opened < LASTED) later()
    else void back(role, mine, later)
  })
  mine.addEventListener('error', () => {
    state.connected = false
    state.begun = true
    // The browser comes back by itself from a break, but not from a refusal or a gateway that is away.
    if (mine.readyState === EventSource.CLOSED) again(role, mine)
  })
}

/** With the line back there is nothing to wait for: a stream may hang on the lost one for minutes. */
watch(() => connection.recovered, () => source && listen(whose))

/** Comes back later; if the session is what ended, after it has been begun again. */
function again(role: string, mine: EventSource): void {
  if (source !== mine) return
  state.connected = false
  mine.close()
  later = setTimeout(() => void back(role, mine, () => again(role, mine)), AFTER[Math.min(tries++, AFTER.length - 1)])
}
/** Listens again if the session is one. */
async function back(role: string, mine: EventSource, without: () => void): Promise<void> {
  const isOne = await ask(() => api.GET('/api/v1/session')).then(() => true, () => false)
  if (source !== mine) return
  if (isOne) listen(role)
  else without()
}

export function stop(): void {
  clearTimeout(later)
  source?.close()
  source = null
}

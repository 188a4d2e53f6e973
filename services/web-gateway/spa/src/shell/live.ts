// The work list as a stream: how many, how many overdue, and that it has become another one.
import { reactive, readonly } from 'vue'

const state = reactive({ total: 0, overdue: 0, position: 0, connected: false, begun: false, why: '' })
let source: EventSource | null = null

export const live = readonly(state)

/** Listens until `stop`; the browser comes back by itself after a break, and each event says all there is to say. */
export function listen(role: string): void {
  stop()
  source = new EventSource(`/api/v1/work/stream?role=${encodeURIComponent(role)}`)
  source.addEventListener('open', () => {
    state.connected = true
    state.begun = true
    state.why = ''
  })
  source.addEventListener('work', (event) => {
    const told = JSON.parse((event as MessageEvent<string>).data) as { total?: number; overdue?: number; position?: number }
    state.total = told.total ?? 0
    state.overdue = told.overdue ?? 0
    state.position = told.position ?? 0
    state.connected = true
  })
  source.addEventListener('ended', (event) => {
    const told = JSON.parse((event as MessageEvent<string>).data || '{}') as { detail?: string }
    state.why = told.detail ?? ''
    state.connected = false
    stop()
  })
  source.addEventListener('error', () => {
    state.connected = false
  })
}

export function stop(): void {
  source?.close()
  source = null
}

// Who is signed in, in which role they act, and how they sign in again without losing the page.
import { computed, reactive, readonly } from 'vue'
import { api, ask, authorize } from './api/client'
import type { components } from './api/schema'

export type SessionView = components['schemas']['SessionView']

interface State {
  view: SessionView | null
  role: string
  /** The session has ended while somebody was at work: a dialog asks for the password. */
  ended: boolean
  /** What the city's time is ahead of this machine's, milliseconds. */
  ahead: number
}

const ROLE = 'mingcha.role'
const state = reactive<State>({ view: null, role: '', ended: false, ahead: 0 })
let waiting: Array<() => void> = []

export const session = readonly(state)
export const signedIn = computed(() => state.view !== null)

authorize(
  () => (state.view ? { csrfToken: state.view.csrf_token, role: state.role } : null),
  () =>
    new Promise<void>((resolve) => {
      state.ended = true
      waiting.push(resolve)
    }),
)

function begin(view: SessionView): void {
  state.view = view
  state.ahead = Date.parse(view.now) - Date.now()
  const held = view.roles.map((role) => role.code)
  const last = sessionStorage.getItem(ROLE) ?? ''
  if (!held.includes(state.role)) state.role = held.includes(last) ? last : (held[0] ?? '')
  state.ended = false
  const resumed = waiting
  waiting = []
  for (const resume of resumed) resume()
}

/** Takes up a session that this browser still has. */
export async function resume(): Promise<void> {
  const answered = await api.GET('/api/v1/session').catch(() => null)
  if (answered?.data) begin(answered.data)
}

export async function signIn(account: string, password: string): Promise<void> {
  begin(await ask(() => api.POST('/api/v1/session', { body: { account: account.trim(), password } })))
}

export async function signOut(): Promise<void> {
  await api.DELETE('/api/v1/session', { params: { header: { 'X-CSRF-Token': state.view?.csrf_token ?? '' } } }).catch(() => null)
  state.view = null
  state.ended = false
  sessionStorage.removeItem(ROLE)
}

export function actAs(role: string): void {
  state.role = role
  sessionStorage.setItem(ROLE, role)
}

/** The city's time now; a demonstration may be ahead of the clock on the wall. */
export function now(): number {
  return Date.now() + state.ahead
}

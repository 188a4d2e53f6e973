// Who is signed in, in which role they act, and how they sign in again without losing the page.
import { computed, reactive, readonly } from 'vue'
import { api, askOnce, authorize } from './api/client'
import { Problem } from './api/problems'
import { forgetPeople } from './parts/people'
import { forgetUnits } from './parts/units'
import { forgetDrafts } from './parts/useDraft'
import { troubles } from './texts/common'
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
let waiting: Array<{ go: () => void; leave: (why: Problem) => void }> = []

export const session = readonly(state)
export const signedIn = computed(() => state.view !== null)

authorize(
  () => (state.view ? { csrfToken: state.view.csrf_token, role: state.role } : null),
  () =>
    new Promise<void>((go, leave) => {
      state.ended = true
      waiting.push({ go, leave })
    }),
  () => takeUp(),
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
  for (const { go } of resumed) go()
}

/** What another window has begun anew; if somebody else signed in there, this window shows nothing of theirs. */
async function takeUp(): Promise<void> {
  const account = state.view?.account
  const answered = await api.GET('/api/v1/session').catch(() => null)
  if (!answered?.data) return
  if (account && answered.data.account !== account) window.location.reload()
  else begin(answered.data)
}

/** Takes up a session that this browser still has. */
export async function resume(): Promise<void> {
  const answered = await api.GET('/api/v1/session').catch(() => null)
  if (answered?.data) begin(answered.data)
}

export async function signIn(account: string, password: string): Promise<void> {
  begin(await askOnce(() => api.POST('/api/v1/session', { body: { account: account.trim(), password } })))
}

export async function signOut(): Promise<void> {
  await api.DELETE('/api/v1/session', { params: { header: { 'X-CSRF-Token': state.view?.csrf_token ?? '' } } }).catch(() => null)
  forget()
}

/** Nothing of whoever was here stays: no draft, no role, no request that waits. */
export function forget(): void {
  state.view = null
  state.ended = false
  sessionStorage.removeItem(ROLE)
  forgetDrafts()
  forgetUnits()
  forgetPeople()
  const left = waiting
  waiting = []
  for (const { leave } of left) leave(new Problem({ status: 401, code: 'console.left', ...troubles.signedOut }))
}

export function actAs(role: string): void {
  state.role = role
  sessionStorage.setItem(ROLE, role)
}

/** The city's time now; a demonstration may be ahead of the clock on the wall. */
export function now(): number {
  return Date.now() + state.ahead
}

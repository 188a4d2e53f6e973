// Requests to the gateway: typed by its OpenAPI document, with token, role and a key by which a repetition is recognised.
import createClient, { type Middleware } from 'openapi-fetch'
import { missed, reached } from './connection'
import { doubted } from './doubt'
import type { paths } from './schema'
import { Problem } from './problems'
import { troubles } from '@/texts/common'

/** What the session lends to every request. */
export interface Credentials {
  csrfToken: string
  role: string
}

let credentials: () => Credentials | null = () => null
let signInAgain: () => Promise<void> = () => Promise.reject(new Error('no session'))
let renew: () => Promise<void> = () => Promise.resolve()

/**
 * Tells the client whose requests these are, how to sign in again without losing the page, and how to take up a session that
 * another window has begun anew.
 */
export function authorize(lends: () => Credentials | null, again: () => Promise<void>, takeUp: () => Promise<void>): void {
  credentials = lends
  signInAgain = again
  renew = takeUp
}

/** Waits until the session is there again; for requests that do not go through `ask`. */
export function sessionAgain(): Promise<void> {
  return signInAgain()
}

const sign: Middleware = {
  onRequest({ request }) {
    const lent = credentials()
    if (!lent) return request
    if (lent.role) request.headers.set('X-Mingcha-Role', lent.role)
    if (request.method !== 'GET') {
      request.headers.set('X-CSRF-Token', lent.csrfToken)
      if (!request.headers.has('Idempotency-Key')) request.headers.set('Idempotency-Key', crypto.randomUUID())
    }
    return request
  },
}

export const api = createClient<paths>({ baseUrl: '' })
api.use(sign)

/** The header that every POST has; `sign` fills in whose it is. */
export const SIGNED = { 'X-CSRF-Token': '' } as const

interface Answered<T> {
  data?: T
  error?: unknown
  response: Response
}

/**
 * The answer of a request, or a `Problem`. An ended session is begun again in a dialog, and the request repeated: what was
 * typed stays where it is.
 */
export async function ask<T>(request: () => Promise<Answered<T>>): Promise<T> {
  let answered = await once(request)
  // The token of a session that another window has begun anew: nothing was decided, so it is sent once more.
  if (answered.response.status === 403 && codeOf(answered.error) === 'gateway.csrf_token' && credentials()) {
    await renew()
    answered = await once(request)
  }
  if (answered.response.status === 401 && credentials()) {
    await signInAgain()
    answered = await once(request)
  }
  return unwrap(answered)
}

/** The same without signing in again: for signing in itself. */
export async function askOnce<T>(request: () => Promise<Answered<T>>): Promise<T> {
  return unwrap(await once(request))
}

function codeOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : ''
}

async function once<T>(request: () => Promise<Answered<T>>): Promise<Answered<T>> {
  try {
    const answered = await request()
    reached()
    return answered
  } catch (thrown) {
    if (!(thrown instanceof Problem)) missed()
    throw Problem.of(thrown)
  }
}

function unwrap<T>({ data, error, response }: Answered<T>): T {
  if (response.ok) return data as T
  doubted(response.status)
  const wait = response.headers.get('retry-after')
  const told = error as ConstructorParameters<typeof Problem>[0] | undefined
  throw new Problem(
    told?.detail
      ? { ...told, ...(wait ? { retry_after: Number(wait) } : {}) }
      : { status: response.status, code: 'console.no_answer', ...troubles.noAnswer },
  )
}

/** The position of the latest command of this page; the ledger is asked to have read that far. */
let latest = 0
export function remember(position: number): void {
  latest = Math.max(latest, position)
}
/** Adds to a query of the ledger that one's own latest command must be in the answer. */
export function fresh<Q extends object>(query?: Q): Q & { wait_for_position?: number } {
  const asked = { ...query } as Q & { wait_for_position?: number }
  if (latest > 0) asked.wait_for_position = latest
  return asked
}

/** A request by its path as text, for commands that a page describes; the body is JSON. */
export async function submit(path: string, body: unknown, key: string, revision?: number): Promise<CommandReply> {
  const reply = await ask<CommandReply>(async () => {
    const lent = credentials()
    const headers: Record<string, string> = { 'Content-Type': 'application/json', 'Idempotency-Key': key }
    if (lent) headers['X-CSRF-Token'] = lent.csrfToken
    if (lent?.role) headers['X-Mingcha-Role'] = lent.role
    if (revision !== undefined) headers['If-Match'] = String(revision)
    const response = await fetch(path, { method: 'POST', headers, body: JSON.stringify(body) })
    const json: unknown = await response.json().catch(() => undefined)
    return response.ok ? { data: json as CommandReply, response } : { error: json, response }
  })
  // What answers with more than the command has its reply within.
  remember(reply?.position ?? reply?.reply?.position ?? 0)
  return reply
}

export interface CommandReply {
  id?: string
  revision?: number
  position?: number
  reply?: { position?: number }
  [more: string]: unknown
}

/** For uploads, which go another way to tell how far they have come. */
export function credentialsNow(): Credentials | null {
  return credentials()
}

// Whether the gateway can serve and which parts do not answer it, as `/readyz` tells.

export interface Readiness {
  ready: boolean
  directory_view: boolean
  away: string[]
}
/** What the gateway asks after; it names only those that are away. */
export const ASKED_AFTER = ['directory', 'tip-intake', 'case-assignment', 'disposal-tracking', 'accountability-escalation', 'result-reporting', 'ledger', 'audit-replay', 'notification', 'redis'] as const

/** Null if what came is not the gateway's answer: a proxy may keep this path to itself. */
export function readinessOf(answer: unknown): Readiness | null {
  if (typeof answer !== 'object' || answer === null) return null
  const { ready, directory_view: view, away } = answer as Partial<Readiness>
  if (typeof ready !== 'boolean' || !Array.isArray(away)) return null
  return { ready, directory_view: view === true, away: away.filter((name): name is string => typeof name === 'string') }
}
/** Not ready is an answer as well, with status 503. */
export async function readReadiness(): Promise<Readiness | null> {
  const response = await fetch('/readyz', { headers: { Accept: 'application/json' } }).catch(() => null)
  return readinessOf(await response?.json().catch(() => null))
}

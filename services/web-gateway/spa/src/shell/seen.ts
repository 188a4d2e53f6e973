// What somebody has already looked at on this device: short sums of the items' names, never the names themselves.

const PREFIX = 'mingcha.seen.'
const MOST = 1000

/** A short sum of a name (FNV-1a); two that coincide only make one item look seen. */
export function sum(name: string): string {
  let hash = 0x811c9dc5
  for (let index = 0; index < name.length; index += 1) hash = Math.imul(hash ^ name.charCodeAt(index), 0x01000193)
  return (hash >>> 0).toString(36)
}

export function readSeen(account: string): Set<string> {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(PREFIX + sum(account)) ?? '[]')
    return new Set(Array.isArray(kept) ? kept.map(String) : [])
  } catch {
    return new Set()
  }
}

export function keepSeen(account: string, seen: ReadonlySet<string>): void {
  try {
    localStorage.setItem(PREFIX + sum(account), JSON.stringify([...seen].slice(-MOST)))
  } catch {
    // Without storage everything is new the next time.
  }
}

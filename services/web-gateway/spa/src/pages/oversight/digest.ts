// The SHA-256 of the exact bytes of a list, computed where it is read.

/** Hexadecimal; null where the browser cannot compute it. */
export async function digestOf(canonical: string): Promise<string | null> {
  if (!globalThis.crypto?.subtle) return null
  const bytes = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(canonical))
  return [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}

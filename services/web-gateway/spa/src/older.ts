// What the console cannot do without and the oldest browsers that are named in vite.config.ts do not have: before anything asks for it.

/** A random UUID of version 4, as `crypto.randomUUID` makes them: Firefox has that from 95 on. */
export function randomId(): ReturnType<Crypto['randomUUID']> {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  bytes[6] = (bytes[6]! & 0x0f) | 0x40
  bytes[8] = (bytes[8]! & 0x3f) | 0x80
  const hex = Array.from(bytes, (one) => one.toString(16).padStart(2, '0')).join('')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}

crypto.randomUUID ??= randomId

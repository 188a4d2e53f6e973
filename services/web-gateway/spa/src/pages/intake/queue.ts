// Going through a queue that changes under one's hands: what comes next and before, also after the present one has gone.

/** The one after; at the end the first again; nothing if there is no other. */
export function after(ids: readonly string[], present: string, lastAt = 0): string {
  return step(ids, present, 1, lastAt)
}
/** The one before; at the beginning the last. */
export function before(ids: readonly string[], present: string, lastAt = 0): string {
  return step(ids, present, -1, lastAt)
}

function step(ids: readonly string[], present: string, by: 1 | -1, lastAt: number): string {
  const at = ids.indexOf(present)
  const others = ids.length - (at < 0 ? 0 : 1)
  if (others <= 0) return ''
  // Whoever has gone left the place to the next one.
  const to = at >= 0 ? at + by : by === 1 ? lastAt : lastAt - 1
  return ids[((to % ids.length) + ids.length) % ids.length] ?? ''
}

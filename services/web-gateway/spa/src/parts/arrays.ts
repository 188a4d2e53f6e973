// What newer browsers do with lists by themselves; the oldest ones that are named in vite.config.ts do not.

/** The last one that fits. */
export function lastFitting<T>(list: readonly T[], fits: (one: T) => boolean): T | undefined {
  for (let at = list.length - 1; at >= 0; at -= 1) if (fits(list[at] as T)) return list[at]
  return undefined
}
/** Turned around; the list itself stays as it is. */
export function reversed<T>(list: readonly T[]): T[] {
  return [...list].reverse()
}
/** One of its own, down to the last leaf, of what came as JSON and can be sent as such. */
export function copied<T>(whole: T): T {
  return JSON.parse(JSON.stringify(whole)) as T
}

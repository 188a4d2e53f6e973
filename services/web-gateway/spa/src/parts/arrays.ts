// What newer browsers do with lists by themselves; the oldest ones that are named in vite.config.ts do not.

/** Where the last one is that fits; -1 if none does. */
export function lastFittingAt<T>(list: readonly T[], fits: (one: T) => boolean): number {
  for (let at = list.length - 1; at >= 0; at -= 1) if (fits(list[at] as T)) return at
  return -1
}
/** The last one that fits. */
export function lastFitting<T>(list: readonly T[], fits: (one: T) => boolean): T | undefined {
  return list[lastFittingAt(list, fits)]
}
/** Turned around; the list itself stays as it is. */
export function reversed<T>(list: readonly T[]): T[] {
  return [...list].reverse()
}
/** One of its own, down to the last leaf, of what came as JSON and can be sent as such. */
export function copied<T>(whole: T): T {
  return JSON.parse(JSON.stringify(whole)) as T
}

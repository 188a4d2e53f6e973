// Where a caller means: governments of the tree found by what is typed, and guessed from the words of the place.
import type { UnitEntry } from '@/parts/units'

/** A government with its way down from the county, as it is shown and searched. */
export interface PlaceEntry {
  code: string
  name: string
  level: string
  /** `沭阳县 胡集镇 示范一村` */
  path: string
  /** The names above it, nearest first. */
  above: string[]
}

const SUFFIX = /(自治县|街道办事处|街道|居委会|村委会|社区|新区|县|区|镇|乡|村)$/

/** All governments below the city, each with its way down. */
export function placesOf(units: readonly UnitEntry[]): PlaceEntry[] {
  const byCode = new Map(units.map((unit) => [unit.code, unit]))
  return units
    .filter((unit) => unit.kind === 'government' && unit.level !== 'city')
    .map((unit) => {
      const above: string[] = []
      let parent = unit.parent ? byCode.get(unit.parent) : undefined
      while (parent && parent.level !== 'city' && above.length < 6) {
        above.push(parent.name)
        parent = parent.parent ? byCode.get(parent.parent) : undefined
      }
      return { code: unit.code, name: unit.name, level: unit.level, above, path: [...above].reverse().concat(unit.name).join(' ') }
    })
}

/** `胡集镇` → `胡集`; a name of one character stays whole. */
export function shortName(name: string): string {
  const short = name.replace(SUFFIX, '')
  return short.length >= 2 ? short : name
}

function isSubsequence(typed: string, path: string): boolean {
  let at = 0
  for (const character of path) if (character === typed[at]) at += 1
  return at === typed.length
}

/** What was typed, best first: its own name before the names above it; `胡集示范` finds the villages of 胡集镇. */
export function searchPlaces(places: readonly PlaceEntry[], typed: string, most = 8): PlaceEntry[] {
  const wanted = typed.replace(/[\s·]/g, '')
  if (wanted === '') return []
  const score = (place: PlaceEntry): number => {
    if (place.name === wanted || place.code === wanted) return 5
    if (place.name.startsWith(wanted)) return 4
    if (place.name.includes(wanted)) return 3
    if (/^\d+$/.test(wanted)) return place.code.startsWith(wanted) ? 2 : 0
    const path = place.path.replaceAll(' ', '')
    if (path.includes(wanted)) return 2
    return isSubsequence(wanted, path) ? 1 : 0
  }
  return places
    .map((place) => ({ place, score: score(place) }))
    .filter((one) => one.score > 0)
    .sort((a, b) => b.score - a.score || a.place.path.length - b.place.path.length || a.place.code.localeCompare(b.place.code))
    .slice(0, most)
    .map((one) => one.place)
}

/** The places whose names stand in the words, the deepest and best supported; several if the words leave it open. */
export function guessPlaces(places: readonly PlaceEntry[], words: string, most = 6): PlaceEntry[] {
  const text = words.replace(/\s/g, '')
  const says = (name: string): boolean => text.includes(name) || text.includes(shortName(name))
  const depth: Record<string, number> = { county: 1, township: 2, village: 3 }
  const named = places
    .filter((place) => says(place.name))
    .map((place) => ({ place, weight: (depth[place.level] ?? 0) + 4 * place.above.filter(says).length + (text.includes(place.name) ? 2 : 0) }))
    .sort((a, b) => b.weight - a.weight || a.place.code.localeCompare(b.place.code))
  const best = named[0]?.weight
  return named.filter((one) => one.weight === best).slice(0, most).map((one) => one.place)
}

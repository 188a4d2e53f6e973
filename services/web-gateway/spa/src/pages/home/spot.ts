// Where somebody stood, and how far from the site that is.
import { inspection as words } from '@/texts/cases'
import type { Coordinates, Inspection } from './caseState'

/** Whoever stands farther from the site says why (`case.visit_elsewhere`). */
export const FAR_METRES = 1000
const EARTH_RADIUS_METRES = 6_371_000

/** Great-circle distance in metres. */
export function metresBetween(one: Coordinates, other: Coordinates): number {
  const radians = (degrees: number) => (degrees * Math.PI) / 180
  const half = (a: number, b: number) => Math.sin(radians(b - a) / 2) ** 2
  const across = Math.cos(radians(one.latitude)) * Math.cos(radians(other.latitude)) * half(one.longitude, other.longitude)
  return 2 * EARTH_RADIUS_METRES * Math.asin(Math.min(1, Math.sqrt(half(one.latitude, other.latitude) + across)))
}

/** `320 米`, `19.8 公里`. */
export function distance(metres: number): string {
  return metres < FAR_METRES ? words.metres(Math.round(metres / 10) * 10) : words.kilometres((metres / 1000).toFixed(1))
}

export function isFar(site: Coordinates | null, visit: Coordinates | null | undefined): boolean {
  return site !== null && !!visit && metresBetween(site, visit) > FAR_METRES
}

/** Where a visit was recorded, beside where the case is; nothing for visits from before that was kept. */
export function whereOf(visit: Inspection, site: Coordinates | null): string {
  const at = visit.coordinates
  if (!at) return visit.no_coordinates ? words.notLocated(visit.no_coordinates) : ''
  const spot = words.coordinatesAt(at.latitude, at.longitude)
  return site ? `${spot}，${words.apart(distance(metresBetween(site, at)))}` : spot
}

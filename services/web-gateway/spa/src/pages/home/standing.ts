// Where the person at the screen stands in the tree of units: what they cover, what they lead, for whom they sign.
import { session } from '@/session'
import { units, type UnitEntry } from '@/parts/units'

/** Who looks at a page, as far as it decides what is offered; the gateway decides in the end. */
export interface Viewer {
  role: string
  account: string
  unit: string
  /** city | county | township | village; empty while the units are not read. */
  level: string
  /** government | department | office | supervision | discipline | political_legal */
  kind: string
  levelOf: (unit: string | null | undefined) => string
  parentOf: (unit: string | null | undefined) => string
  kindOf: (unit: string | null | undefined) => string
  /** Whether the unit lies in the area for which the viewer's unit acts. */
  covers: (unit: string | null | undefined) => boolean
}

const LEVELS = ['city', 'county', 'township', 'village']

/** The viewer of a session, over the units that are known. */
export function viewerOf(role: string, account: string, unit: string, known: readonly UnitEntry[]): Viewer {
  const byCode = new Map(known.map((one) => [one.code, one]))
  const lineage = (code: string | null | undefined): UnitEntry[] => {
    const found: UnitEntry[] = []
    let next = code ? byCode.get(code) : undefined
    while (next && found.length < 8) {
      found.push(next)
      next = next.parent ? byCode.get(next.parent) : undefined
    }
    return found
  }
  // Offices and departments act for the government they belong to.
  const seat = lineage(unit).find((one) => one.kind === 'government')?.code
  return {
    role,
    account,
    unit,
    level: byCode.get(unit)?.level ?? '',
    kind: byCode.get(unit)?.kind ?? '',
    levelOf: (code) => (code ? (byCode.get(code)?.level ?? '') : ''),
    parentOf: (code) => (code ? (byCode.get(code)?.parent ?? '') : ''),
    kindOf: (code) => (code ? (byCode.get(code)?.kind ?? '') : ''),
    covers: (code) => seat !== undefined && lineage(code).some((one) => one.code === seat),
  }
}

/** The viewer now. */
export function viewerNow(): Viewer {
  return viewerOf(session.role, session.view?.account ?? '', session.view?.unit ?? '', units.value)
}

/** Governments and the office of the joint conference direct; departments and supervisors do not. */
export function directs(viewer: Viewer): boolean {
  return viewer.kind === 'government' || viewer.kind === 'office'
}

/** The level above; the city for the city's own. */
export function levelAbove(level: string): string {
  const at = LEVELS.indexOf(level)
  return at < 0 ? '' : (LEVELS[Math.max(0, at - 1)] ?? '')
}

/** A leader of the level above the unit: who reviews and approves, never the unit itself. */
export function leadsAbove(viewer: Viewer, unit: string | null | undefined): boolean {
  return (
    viewer.role === 'leader' && directs(viewer) && viewer.unit !== unit &&
    levelAbove(viewer.levelOf(unit)) === viewer.level && viewer.covers(unit)
  )
}

/** A leader of the city itself, of its office or of the discipline inspectors. */
export function leadsTheCity(viewer: Viewer): boolean {
  return viewer.role === 'leader' && viewer.level === 'city' && (directs(viewer) || viewer.kind === 'discipline')
}

/** Covers the whole city. */
export function isOfTheCity(viewer: Viewer): boolean {
  return viewer.level === 'city'
}

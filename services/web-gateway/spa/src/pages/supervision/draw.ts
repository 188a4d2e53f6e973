// A draw of spot checks: where it stands, what may be done with it, and the lot done again where it is read.
import { digestOf } from '@/pages/oversight/digest'
import { directs, type Viewer } from '@/pages/home/standing'
import { draws as texts } from '@/texts/supervision'
import type { components } from '@/api/schema'
import type { Command, Field } from '@/parts/commands'

export type Draw = components['schemas']['GetDrawResponse']
export type Stratum = components['schemas']['DrawStratum']
export type DrawStanding = 'waiting' | 'due' | 'made' | 'cancelled'

/** What a list of draws tells of each is enough for where it stands. */
export interface Announced {
  draw_id: string
  seed?: string | null
  seed_at: string
  cancelled_because?: string | null
  digits?: number | null
}

export function standingOf(draw: Announced, at: number): DrawStanding {
  if (draw.cancelled_because !== null && draw.cancelled_because !== undefined) return 'cancelled'
  if (draw.seed !== null && draw.seed !== undefined) return 'made'
  return at >= Date.parse(draw.seed_at) ? 'due' : 'waiting'
}

/** Of a county's sites: its share, rounded up, at least so many, and never more than there are. */
export function sampleSize(sites: number, percent: number, atLeast: number): number {
  return Math.min(sites, Math.max(atLeast, Math.ceil((sites * percent) / 100)))
}

/** The list as it is digested: by county and case id, ascending, each on a line of its own. */
export function canonical(list: readonly Stratum[]): string {
  const lines = list.flatMap((stratum) => stratum.case_ids.map((id) => `${stratum.county} ${id}\n`))
  return lines.sort(ascending).join('')
}
function ascending(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0
}

/** What a stranger comes to from the published list and seed alone; null where the browser cannot compute it. */
export interface Redrawn {
  digest: string
  sameDigest: boolean
  /** Absent until there is a seed. */
  sameChoice: boolean | null
  /** The seed is so many digits as were announced. */
  seedFits: boolean
}

export async function redraw(draw: Draw): Promise<Redrawn | null> {
  const digest = await digestOf(canonical(draw.list))
  if (digest === null) return null
  const seed = draw.seed ?? null
  const seedFits = seed === null || draw.digits === null || draw.digits === undefined || new RegExp(`^[0-9]{${draw.digits}}$`).test(seed)
  if (seed === null) return { digest, sameDigest: digest === draw.digest, sameChoice: null, seedFits }
  const expected = new Map<string, string[]>()
  for (const { county, case_ids: ids } of draw.list) {
    const tickets = await Promise.all(ids.map(async (id) => ({ id, ticket: (await digestOf(`${seed}|${digest}|${county}|${id}`)) ?? '' })))
    tickets.sort((one, other) => ascending(one.ticket, other.ticket) || ascending(one.id, other.id))
    expected.set(county, tickets.slice(0, sampleSize(ids.length, draw.percent, draw.at_least)).map(({ id }) => id).sort(ascending))
  }
  const published = draw.chosen.filter((stratum) => stratum.case_ids.length > 0)
  const nonempty = [...expected.values()].filter((ids) => ids.length > 0).length
  const same = published.every((stratum) => [...stratum.case_ids].sort(ascending).join() === expected.get(stratum.county)?.join())
  return { digest, sameDigest: digest === draw.digest, sameChoice: same && published.length === nonempty, seedFits }
}

function ofTheCity(viewer: Viewer, role: string): boolean {
  return viewer.role === role && viewer.level === 'city'
}

/** How many sites of a county wait to be drawn. */
export interface Waiting {
  county: string
  sites: number
}

/** A field whose help follows what is filled in: the dialog hands its values to `when`, and reads `help` whenever it is drawn. */
function following(field: Field, help: (values: Readonly<Record<string, unknown>>) => string): Field {
  let filled: Readonly<Record<string, unknown>> = {}
  return {
    ...field,
    when: (values) => {
      filled = values
      return true
    },
    get help() {
      return help(filled)
    },
  }
}
/** Of each county how many are drawn by that share and least; nothing while one of them is empty. */
function drawnOf(counties: readonly Waiting[], { percent, at_least: least }: Readonly<Record<string, unknown>>): string {
  if (typeof percent !== 'number' || typeof least !== 'number') return ''
  return texts.willDraw(counties.map(({ county, sites }) => texts.ofCounty(county, sites, sampleSize(sites, percent, least))))
}

/** A new draw of so many sites, as far as the page knows; its id is chosen here, so that a repetition announces nothing twice. */
export function announceCommand(viewer: Viewer, open: boolean, waiting = 0, counties: readonly Waiting[] = []): Command[] {
  if (open || !ofTheCity(viewer, 'supervisor')) return []
  return [{
    title: texts.announce, path: `/api/v1/draws/${crypto.randomUUID()}/announce`, consequence: texts.announceFollows(waiting), final: true, signature: true,
    fields: [
      { name: 'source', label: texts.sourceLabel, kind: 'line', required: true, most: 200, help: texts.sourceHelp },
      { name: 'digits', label: texts.digitsLabel, kind: 'number', required: true, most: 60, initial: 14, help: texts.digitsHelp },
      { name: 'seed_at', label: texts.seedAtLabel, kind: 'moment', required: true, help: texts.seedAtHelp },
      { name: 'percent', label: texts.percentLabel, kind: 'number', required: true, most: 100, initial: 10 },
      following({ name: 'at_least', label: texts.leastLabel, kind: 'number', required: true, initial: 1 }, (values) => `${texts.leastHelp}${counties.length ? drawnOf(counties, values) : ''}`),
    ],
  }]
}

/** Make and cancel. Once the number is known, who draws may not call it off: that takes a leader of the city. */
export function drawCommands(draw: Announced, viewer: Viewer, at: number): Command[] {
  const stands = standingOf(draw, at)
  if (stands !== 'waiting' && stands !== 'due') return []
  const found: Command[] = []
  if (stands === 'due' && ofTheCity(viewer, 'supervisor')) {
    found.push({
      title: texts.make, path: `/api/v1/draws/${draw.draw_id}/make`, consequence: texts.makeFollows, final: true, signature: true,
      fields: [{ name: 'seed', label: texts.seedLabel, kind: 'line', required: true, most: 60, help: texts.seedHelp(draw.digits ?? null) }],
    })
  }
  const calls = (stands === 'waiting' && ofTheCity(viewer, 'supervisor')) || (ofTheCity(viewer, 'leader') && directs(viewer))
  if (calls) {
    found.push({
      title: texts.cancel, adverse: true, path: `/api/v1/draws/${draw.draw_id}/cancel`, consequence: texts.cancelFollows, final: true,
      fields: [{ name: 'reason', label: texts.reason, kind: 'words', required: true, most: 200 }],
    })
  }
  return found
}

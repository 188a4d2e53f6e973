// What a replay says about an instant, computed from its steps: who held the case, what was recorded by then.
import type { components } from '@/api/schema'
import { duration, spoken } from '@/format'
import { personName } from '@/parts/people'
import { unitName } from '@/parts/units'
import { measures, stages, word } from '@/texts/common'
import { lanes, obligations, records, replay as texts } from '@/texts/oversight'

export type Step = components['schemas']['ReplayEvent']
export type Holder = components['schemas']['ReplayHolder']
export type State = components['schemas']['ReplayState']
type Actor = components['schemas']['ReplayActor']

/** A state as the page shows it, asked for or computed. */
export interface Shown {
  stream: string
  lane: string
  laneTitle: string
  /** By the name of the field; the pointer of a part of it. */
  fields: Array<{ name: string; title: string; said: string }>
}

/** In this order lanes stand below one another; those of no step are left out. */
export const LANES = ['tip', 'case', 'disposal', 'accountability', 'report', 'mail', 'draw', 'reading', 'directory'] as const

export function lanesOf(steps: readonly Step[]): string[] {
  const there = new Set(steps.map((step) => step.lane))
  return [...LANES.filter((lane) => there.has(lane)), ...[...there].filter((lane) => !(LANES as readonly string[]).includes(lane))]
}

/** Those who held it at that instant: the unit, and within it the persons. */
export function holdersAt(holders: readonly Holder[], at: string): Holder[] {
  const instant = Date.parse(at)
  const then = (from: string, until: string | null) => Date.parse(from) <= instant && (until === null || Date.parse(until) > instant)
  return holders
    .filter((holder) => then(holder.from, holder.until))
    .map((holder) => ({ ...holder, ...(holder.until === null || instant < Date.parse(holder.until) ? heldUntil(holder, instant) : {}), persons: holder.persons.filter((person) => then(person.from, person.until)) }))
}

/** For how long by then: what the answer says is how long it came to in the end. */
function heldUntil(holder: Holder, instant: number): Pick<Holder, 'held_for' | 'seconds'> {
  const seconds = Math.max(0, Math.floor((instant - Date.parse(holder.from)) / 1000))
  return { held_for: duration(seconds), seconds }
}

/** What had been recorded after so many steps, by stream: the latest word on each field. */
export function statesAfter(steps: readonly Step[], count: number): Shown[] {
  const streams = new Map<string, { step: Step; fields: Map<string, { name: string; title: string; said: string }> }>()
  for (const step of steps.slice(0, count)) {
    if (step.lane === 'reading') continue
    let stream = streams.get(step.stream)
    if (!stream) streams.set(step.stream, (stream = { step, fields: new Map() }))
    for (const change of step.changes) {
      // What replaced a whole replaces its parts, and the other way round.
      for (const path of stream.fields.keys()) if (path.startsWith(`${change.path}/`)) stream.fields.delete(path)
      if (change.after_said) stream.fields.set(change.path, { name: change.path.slice(1), title: change.title, said: change.after_said })
      else stream.fields.delete(change.path)
    }
  }
  return [...streams.values()].map(({ step, fields }) => ({ stream: step.stream, lane: step.lane, laneTitle: step.lane_title, fields: [...fields.values()] }))
}

/** A state as it was answered. */
export function shown(state: State): Shown {
  return { stream: state.stream, lane: state.lane, laneTitle: state.lane_title, fields: state.fields }
}

/** Fingerprints and numbers of records by their beginnings: enough to compare, and no wall of letters. */
export function shortened(said: string): string {
  return said.replace(/\b([0-9a-f]{8})(?:[0-9a-f]{56}|-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})\b/g, '$1…')
}

/** What is a record of its own, by its kind and number: `unit-321322102` is 胡集镇. */
const SUBJECT = /\b(?:tip|case|unit)-[0-9A-Za-z…-]+/g
const PROVIDER = new RegExp(`[，；]?${texts.provider}[ ：][^，；]*`, 'g')
/** A unit's number, where the name that the services put before it stands beside it anyway. */
const CODE = new RegExp(`(${texts.code}[ ：])[^，；（）]*（([^（）]+)）`, 'g')

/** The case that a tip was taken into stands beside it, by its place. */
const IN_CASE = /^(已受理)[ ：，]案件[ ：][0-9a-f]{8}…$/

/** As somebody reads it first: times as they are written, no codes behind names, no fingerprints in full, nothing of the mail's provider, and not
    that it is about what the whole page is about. The whole is what was recorded. */
export function plain(said: string, of: { title?: string; own?: string } = {}): string {
  const told = of.title?.endsWith(texts.code) ? said.replace(/^[^（）]*（([^（）]+)）$/, '$1') : said.replace(CODE, '$1$2')
  const others = of.own ? told.replace(new RegExp(`[，；]?${texts.subject}[ ：]${of.own}(?![0-9A-Za-z-])`, 'g'), '').replace(/^[，；]/, '') : told
  return spoken(shortened(others)).replace(PROVIDER, '').replace(IN_CASE, '$1').replace(SUBJECT, (subject) => readOf(subject)).replace(/（(?:\d{6,12}(?:-[A-Z]+)?|[a-z]+(?:-[a-z0-9]+)+)）/g, '').replace(/。[，；]\s*/g, '。')
}

/** A change as it is told: what stood there and what stands there now. */
export interface Told {
  path: string
  title: string
  before: string
  after: string
}
const NOTHING = new Set(['', '（无）', '无'])
/** What the rules keep for themselves and a reader has from the step itself: who did it, when a letter may be tried again. */
const BOOKKEEPING = /\/provider_id$|^\/delivery\/from$|^\/(?:workers|worked|reviewers|shown)(?:\/|$)/
const NUMBER = /^(?:[0-9a-f]{64}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/

/** What a step changed; of sorted numbers, which all move when one is added, only how many came and went; not that it is about `own`. */
export function toldOf(step: Step, own = ''): Told[] {
  const told: Told[] = []
  const sets = new Map<string, { title: string; before: string[]; after: string[] }>()
  for (const change of step.changes) {
    if (BOOKKEEPING.test(change.path) || (own && change.after_said === own)) continue
    const [before, after] = [change.before_said ?? '', change.after_said ?? ''].map((said) => (NOTHING.has(said) ? '' : said)) as [string, string]
    const list = /^(.*)\/\d+$/.exec(change.path)?.[1]
    if (list && [before, after].every((said) => !said || NUMBER.test(said))) {
      let set = sets.get(list)
      if (!set) sets.set(list, (set = { title: change.title.replace(/·第 \d+ 项$/, ''), before: [], after: [] }))
      set.before.push(before)
      set.after.push(after)
    } else told.push({ path: change.path, title: titled(step, change.path, change.title), before, after })
  }
  for (const [path, set] of sets) {
    const came = set.after.filter((one) => one && !set.before.includes(one))
    const went = set.before.filter((one) => one && !set.after.includes(one))
    if (came.length || went.length) told.push({ path, title: set.title, before: went.join('；'), after: came.join('；') })
  }
  return told
}

/** The third measure is the one that clears the premises: called by that, and a clock by its duty. */
function titled(step: Step, path: string, title: string): string {
  const [, list, index] = /^\/(measures|clocks)\/(\d+)/.exec(path) ?? []
  if (!list) return title
  try {
    const one = (JSON.parse(step.state_json) as Record<string, Array<Record<string, string>>>)[list]?.[Number(index)]
    const name = list === 'measures' ? word(measures, one?.measure) : word(obligations, one?.obligation)
    return name ? title.replace(/第 \d+ 项/, name) : title
  } catch {
    return title
  }
}

/** How far the tip, the case and its disposal had come, a line each. */
export function progressOf(states: readonly Shown[]): Array<{ title: string; said: string }> {
  return byLane(states).filter((lane) => ['tip', 'case', 'disposal'].includes(lane.lane)).flatMap((lane) => lane.states.map((state) => {
    const said = state.fields.find((field) => field.name === 'progress')?.said ?? ''
    return { title: lane.title, said: plain(said) }
  })).filter(({ said }) => said !== '')
}

/** States by lane, in the order of the lanes. */
export function byLane(states: readonly Shown[]): Array<{ lane: string; title: string; states: Shown[] }> {
  const groups = new Map<string, { lane: string; title: string; states: Shown[] }>()
  for (const state of states) {
    const group = groups.get(state.lane) ?? { lane: state.lane, title: state.laneTitle, states: [] }
    group.states.push(state)
    groups.set(state.lane, group)
  }
  const place = (lane: string) => (LANES as readonly string[]).indexOf(lane)
  return [...groups.values()].sort((one, other) => place(one.lane) - place(other.lane))
}

/** Who did it; a rule of the system by plain words. */
export function actorText(actor: Actor | null): string {
  return actor?.text ?? ''
}

/** What a record is about: the name of a unit, the account of a person, the beginning of a number. */
export function aboutOf(stream: string): string {
  const [, kind, rest] = /^([a-z]+)-(.+)$/.exec(stream) ?? []
  if (!kind || !rest) return stream
  if (kind === 'unit' || (kind === 'accountability' && !NUMBER.test(rest))) return unitName(rest)
  const [, area, stage] = (kind === 'report' && /^(.+)-([a-z]+)$/.exec(rest)) || []
  if (area && stage) return `${unitName(area)} ${word(stages, stage)}`
  return kind === 'staff' ? rest : shortened(rest)
}

/** What somebody looked at: its kind and where it lies, or what it is about; words under which searches and files are recorded. */
export function readOf(subject: string, place?: string | null): string {
  const kind = /^([a-z]+)-./.exec(subject)?.[1] ?? ''
  if (kind === 'unit' || kind === 'staff') return kind === 'unit' ? aboutOf(subject) : personName(aboutOf(subject))
  return RECORDS[subject] ?? `${RECORDS[kind] ?? ''} ${place || (kind in RECORDS ? aboutOf(subject) : subject)}`.trim()
}
const RECORDS: Record<string, string> = { ...lanes, ...records }

/** What somebody did and to what, the kind of it said once: 查看案件：老窑厂. */
export function readingSaid(title: string, subject: string, place?: string | null): string {
  const said = readOf(subject, place)
  const kind = RECORDS[/^([a-z]+)-./.exec(subject)?.[1] ?? ''] ?? ''
  return `${title}：${kind && title.includes(kind) ? said.slice(kind.length).trim() : said}`
}

/** The step that led to this one, if it lies within the chain. */
export function causeOf(step: Step, byId: ReadonlyMap<string, Step>): Step | null {
  return step.cause?.kind === 'event' ? (byId.get(step.cause.id) ?? null) : null
}

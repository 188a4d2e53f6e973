// Whose history can be replayed: the record that a fact belongs to, the address of its replay, and how it is read.
import type { RouteLocationRaw } from 'vue-router'
import { api, ask } from '@/api/client'
import { Problem } from '@/api/problems'
import { LANES, shown, statesAfter, type Holder, type Shown, type State, type Step } from './replay'
import { begun } from './steps'

/** A history as the page shows it, of whatever kind. */
export interface Thread {
  /** `case-…`, `tip-…`, `unit-…`, `draw-…`, or the name of a stream. */
  subject: string
  at: string
  title: string
  place: string
  summary: string
  events: Step[]
  states: Shown[]
  /** The states of accountability as they are folded, for the file. */
  files: string[]
  /** Only a case is held by units. */
  holders: Holder[]
}
export type ThreadKind = 'case' | 'tip' | 'unit' | 'draw' | 'stream'

const NUMBER = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
const OF_AREAS = ['inspector', 'supervisor', 'leader', 'dispatcher']
/** What befell a unit names cases of others: those who direct an area do not read it. */
const OF_ALL = ['inspector', 'supervisor']

export function kindOf(subject: string): ThreadKind {
  const kind = /^(case|tip|unit|draw)-./.exec(subject)?.[1] as ThreadKind | undefined
  return kind ?? 'stream'
}

/** The subject whose replay shows a record: a disposal lies in its case, what a unit answers for in the unit's. */
export function threadOf(stream: string): string {
  const [, kind, id] = /^([a-z]+)-(.+)$/.exec(stream) ?? []
  if (kind === 'disposal' && id) return `case-${id}`
  return kind === 'accountability' && id && !NUMBER.test(id) ? `unit-${id}` : stream
}

/** The address of that replay; null for whoever may not open it. */
export function replayLink(stream: string, role: string): string | null {
  const subject = threadOf(stream)
  const kind = kindOf(subject)
  if (kind === 'case') return OF_AREAS.includes(role) ? `/replay/cases/${subject.slice('case-'.length)}` : null
  // Whether a tip or a case answers for it, the page finds out.
  const ofTip = kind === 'tip' || subject.startsWith('accountability-')
  if (ofTip) return OF_AREAS.includes(role) ? `/replay/${subject}` : null
  if (kind === 'stream') return role === 'inspector' && isStream(subject) ? `/replay/${encodeURIComponent(subject)}` : null
  return OF_ALL.includes(role) ? `/replay/${encodeURIComponent(subject)}` : null
}
/** Where the file on what somebody answers for is read: on the case, or beside the replay of what has no such page. */
export function fileLink(subject: string): RouteLocationRaw {
  return { path: subject.startsWith('case-') ? `/cases/${subject.slice('case-'.length)}` : `/replay/${subject}`, hash: '#file' }
}
/** Readings have a list of their own; searches and files are filed under words that are no stream. */
function isStream(subject: string): boolean {
  return !subject.startsWith('reading-') && subject.includes('-')
}

/** The page that prints a history as it stood at an instant; none for a stream that is nobody's. */
export function dossierOf(subject: string, at: string): string | null {
  const kind = kindOf(subject)
  if (kind === 'stream') return null
  const path = kind === 'case' ? `cases/${encodeURIComponent(subject.slice('case-'.length))}` : `threads/${encodeURIComponent(subject)}`
  return `/api/v1/audit/${path}/dossier${at ? `?at=${encodeURIComponent(at)}` : ''}`
}

/** Reads a history up to an instant; now if none is named. */
export async function readThread(subject: string, at?: string): Promise<Thread> {
  const answers = /^accountability-(.+)$/.exec(subject)?.[1]
  if (answers && NUMBER.test(answers)) {
    try {
      return await readThread(`case-${answers}`, at)
    } catch (thrown) {
      if (Problem.of(thrown).status !== 404) throw thrown
      return await readThread(`tip-${answers}`, at)
    }
  }
  const kind = kindOf(threadOf(subject))
  if (kind === 'case') return ofCase(threadOf(subject).slice('case-'.length), at)
  return kind === 'stream' ? ofStream(subject) : ofSubject(threadOf(subject), at)
}

async function ofCase(id: string, at?: string): Promise<Thread> {
  const answer = await ask(() => api.GET('/api/v1/audit/cases/{case_id}', { params: { path: { case_id: id }, query: at ? { at } : {} } }))
  return { subject: `case-${id}`, at: answer.at, title: '', place: answer.place, summary: answer.summary, events: begun(answer.events), states: answer.states.map(shown), files: filesIn(answer.states), holders: answer.holders }
}

async function ofSubject(subject: string, at?: string): Promise<Thread> {
  const answer = await ask(() => api.GET('/api/v1/audit/threads/{subject}', { params: { path: { subject }, query: at ? { at } : {} } }))
  const place = answer.states.map((state) => (state.lane === 'tip' ? placeIn(state.state_json) : '')).find(Boolean) ?? ''
  return { subject, at: answer.at, title: answer.title, place, summary: '', events: begun(answer.events), states: answer.states.map(shown), files: filesIn(answer.states), holders: [] }
}

/** A stream is answered whole: how it stood at an instant is computed from its steps. */
async function ofStream(stream: string): Promise<Thread> {
  const answer = await ask(() => api.GET('/api/v1/audit/streams/{stream}', { params: { path: { stream } } }))
  const steps = answer.events
  return { subject: stream, at: steps.at(-1)?.at ?? '', title: steps[0]?.lane_title ?? '', place: '', summary: '', events: steps, states: statesAfter(steps, steps.length), files: [], holders: [] }
}

function filesIn(states: readonly State[]): string[] {
  return states.filter((state) => state.lane === 'accountability').map((state) => state.state_json)
}

function placeIn(json: string): string {
  try {
    return (JSON.parse(json) as { place?: { text?: string } }).place?.text ?? ''
  } catch {
    return ''
  }
}

/** Lanes that say at once what a thread is about; the rest opens on demand. */
export function openLanes(subject: string): readonly string[] {
  return kindOf(subject) === 'case' ? ['tip', 'case', 'disposal'] : LANES.filter((lane) => lane !== 'mail' && lane !== 'reading')
}

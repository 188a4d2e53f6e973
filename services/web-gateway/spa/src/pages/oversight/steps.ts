// The steps of a history as a page shows them: from the first fact on, how far a case had come with each, which photos they name.
import type { ComputedRef, InjectionKey } from 'vue'
import { joined } from '@/format'
import { replay as texts } from '@/texts/oversight'
import type { Step } from './replay'

/** Somebody may have read an area's report before there was the case: the history begins with the first fact, and counts from there. */
export function begun(steps: readonly Step[]): Step[] {
  const first = steps.findIndex((step) => step.lane !== 'reading')
  if (first <= 0) return [...steps]
  return steps.slice(first).map((step, index) => ({ ...step, step: index + 1, ...(index === 0 ? { since_previous: null, since_previous_seconds: null } : {}) }))
}

/** How far that case had come after so many steps, by its code; nothing before it was opened. */
export function progressAfter(steps: readonly Step[], stream: string, count: number): string {
  for (let at = count - 1; at >= 0; at -= 1) {
    const step = steps[at]
    if (step?.lane === 'case' && step.stream === stream) return progressIn(step)
  }
  return ''
}

/** The steps at which that case was with somebody: once it is closed nobody has it, until it is opened again. */
export function heldSteps(steps: readonly Step[], stream: string): ReadonlySet<string> {
  const held = new Set<string>()
  let closed = false
  for (const step of steps) {
    const before = closed
    if (step.lane === 'case' && step.stream === stream) closed = progressIn(step) === 'closed'
    if (!before || !closed) held.add(step.event_id)
  }
  return held
}

/** What went by since the step before, and who had the case for how long: of less than a second nothing. */
export function waitedOf(step: Step): string {
  return step.since_previous && (step.since_previous_seconds ?? 0) >= 1 ? texts.since(joined(step.since_previous)) : ''
}
export function heldOf(step: Step): string {
  return step.held_by_name ? texts.held(step.held_by_name, (step.held_seconds ?? 0) >= 1 ? joined(step.held_for) : '') : ''
}

/** Fields of facts that hold photos by their fingerprints. */
const OF_PHOTOS = ['evidence', 'before', 'after']
const FINGERPRINT = /^[0-9a-f]{64}$/
/** All photos that the facts name: a fingerprint elsewhere may be that of a list. */
export function photosIn(steps: readonly Step[]): ReadonlySet<string> {
  const found = new Set<string>()
  const look = (value: unknown, meant: boolean): void => {
    if (typeof value === 'string' && meant && FINGERPRINT.test(value)) found.add(value)
    else if (Array.isArray(value)) value.forEach((one) => look(one, meant))
    else if (value && typeof value === 'object') for (const [name, one] of Object.entries(value)) look(one, OF_PHOTOS.includes(name))
  }
  for (const step of steps) if (step.lane !== 'reading') look(parsed(step.data_json), false)
  return found
}
/** Within a replay: the photos that its facts name. */
export const PHOTOS: InjectionKey<ComputedRef<ReadonlySet<string>>> = Symbol('photos')
/** And the record that it is of: nobody is told that once more. */
export const OWN: InjectionKey<ComputedRef<string>> = Symbol('own')

function progressIn(step: Step): string {
  const progress = (parsed(step.state_json) as { progress?: unknown } | null)?.progress
  return typeof progress === 'string' ? progress : ''
}
export function parsed(json: string): unknown {
  try {
    return JSON.parse(json) as unknown
  } catch {
    return null
  }
}

// Which steps of a history hold the words that somebody looks for: all that a step shows is searched, also what it folds away.
import { moment, spoken } from '@/format'
import { replay as texts } from '@/texts/oversight'
import { aboutAmong, aboutLetters } from './about'
import { actorText, causeOf, plain, toldOf, type Step } from './replay'
import { heldOf, heldSteps, waitedOf } from './steps'

/** What a step says at once, and what only its changes say. */
export interface Said {
  outside: string
  inside: string
}

/** What the steps of that history say, by the id of each. */
export function saidAmong(steps: readonly Step[], subject = ''): ReadonlyMap<string, Said> {
  const letters = aboutLetters(steps)
  const held = heldSteps(steps, subject)
  const byId = new Map(steps.map((step) => [step.event_id, step]))
  return new Map(steps.map((step) => {
    const cause = causeOf(step, byId)
    const causeSaid = cause ? `${texts.step(cause.step)} ${cause.title}` : (step.cause?.title ?? '')
    const outside = [step.lane_title, step.title, aboutAmong(step, letters), moment(step.at), actorText(step.actor), texts.step(step.step), waitedOf(step), held.has(step.event_id) ? heldOf(step) : '', causeSaid && `${texts.cause}：${causeSaid}`]
    const changes = step.lane === 'reading' ? [] : toldOf(step, subject)
    const inside = changes.flatMap(({ title, before, after }) => [title, ...[before, after].flatMap((said) => [plain(said, { title, own: subject }), spoken(said)])])
    return [step.event_id, { outside: outside.join('\n').toLowerCase(), inside: inside.join('\n').toLowerCase() }]
  }))
}

/** The steps of these lanes (all if none is chosen) in which every word occurs. */
export function matching(steps: readonly Step[], lanes: readonly string[], text: string, saidOf: () => ReadonlyMap<string, Said> = () => saidAmong(steps)): Step[] {
  const words = wordsIn(text)
  const said = words.length ? saidOf() : null
  return steps.filter((step) => {
    if (lanes.length > 0 && !lanes.includes(step.lane)) return false
    const one = said?.get(step.event_id)
    return !one || words.every((word) => one.outside.includes(word) || one.inside.includes(word))
  })
}

/** Of each step the words that nobody sees until its changes are opened. */
export function foundInside(steps: readonly Step[], text: string, saidOf: () => ReadonlyMap<string, Said>): ReadonlyMap<string, readonly string[]> {
  const words = wordsIn(text)
  if (words.length === 0) return new Map()
  const said = saidOf()
  const inside = steps.map((step) => [step.event_id, words.filter((word) => !said.get(step.event_id)?.outside.includes(word))] as const)
  return new Map(inside.filter(([, found]) => found.length > 0))
}

function wordsIn(text: string): string[] {
  return text.trim().toLowerCase().split(/\s+/).filter(Boolean)
}

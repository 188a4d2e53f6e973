// Which of the similar cases a tip may be linked to, in the order of their keys, and the keys of a tip that is being screened.
import type { Shortcut } from './useShortcuts'
import type { Command } from '@/parts/commands'
import type { components } from '@/api/schema'
import { tipActs } from '@/texts/tips'

type Similar = components['schemas']['Similar']

/** The likeliest first, as they came. */
export function joinable(similar: readonly Similar[], mayJoin: (one: Similar) => Command | null): Similar[] {
  return similar.filter((one) => mayJoin(one) !== null)
}

/** By the first sound of what the button says, so that they are remembered. */
const KEYS: ReadonlyArray<[string, string]> = [
  ['KeyS', tipActs.accept], ['KeyB', tipActs.link], ['KeyN', tipActs.reject], ['KeyZ', tipActs.divert], ['KeyD', tipActs.reply], ['KeyG', tipActs.outcome], ['KeyT', tipActs.transcript],
]

/** A key for each command that is offered, and a number for each case that the tip may be linked to. */
export function keysOf(commands: readonly Command[], cases: readonly Similar[], run: (command: Command) => void, join: (one: Similar) => void): Shortcut[] {
  const acts = KEYS.flatMap(([code, title]) => {
    const command = commands.find((one) => one.title === title)
    return command ? [{ code, label: title, act: () => run(command) }] : []
  })
  const links = cases.slice(0, 9).map((one, index) => ({ code: `Digit${index + 1}`, label: `${tipActs.joinShort}：${one.place || one.summary}`, act: () => join(one) }))
  return [...links, ...acts]
}

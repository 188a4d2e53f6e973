// What a command asks for, as a page describes it; `CommandDialog` shows it, submits it and says what went wrong.
import { shallowRef, type InjectionKey, type Ref } from 'vue'
import type { CommandReply } from '@/api/client'
import type { Comparison } from './conflict'
import { missingWords as words } from '@/texts/common'

export interface Choice {
  value: string
  label: string
  /** What choosing it means, in a line below it; only where few choices lie open. */
  note?: string
}

/** One thing to fill in. */
export interface Field {
  /** Where it goes in the body, e.g. `place.text`. */
  name: string
  label: string
  kind: 'line' | 'words' | 'choice' | 'choices' | 'unit' | 'units' | 'case' | 'person' | 'persons' | 'day' | 'moment' | 'number' | 'yes' | 'photos'
  required?: boolean
  /** What to write here and what becomes of it. */
  help?: string
  choices?: Choice[]
  /** Of cases and people: the area whose are offered first, and what is not to be chosen. */
  within?: string
  except?: string
  most?: number
  initial?: unknown
  /** Asked only if this holds of what has been filled in. */
  when?: (values: Readonly<Record<string, unknown>>) => boolean
}

/** Somebody's words, paragraph by paragraph. */
export interface Reads {
  title: string
  paragraphs: readonly string[]
}

/** Something to be done, and what it does. */
export interface Command {
  title: string
  /** The path with everything in its place, e.g. `/api/v1/cases/…/assign`. */
  path: string
  fields: Field[]
  /** What will happen and to whom; shown before it is done. */
  consequence?: string
  /** What it is about, one line for each, where the button stood away from it: which item, where, whose, by when. */
  about?: readonly string[]
  /** What has to be read to fill it in, where the dialog lies over it. */
  reads?: Reads | undefined
  /** What a signature vouches for, one line for each: nobody signs for what they have not been shown. */
  attests?: readonly string[]
  /** It cannot be taken back. */
  final?: boolean
  /** It goes against somebody or ends something: refused, sent back, destroyed. Its button is red, and no other's. */
  adverse?: boolean
  /** It is a signature: the password is asked for again. */
  signature?: boolean
  /** What the button says; the title if absent. */
  button?: string
  /** The revision that was read; if it is another by now, nothing is done. */
  revision?: number
  /** How what the command was decided on is read again if somebody else was quicker; what the page has read if absent. */
  reread?: (revision: number | undefined) => Promise<Comparison>
  /** More of the body, beside what is filled in. */
  also?: Record<string, unknown>
  /** What follows from what was filled in, such as the name of whoever was chosen. */
  complete?: (body: Record<string, unknown>) => Record<string, unknown>
}

/** What the commands of a page are about, where the whole page is about one thing: its place or summary. */
export const ABOUT: InjectionKey<Ref<string>> = Symbol('about')

interface Asked {
  command: Command
  /** What had the keyboard: it goes back there. */
  from: HTMLElement | null
  done: (reply: CommandReply | null) => void
}

/** The command that is being filled in, if any. */
export const asked = shallowRef<Asked | null>(null)

/** Asks for what the command needs and carries it out; the reply, or null if it was left. */
export function carryOut(command: Command): Promise<CommandReply | null> {
  asked.value?.done(null)
  return new Promise((resolve) => {
    asked.value = {
      command,
      from: typeof document !== 'undefined' && document.activeElement instanceof HTMLElement ? document.activeElement : null,
      done: (reply) => {
        asked.value = null
        resolve(reply)
      },
    }
  })
}

/** Whether a choice is meant by what somebody typed: every part of it stands somewhere in its words or its code. */
export function fits(choice: Choice, typed: string): boolean {
  const said = `${choice.label} ${choice.value}`.toLowerCase()
  return typed.toLowerCase().split(/\s+/).every((part) => said.includes(part))
}

/** Puts a value where its dotted name says. */
export function put(body: Record<string, unknown>, name: string, value: unknown): void {
  const keys = name.split('.')
  const last = keys.pop() ?? name
  let at = body
  for (const key of keys) {
    const next = at[key]
    at = (typeof next === 'object' && next !== null ? next : (at[key] = {})) as Record<string, unknown>
  }
  at[last] = value
}

/** The body of a request: what was filled in and is asked for, without what was left empty. */
export function bodyOf(command: Command, values: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const body: Record<string, unknown> = { ...command.also }
  for (const field of command.fields) {
    if (field.when && !field.when(values)) continue
    const value = values[field.name]
    const empty = value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0)
    if (!empty) put(body, field.name, typeof value === 'string' ? value.trim() : value)
  }
  return command.complete ? command.complete(body) : body
}

const ASKED: Partial<Record<Field['kind'], keyof typeof words>> = { photos: 'add', choice: 'choose', choices: 'choose', unit: 'choose', units: 'choose', case: 'choose', person: 'choose', persons: 'choose' }
/** What is still missing, by field. */
export function missing(command: Command, values: Readonly<Record<string, unknown>>): Record<string, string> {
  const found: Record<string, string> = {}
  for (const field of command.fields) {
    if (!field.required || (field.when && !field.when(values))) continue
    const value = values[field.name]
    const empty = value === undefined || value === null || (typeof value === 'string' && value.trim() === '') || (Array.isArray(value) && value.length === 0)
    if (empty) found[field.name] = words[ASKED[field.kind] ?? 'write'](field.label)
  }
  return found
}

// What of a command would be lost if its dialog or the whole tab went: what was typed beyond how it began, and its draft in this tab.
import type { Command, Field } from './commands'
import { dropDraft, keepDraft, keptDraft } from './useDraft'

type Values = Record<string, unknown>

/** Only these hold nothing of reporters; what is asked about tips, custody or staff stays in no storage. */
const KEPT = /^\/api\/v1\/(cases|disposals|accountability)\//

function isMany(field: Field): boolean {
  return field.kind === 'choices' || field.kind === 'units' || field.kind === 'persons' || field.kind === 'photos'
}

/** What the fields say before anybody has typed. */
export function beginning(command: Command): Values {
  return Object.fromEntries(command.fields.map((field) => [field.name, field.initial ?? (isMany(field) ? [] : undefined)]))
}

/** A field that only was looked at may hold another kind of nothing. */
function told(value: unknown): string {
  const nothing = value === undefined || value === null || value === false || value === '' || (Array.isArray(value) && value.length === 0)
  return nothing ? '' : JSON.stringify(value)
}

/** Whether anything differs from how the command began. */
export function isTouched(command: Command, values: Readonly<Values>): boolean {
  const first = beginning(command)
  return command.fields.some(({ name }) => told(values[name]) !== told(first[name]))
}

/** Whose draft of which command it would be; null if none may be kept. One address serves several measures, their titles differ. */
export function draftOf(command: Command, account: string | undefined): string | null {
  return account && command.fields.length > 0 && KEPT.test(command.path) ? `command.${account}.${command.path}.${command.title}` : null
}

/** Keeps what was typed; what is as it began is no draft. */
export function keep(command: Command, account: string | undefined, values: Readonly<Values>, at: number): void {
  const name = draftOf(command, account)
  if (!name) return
  if (isTouched(command, values)) keepDraft(name, Object.fromEntries(command.fields.map((field) => [field.name, values[field.name]])), at)
  else dropDraft(name)
}

export function forget(command: Command, account: string | undefined): void {
  const name = draftOf(command, account)
  if (name) dropDraft(name)
}

/** What had been typed, as far as it still fits the fields, and when. */
export function restored(command: Command, account: string | undefined): { at: string; values: Values } | null {
  const name = draftOf(command, account)
  const kept = name ? keptDraft(name) : null
  if (!kept || typeof kept.value !== 'object' || kept.value === null) return null
  const said = kept.value as Values
  const values = Object.fromEntries(command.fields.filter((field) => said[field.name] !== undefined && fitsField(field, said[field.name])).map((field) => [field.name, said[field.name]]))
  return isTouched(command, { ...beginning(command), ...values }) ? { at: kept.at, values } : null
}

function fitsField(field: Field, value: unknown): boolean {
  const offered = (one: unknown): boolean => typeof one === 'string' && (!field.choices || field.choices.some((choice) => choice.value === one))
  if (isMany(field)) return Array.isArray(value) && value.every(offered)
  if (field.kind === 'number') return typeof value === 'number'
  if (field.kind === 'yes') return typeof value === 'boolean'
  return offered(value)
}

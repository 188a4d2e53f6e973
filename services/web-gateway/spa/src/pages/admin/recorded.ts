// What was recorded of an entry, read again where a form begins and where somebody else was quicker: contents and revision come in one answer.
import { api, ask } from '@/api/client'
import { Problem } from '@/api/problems'
import { lastFitting } from '@/parts/arrays'
import type { Change, Comparison } from '@/parts/conflict'
import { moment } from '@/format'
import { history as texts } from '@/texts/admin'
import { aboutOf, toldOf, type EntryFact } from './history'
import type { Line } from './said'

/** Everything that was recorded of an entry, oldest first; nothing if nothing ever was. */
export async function factsOf(entry: string): Promise<EntryFact[]> {
  try {
    return (await ask(() => api.GET('/api/v1/admin/history/{entry}', { params: { path: { entry } } }))).facts
  } catch (thrown) {
    if (Problem.of(thrown).status === 404) return []
    throw thrown
  }
}

/** The entry as it was registered last; null if its history does not say. */
export function lastOf<T>(facts: readonly EntryFact[], name: string, key: string): T | null {
  const fact = lastFitting(facts, (one) => one.name.startsWith(name))
  return fact ? ((JSON.parse(fact.data_json || '{}') as Record<string, T | undefined>)[key] ?? null) : null
}

/**
 * What was recorded since a revision, in words; the same thing changed twice is told once. Of settings only those that are
 * asked `about` are laid side by side, and `shown` says how they stood where nothing had been recorded of them before.
 */
export function changesSince(facts: readonly EntryFact[], revision: number | undefined, about = 'entry', shown: readonly Line[] = []): Change[] {
  const found = new Map<string, Change>()
  const stood = new Map(shown.map((line) => [line.key, line.said]))
  const told = toldOf(facts)
  for (const [index, fact] of facts.entries()) {
    const one = told[index]
    if (!one || fact.revision <= (revision ?? -1)) continue
    const dated = fact.name.startsWith('campaign.setting_scheduled') ? `（${one.note}）` : ''
    const changes = aboutOf(fact) === about ? one.changes : []
    if (changes.length === 0) found.set(`${fact.revision}`, { label: one.title, after: [one.note, texts.by(one.by), moment(one.at)].filter(Boolean).join('　') })
    for (const change of changes) {
      const label = `${change.label}${dated}`
      const before = found.get(label)?.before ?? (change.before || stood.get(change.key) || texts.absent)
      found.set(label, { label, before, after: change.after || texts.absent })
    }
  }
  return [...found.values()].filter((one) => one.before !== one.after)
}

/** For a command that came too late: reads the entry again. What is submitted after that is decided on what was read. */
export function rereadOf(entry: string, about?: string, shown?: readonly Line[]) {
  return async (revision: number | undefined): Promise<Comparison> => {
    const facts = await factsOf(entry)
    const now = facts.at(-1)?.revision
    return { changes: changesSince(facts, revision, about, shown), ...(now === undefined ? {} : { revision: now }) }
  }
}

// Whose move it is in a tip or case, for whoever has none.
import { moment } from '@/format'
import { unitName } from '@/parts/units'
import { cases as words } from '@/texts/cases'
import type { components } from '@/api/schema'

type Clock = Pick<components['schemas']['ClockRow'], 'unit' | 'unit_name' | 'person_name' | 'title' | 'due' | 'stopped_at'>

/** The duty that ends first, with who owes it; nothing where nothing is owed. */
export function whoseMove(clocks: readonly Clock[]): string {
  const running = clocks.filter((clock) => !clock.stopped_at).sort((a, b) => (a.due ?? '').localeCompare(b.due ?? ''))
  const first = running[0]
  return first ? words.waitsFor([unitName(first.unit, first.unit_name), first.person_name].filter(Boolean).join(' '), first.title ?? '', moment(first.due)) : ''
}

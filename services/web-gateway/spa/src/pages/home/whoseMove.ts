// Whose move it is in a tip or case, for whoever has none.
import { moment } from '@/format'
import { unitName } from '@/parts/units'
import { cases as words } from '@/texts/cases'
import type { components } from '@/api/schema'

type Clock = Pick<components['schemas']['ClockRow'], 'unit' | 'unit_name' | 'person_name' | 'obligation' | 'title' | 'due' | 'stopped_at'>

/** What somebody answers for holds nothing up in the matter itself. */
const OF_ACCOUNTABILITY = ['answer_escalation', 'explain_failure', 'judge_answer', 'inquiry']

/** The duty of the matter that ends first, with who owes it; nothing where nothing is owed. */
export function whoseMove(clocks: readonly Clock[], viewer: { unit: string }): string {
  const running = clocks.filter((clock) => !clock.stopped_at && !OF_ACCOUNTABILITY.includes(clock.obligation ?? '')).sort((a, b) => (a.due ?? '').localeCompare(b.due ?? ''))
  const first = running[0]
  if (first?.unit && first.unit === viewer.unit) return words.waitsHere(first.title ?? '', moment(first.due))
  return first ? words.waitsFor([unitName(first.unit, first.unit_name), first.person_name].filter(Boolean).join(' '), first.title ?? '', moment(first.due)) : ''
}

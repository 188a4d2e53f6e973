// A case that no tip led to: where it comes from, by who may say so, and what has to be told with it.
import { isOfTheCity, type Viewer } from './standing'
import { filled } from '@/parts/campaign'
import { choices } from '@/texts/common'
import { methods, opening as words, openingOrigins } from '@/texts/cases'
import { tipActs, urgencies } from '@/texts/tips'
import type { Choice, Command, Field } from '@/parts/commands'

type Values = Readonly<Record<string, unknown>>

/** What the province found is the city's to register; tips and relapses open their cases by themselves. */
export function originsOf(viewer: Viewer): Choice[] {
  const all = choices(openingOrigins).filter((one) => one.value !== 'provincial_supervision' || isOfTheCity(viewer))
  if (viewer.role === 'dispatcher') return all
  // A supervision group registers what supervision found, nothing else.
  return viewer.role === 'supervisor' ? all.filter((one) => words.found.includes(one.value)) : []
}

function from(...kinds: string[]) {
  return (values: Values) => kinds.includes(String(values['origin.kind']))
}
function told(kind: string): Field {
  return { name: 'origin.note', label: words.notes[kind] ?? '', kind: 'words', required: true, when: from(kind) }
}

/** Opens a case under a number that is chosen here, so that a repetition opens no second one. */
export function openCase(viewer: Viewer, caseId: string): Command {
  const origins = originsOf(viewer)
  // Whoever does not cover the whole city can only register what lies in the own area, and has to say where that is.
  const anywhere = isOfTheCity(viewer)
  return {
    title: words.title,
    path: '/api/v1/cases',
    consequence: filled(words.follows),
    also: { case_id: caseId },
    fields: [
      { name: 'origin.kind', label: words.origin, kind: 'choice', required: true, choices: origins, initial: origins.length === 1 ? origins[0]?.value : undefined, help: words.originHelp },
      // Looking into a tip is no way of sweeping.
      { name: 'origin.method', label: words.method, kind: 'choice', required: true, choices: choices(methods).filter((one) => one.value !== 'tip_verification'), when: from('sweep') },
      { name: 'origin.list', label: words.list, kind: 'line', required: true, most: 200, help: words.listHelp, when: from('list_matching') },
      { name: 'origin.entry', label: words.entry, kind: 'line', required: true, most: 200, when: from('list_matching') },
      { name: 'origin.from', label: words.department, kind: 'line', required: true, most: 100, when: from('department_transfer') },
      ...Object.keys(words.notes).map(told),
      { name: 'summary', label: words.summary, kind: 'words', required: true, help: words.summaryHelp },
      { name: 'place.text', label: tipActs.place, kind: 'line', required: true, most: 200 },
      { name: 'place.division', label: tipActs.division, kind: 'unit', required: !anywhere, help: anywhere ? words.anywhere : words.within },
      { name: 'enterprise', label: tipActs.enterprise, kind: 'line', most: 100 },
      { name: 'urgency', label: tipActs.urgency, kind: 'choice', required: true, choices: choices(urgencies), initial: 'normal' },
    ],
  }
}

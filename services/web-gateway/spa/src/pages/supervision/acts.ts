// What may be done about findings, special supervision and tasks of the joint conference, by who looks at them.
import { directs, type Viewer } from '@/pages/home/standing'
import { moment } from '@/format'
import { choices } from '@/texts/common'
import { judged } from '@/texts/signing'
import { findings as findingWords, gravities, sources, special as specialWords, tasks as taskWords } from '@/texts/supervision'
import type { components } from '@/api/schema'
import type { Command, Field } from '@/parts/commands'

export type Finding = components['schemas']['FindingRow']
export type Task = components['schemas']['TaskRow']
export type Special = components['schemas']['SpecialSupervisionRow']
export type Figures = components['schemas']['SupervisionFigures']
export type Near = components['schemas']['SupervisionNumbersRow']

function words(name: string, label: string, required = true): Field {
  return { name, label, kind: 'words', required, most: 2000 }
}
function photos(label: string, required: boolean): Field {
  return { name: 'evidence', label, kind: 'photos', required }
}

/** What was asked for, and what was last answered to it. */
function said(asked: string, answers: Finding['answers']): string[] {
  return [asked, ...answers.slice(-1).map((one) => judged.answer(moment(one.at), one.text, one.evidence.length))]
}

/** Groups supervise the area of the government that they belong to. */
export function supervises(viewer: Viewer, unit: string): boolean {
  return viewer.role === 'supervisor' && viewer.covers(unit)
}
/** Supervision groups, discipline and political-legal commissions are not supervised. */
export function isSupervised(viewer: Viewer, unit: string): boolean {
  return ['government', 'department', 'office'].includes(viewer.kindOf(unit))
}
export function recordFinding(unit: string, name: string): Command {
  return {
    title: findingWords.recordTitle(name), path: `/api/v1/supervision/${unit}/findings`, consequence: findingWords.recordFollows(name), final: true, button: findingWords.record,
    fields: [
      { name: 'source', label: findingWords.sourceLabel, kind: 'choice', required: true, choices: choices(sources), initial: 'city', help: findingWords.sourceHelp },
      { name: 'gravity', label: findingWords.gravityLabel, kind: 'choice', required: true, choices: choices(gravities), initial: 'ordinary', help: findingWords.gravityHelp },
      words('text', findingWords.text),
      { ...photos(findingWords.evidence, true), when: (values) => values.gravity === 'grave' },
      { ...photos(findingWords.evidence, false), when: (values) => values.gravity !== 'grave' },
    ],
  }
}

export function findingCommands(row: Finding, viewer: Viewer): Command[] {
  const at = (act: string) => `/api/v1/supervision/${row.unit}/${act}`
  const also = { finding: row.finding }
  if (viewer.role === 'leader' && viewer.unit === row.unit && (row.state === 'open' || row.state === 'returned')) {
    const grave = row.gravity === 'grave'
    return [{ title: findingWords.answer, path: at('finding-answers'), consequence: findingWords.answerFollows, also, fields: [words('text', findingWords.answerText), photos(findingWords.answerEvidence, grave)] }]
  }
  if (row.state !== 'answered' || !supervises(viewer, row.unit)) return []
  const judge = (accepted: boolean): Command => ({
    title: accepted ? findingWords.accept : findingWords.refuse, attests: accepted ? said(judged.finding(row.text), row.answers) : [], adverse: !accepted, path: at('finding-judgements'), also: { ...also, accepted }, signature: accepted, final: accepted,
    consequence: accepted ? findingWords.acceptFollows(row.unit_name) : findingWords.refuseFollows(row.unit_name), fields: [words('note', findingWords.note)],
  })
  return [judge(true), judge(false)]
}

/** Ordered by the city's numbers, and over by the word of the city's group, once no number reaches the line any more. */
export function specialCommands(row: Special, viewer: Viewer, reached: boolean): Command[] {
  if (row.closed_at || reached || viewer.level !== 'city' || !supervises(viewer, row.unit)) return []
  return [{
    title: specialWords.close, path: `/api/v1/supervision/${row.unit}/special-supervision-closing`, consequence: specialWords.closeFollows(row.unit_name), final: true, signature: true,
    fields: [words('note', specialWords.closeNote)],
  }]
}

/** The conference's office, or the city itself. */
export function isTheOffice(viewer: Viewer): boolean {
  return ['leader', 'dispatcher'].includes(viewer.role) && directs(viewer) && (viewer.kind === 'office' || viewer.level === 'city')
}
export function takesTasks(viewer: Viewer, unit: string): boolean {
  return ['government', 'department', 'political_legal'].includes(viewer.kindOf(unit))
}
export function assignTask(unit: string, name: string): Command {
  return {
    title: taskWords.assignTitle(name), path: `/api/v1/conference/${unit}/tasks`, consequence: taskWords.assignFollows(name), final: true, button: taskWords.assign,
    fields: [
      { name: 'meeting', label: taskWords.meeting, kind: 'line', required: true, most: 200, help: taskWords.meetingHelp },
      words('text', taskWords.text),
      { name: 'due', label: taskWords.due, kind: 'day', required: true },
    ],
  }
}
export function taskCommands(row: Task, viewer: Viewer): Command[] {
  const at = (act: string) => `/api/v1/conference/${row.unit}/${act}`
  const also = { task: row.task }
  const found: Command[] = []
  if (['leader', 'handler'].includes(viewer.role) && viewer.unit === row.unit && (row.state === 'open' || row.state === 'returned')) {
    found.push({ title: taskWords.report, path: at('task-reports'), consequence: taskWords.reportFollows, also, fields: [words('text', taskWords.reportText), photos(taskWords.evidence, false)] })
  }
  if (row.state === 'answered' && isTheOffice(viewer)) {
    found.push(
      { title: taskWords.accept, path: at('task-acceptances'), consequence: taskWords.acceptFollows(row.unit_name), attests: said(judged.task(row.text), row.reports), also, final: true, signature: true, fields: [words('note', taskWords.note, false)] },
      { title: taskWords.refuse, path: at('task-returns'), consequence: taskWords.refuseFollows(row.unit_name), also, fields: [words('reason', taskWords.reason)] },
    )
  }
  return found
}

export interface Bar {
  code: string
  value: number
  threshold: number
  /** A threshold that is reached is why. */
  reached: boolean
  /** How long the bar is and where the threshold stands, of a hundred. */
  share: number
  mark: number
}

const CODES = ['open_findings', 'grave_findings', 'failures', 'overdue'] as const
/** Nothing has changed between the two. */
export function sameFigures(one: Figures | null | undefined, other: Figures | null | undefined): boolean {
  return !!one && !!other && CODES.every((code) => one[code] === other[code])
}

/** Numbers against thresholds, on a scale of their own each; a threshold of nought is switched off. */
export function bars(numbers: Figures | null | undefined, thresholds: Figures | null | undefined): Bar[] {
  return CODES.map((code) => {
    const value = numbers?.[code] ?? 0
    const threshold = thresholds?.[code] ?? 0
    const most = Math.max(value, threshold * 1.25, 1)
    return { code, value, threshold, reached: threshold > 0 && value >= threshold, share: Math.round((value / most) * 100), mark: Math.round((threshold / most) * 100) }
  })
}

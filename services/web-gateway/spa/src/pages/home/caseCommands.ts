// What may be done with a case, by who looks at it and where its handling stands.
import { competentName, type CaseState } from './caseState'
import { directs, leadsAbove, type Viewer } from './standing'
import { moment } from '@/format'
import { choices } from '@/texts/common'
import { caseActs as words, caseClasses, classObliges, extendable, inspection } from '@/texts/cases'
import type { components } from '@/api/schema'
import { unitName } from '@/parts/units'
import { filled, limitSaid } from '@/parts/campaign'
import type { Choice, Command, Field } from '@/parts/commands'

type Row = components['schemas']['CaseRow']
type Clock = Pick<components['schemas']['ClockRow'], 'clock' | 'obligation' | 'title' | 'unit' | 'stopped_at' | 'overdue' | 'due'>

/** A case as the page has read it. */
export interface CaseSeen {
  row: Row
  state: CaseState
  clocks: readonly Clock[]
  revision?: number
}

const AT_WORK = ['assigned', 'acknowledged', 'inspected', 'identification', 'clean_awaiting_review', 'confirmed']

function to(seen: CaseSeen, act: string): Pick<Command, 'path' | 'revision'> {
  const path = `/api/v1/cases/${seen.row.case_id}/${act}`
  return seen.revision === undefined ? { path } : { path, revision: seen.revision }
}
function words_(name: string, label: string, required = true, help?: string): Field {
  return { name, label, kind: 'words', required, ...(help ? { help } : {}) }
}
const unit = (label: string, help?: string): Field => ({ name: 'to', label, kind: 'unit', required: true, ...(help ? { help } : {}) })

/** Somebody of the owner who may commit it. */
export function atOwnersDesk({ state }: CaseSeen, viewer: Viewer): boolean {
  return !!state.owner && state.owner === viewer.unit && ['handler', 'leader', 'dispatcher'].includes(viewer.role)
}
/** Inspectors stand in for a desk that the case is about: they took it up, and nobody else there may know of it. */
function standsIn({ state, clocks }: CaseSeen, viewer: Viewer): boolean {
  if (viewer.role !== 'inspector') return false
  const desk = (state.against?.units ?? []).some((one) => viewer.levelOf(one) === 'city' && ['office', 'government'].includes(viewer.kindOf(one)))
  return desk || clocks.some((clock) => clock.obligation === 'assign_case' && !clock.stopped_at && clock.unit === viewer.unit)
}
/** A dispatcher in whose area the case lies, or who stands in for one. */
export function dispatches(seen: CaseSeen, viewer: Viewer): boolean {
  const { state, row } = seen
  if (standsIn(seen, viewer)) return true
  const within = state.owner ?? row.place?.division
  return viewer.role === 'dispatcher' && (within ? viewer.covers(within) : viewer.level === 'city')
}
/** Whether the viewer's government or department may judge the site. */
export function judges({ state }: CaseSeen, viewer: Viewer): boolean {
  return ['handler', 'leader'].includes(viewer.role) && ['government', 'department'].includes(viewer.kind) && viewer.covers(state.owner)
}
/** Whether the viewer may record what was found on the site. */
export function mayInspect({ state }: CaseSeen, viewer: Viewer): boolean {
  const handles = state.owner === viewer.unit || state.co_handlers.includes(viewer.unit)
  return handles && ['handler', 'leader'].includes(viewer.role) && ['acknowledged', 'inspected', 'identification'].includes(state.progress)
}

function mayAssign(seen: CaseSeen, viewer: Viewer): boolean {
  const { progress } = seen.state
  const early = progress === 'opened' || progress === 'returned'
  if (atOwnersDesk(seen, viewer)) return directs(viewer) && (early || ['assigned', 'acknowledged', 'inspected'].includes(progress))
  return early && dispatches(seen, viewer)
}

/** The main path: assignment, acknowledgement, identification, classification, review; the step that is due stands first. */
export function caseCommands(seen: CaseSeen, viewer: Viewer): Command[] {
  const { state } = seen
  const found: Command[] = []
  const desk = atOwnersDesk(seen, viewer)
  const held = !!state.holders[state.holders.length - 1]?.given_by
  if (desk && (state.progress === 'assigned' || (state.progress === 'returned' && held))) {
    found.push({ ...to(seen, 'acknowledge'), title: words.acknowledge, consequence: filled(state.finding ? words.acknowledgeInspectedFollows : words.acknowledgeFollows, state.urgency), fields: [] })
  }
  found.push(...judgements(seen, viewer, desk))
  if (mayAssign(seen, viewer)) {
    found.push({
      ...to(seen, 'assign'), title: ['handler', 'leader'].includes(viewer.role) ? words.assignOn : words.assign, consequence: words.assignFollows,
      fields: [
        unit(words.assignTo, words.assignHelp), { name: 'co_handlers', label: words.coHandlers, kind: 'units' }, words_('instructions', words.instructions, false),
        ...(state.urgency === 'urgent' ? [] : [{ name: 'urgent', label: words.makeUrgent, kind: 'yes', help: words.makeUrgentHelp } as const]),
      ],
    })
  }
  if (desk && held && ['assigned', 'acknowledged', 'returned'].includes(state.progress) && !state.designated && !state.returned_by.includes(viewer.unit)) {
    found.push({ ...to(seen, 'return'), title: words.return, adverse: true, consequence: state.returned_by.length > 0 ? words.returnAgainFollows(state.returned_by.map((one) => unitName(one)).join('、')) : words.returnFollows, final: true, fields: [words_('reason', words.returnReason)] })
  }
  return found
}

/** Each class with what it obliges to. */
export function classChoices(): Choice[] {
  return choices(caseClasses).map((one) => ({ ...one, note: classObliges[one.value] ?? '' }))
}
/** Whoever is competent is a unit of the directory or, beyond it, a name. */
function competent({ refer_beyond: beyond, ...body }: Record<string, unknown>): Record<string, unknown> {
  return body.refer_to || !beyond ? body : { ...body, refer_to: beyond }
}
function judgements(seen: CaseSeen, viewer: Viewer, desk: boolean): Command[] {
  const { state } = seen
  const found: Command[] = []
  const basis = words_('basis', words.basis)
  const refer: Field[] = [
    { name: 'refer_to', label: words.referTo, kind: 'unit', help: words.referToHelp },
    { name: 'refer_beyond', label: words.referBeyond, kind: 'line', most: 100, when: (values) => !values.refer_to },
  ]
  const judge = judges(seen, viewer)
  if (judge && state.progress === 'inspected' && viewer.level !== 'village') {
    const doubtful = !state.identified && state.finding !== 'confirmed_activity'
    const township = viewer.level === 'township'
    if (!(township && doubtful)) {
      found.push({
        ...to(seen, 'classification'), title: words.classify, consequence: filled(words.classifyFollows, state.urgency),
        fields: [{ name: 'class', label: words.class, kind: 'choice', required: true, choices: classChoices() }, basis],
      })
    }
    const handles = viewer.kind === 'government' || state.owner === viewer.unit || state.co_handlers.includes(viewer.unit)
    if (!township && !state.identified && handles) {
      found.push({ ...to(seen, 'classification'), title: words.notSmall, adverse: true, consequence: words.notSmallFollows, final: true, fields: [basis, ...refer], also: { class: 'not_small_chemical' }, complete: competent })
    }
  }
  if (desk && state.progress === 'inspected' && !state.identified && ['township', 'village'].includes(viewer.level)) {
    found.push({ ...to(seen, 'identification-request'), title: words.requestIdentification, consequence: words.requestIdentificationFollows, fields: [words_('doubt', words.doubt)] })
  }
  if (judge && state.progress === 'identification' && viewer.level === 'county') {
    found.push(
      {
        ...to(seen, 'identification'), title: words.identifyYes, consequence: words.identifyYesFollows, also: { small_chemical: true },
        fields: [{ name: 'class', label: words.classLater, kind: 'choice', choices: classChoices() }, basis],
      },
      { ...to(seen, 'identification'), title: words.identifyNo, adverse: true, consequence: words.identifyNoFollows, final: true, also: { small_chemical: false }, fields: [basis, ...refer], complete: competent },
    )
  }
  return [...found, ...cleanReview(seen, viewer)]
}

function cleanReview(seen: CaseSeen, viewer: Viewer): Command[] {
  const { state } = seen
  if (state.progress !== 'clean_awaiting_review') return []
  const denial = state.denied ? state.denials?.[state.denials.length - 1] : undefined
  const took = [...state.inspections.map((one) => one.recorded_by?.staff), ...(state.denials ?? []).map((one) => one.by.staff)]
  if (!leadsAbove(viewer, denial?.by.unit ?? state.owner) || took.includes(viewer.account)) return []
  return [
    { ...to(seen, 'clean-review'), title: words.agreeClean, consequence: words.agreeCleanFollows, attests: [...visitsSaid(state), ...(denial?.refer_to ? [words.passedOnSaid(competentName(denial.refer_to))] : [])], signature: true, also: { agreed: true }, fields: [words_('note', words.note, false)] },
    { ...to(seen, 'clean-review'), title: words.refuseClean, adverse: true, consequence: words.refuseCleanFollows, also: { agreed: false }, fields: [words_('note', words.reason)] },
  ]
}

/** The visits that count: since the site was last to be looked at; people write down minutes. */
function visitsSaid({ inspections, to_visit_from: from }: CaseState): string[] {
  const minute = (at: string): number => Math.floor(Date.parse(at) / 60_000)
  return inspections.filter((one) => !from || minute(one.inspected_at) >= minute(from)).map((one) => {
    const checks = [...Object.values(one.five), ...Object.values(one.three ?? {})]
    const photos = new Set([...one.evidence, ...checks.flatMap((check) => check.evidence)]).size
    return words.inspectedSaid(moment(one.inspected_at), one.went.join('、'), photos, one.no_coordinates ? `，${inspection.notLocated(one.no_coordinates)}` : '')
  })
}

/** Beside the main path: who handles it, until when, with what it is one, whether it is taken up again. */
export function steeringCommands(seen: CaseSeen, viewer: Viewer): Command[] {
  const { state } = seen
  const found: Command[] = []
  const [desk, dispatcher] = [atOwnersDesk(seen, viewer), dispatches(seen, viewer)]
  const aboveAll = (viewer.role === 'dispatcher' || standsIn(seen, viewer)) && state.returned_by.every((one) => viewer.covers(viewer.parentOf(one)))
  if (aboveAll && (state.progress === 'awaiting_designation' || (state.designated && AT_WORK.includes(state.progress)))) {
    found.push({ ...to(seen, 'designate'), title: words.designate, consequence: words.designateFollows, final: true, fields: [unit(words.to), words_('reason', words.reason)] })
  }
  if (dispatcher && viewer.unit !== state.owner && !state.designated && AT_WORK.includes(state.progress)) {
    found.push({ ...to(seen, 'reassign'), title: words.reassign, consequence: (state.progress === 'confirmed' ? words.reassignDisposalFollows : words.reassignFollows)(unitName(state.owner) || words.formerUnit), fields: [unit(words.to, words.assignHelp), words_('reason', words.reason)] })
  }
  if ((desk || dispatcher) && state.owner && state.progress !== 'closed') {
    found.push({ ...to(seen, 'co-handlers'), title: words.addCoHandler, consequence: words.addCoHandlerFollows, fields: [{ name: 'unit', label: words.coHandler, kind: 'unit', required: true }] })
  }
  found.push(...extensions(seen, viewer))
  if (dispatcher && state.progress !== 'closed') {
    found.push({
      ...to(seen, 'merge'), title: words.merge, consequence: words.mergeFollows,
      fields: [{ name: 'into', label: words.into, kind: 'case', required: true, ...(seen.row.county ? { within: seen.row.county } : {}), ...(seen.row.case_id ? { except: seen.row.case_id } : {}) }, words_('reason', words.reason)],
    })
  }
  if (mayReopen(seen, viewer)) {
    found.push({ ...to(seen, 'reopen'), title: words.reopen, consequence: words.reopenFollows, fields: [words_('reason', words.reason)] })
  }
  return found
}

/** Releases co-handlers, chosen by name. */
export function releaseCommand(seen: CaseSeen, viewer: Viewer, named: readonly Choice[]): Command[] {
  const may = atOwnersDesk(seen, viewer) || dispatches(seen, viewer)
  if (!may || seen.state.progress === 'closed' || named.length === 0) return []
  return [{
    ...to(seen, 'co-handlers/remove'), title: words.removeCoHandler, consequence: words.removeCoHandlerFollows,
    fields: [{ name: 'unit', label: words.coHandler, kind: 'choice', required: true, choices: [...named] }, words_('reason', words.reason)],
  }]
}

function mayReopen({ state, row }: CaseSeen, viewer: Viewer): boolean {
  if (state.progress !== 'closed' || state.closed?.kind === 'disposed') return false
  const within = state.owner ?? (state.closed?.kind === 'merged' ? row.place?.division : null)
  return ['dispatcher', 'leader', 'supervisor'].includes(viewer.role) && viewer.covers(within)
}

function extensions(seen: CaseSeen, viewer: Viewer): Command[] {
  const { state } = seen
  if (state.progress === 'closed') return []
  const asked = (clock: Clock) => state.extensions.some((one) => {
    const refused = typeof one.answer === 'object' && one.answer !== null
    const sameWork = one.obligation === clock.obligation && one.round === state.reopenings && (one.unit === clock.unit || ['safety_plan', 'remaining_measures'].includes(one.obligation))
    return !refused && (one.clock === clock.clock || sameWork)
  })
  const open = seen.clocks.filter((clock) => !clock.stopped_at && !clock.overdue && clock.unit === viewer.unit && (clock.obligation ?? '') in extendable && !asked(clock))
  const found: Command[] = []
  if (open.length > 0 && ['handler', 'leader', 'dispatcher'].includes(viewer.role)) {
    found.push({
      ...to(seen, 'extensions'), title: words.requestExtension, consequence: words.requestExtensionFollows,
      fields: [
        { name: 'obligation', label: words.obligation, kind: 'choice', required: true, choices: open.map((clock) => ({ value: clock.obligation ?? '', label: clock.title ?? '', note: words.dueNow(moment(clock.due), clock.obligation === 'remaining_measures' ? '' : limitSaid(clock.obligation ?? '', state.urgency)) })), ...(open.length === 1 ? { initial: open[0]?.obligation } : {}) },
        { name: 'to', label: words.until, kind: 'moment', required: true },
        words_('reason', words.reason),
      ],
    })
  }
  for (const one of state.extensions.filter((extension) => extension.answer === null && leadsAbove(viewer, extension.unit))) {
    const what = extendable[one.obligation] ?? one.obligation
    found.push(
      { ...to(seen, 'extensions/grant'), title: words.grantExtension(what), consequence: words.grantFollows(moment(one.to), one.reason), signature: true, also: { obligation: one.obligation }, fields: [] },
      { ...to(seen, 'extensions/refuse'), title: words.refuseExtension(what), adverse: true, consequence: words.refuseExtensionFollows(moment(one.due)), also: { obligation: one.obligation }, fields: [words_('reason', words.reason)] },
    )
  }
  return found
}

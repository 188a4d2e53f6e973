// What may be done with a tip, by who looks at it and how far its screening is.
import { directs, isOfTheCity, leadsTheCity, type Viewer } from './standing'
import { yuan } from '@/format'
import { personName } from '@/parts/people'
import { unitName } from '@/parts/units'
import { choices, rejections } from '@/texts/common'
import { judged } from '@/texts/signing'
import { compartments, tipActs as words, urgencies } from '@/texts/tips'
import type { components } from '@/api/schema'
import type { Command, Field } from '@/parts/commands'

type Tip = components['schemas']['TipRow']
type Similar = components['schemas']['Similar']
type Custody = components['schemas']['ReadCustodyResponse']

/** A tip as the page has read it. */
export interface TipSeen {
  tip: Tip
  /** What the reporter was told: somebody who was turned down and waits again is screened by another desk. */
  told: ReadonlyArray<{ kind?: string }>
  clocks: ReadonlyArray<{ obligation?: string; unit?: string; stopped_at?: string | null }>
  revision?: number
}

function to(seen: TipSeen, act: string): Pick<Command, 'path' | 'revision'> {
  const path = `/api/v1/tips/${seen.tip.tip_id}/${act}`
  return seen.revision === undefined ? { path } : { path, revision: seen.revision }
}
const reason = (help?: string, label: string = words.reason): Field => ({ name: 'reason', label, kind: 'words', required: true, ...(help ? { help } : {}) })

/** Whether its reporter was turned down before. */
function wasTurnedDown({ told }: TipSeen): boolean {
  return told.some((one) => one.kind === 'rejected' || one.kind === 'diverted')
}
/** Whether the viewer screens this tip: the desk of where it lies, or the one that was named for it. */
export function screens(seen: TipSeen, viewer: Viewer): boolean {
  const waiting = seen.clocks.find((clock) => clock.obligation === 'screen_tip' && !clock.stopped_at)?.unit
  if (waiting && viewer.kindOf(waiting) === 'discipline') return viewer.role === 'inspector' && viewer.unit === waiting
  if (viewer.role !== 'dispatcher') return false
  if (waiting && wasTurnedDown(seen) && seen.tip.progress === 'received') return viewer.covers(waiting)
  return covers(seen.tip, viewer)
}

/** Whether the viewer keeps and writes down what was said: the call desk of where it lies. */
export function isOnesCall({ tip }: Pick<TipSeen, 'tip'>, viewer: Viewer): boolean {
  return tip.channel === 'phone' && (viewer.role === 'operator' || viewer.role === 'dispatcher') && covers(tip, viewer)
}

function covers(tip: Tip, viewer: Viewer): boolean {
  const division = tip.place?.division ?? tip.township ?? tip.county
  return division ? viewer.covers(division) : isOfTheCity(viewer)
}

function placeOf(tip: Tip): Field[] {
  return [
    { name: 'place.text', label: words.place, kind: 'line', required: true, most: 200, initial: tip.place?.text },
    { name: 'place.division', label: words.division, kind: 'unit', initial: tip.place?.division ?? undefined },
  ]
}
function summaryOf(tip: Tip): Field {
  return { name: 'summary', label: words.summary, kind: 'words', required: true, help: words.summaryHelp, initial: tip.summary ?? undefined }
}

/** Accept, and open a case. */
export function accept(seen: TipSeen): Command {
  const { tip } = seen
  const coordinates = tip.place?.coordinates
  return {
    ...to(seen, 'accept'),
    title: words.accept,
    consequence: words.acceptFollows,
    fields: [
      summaryOf(tip),
      { name: 'enterprise', label: words.enterprise, kind: 'line', most: 100, initial: tip.enterprise ?? undefined },
      ...placeOf(tip),
      { name: 'urgency', label: words.urgency, kind: 'choice', required: true, choices: choices(urgencies), initial: tip.urgent ? 'urgent' : 'normal' },
    ],
    ...(coordinates ? { also: { place: { coordinates: { ...coordinates } } } } : {}),
  }
}

/** Link to a case that is likely the same site: nothing to fill in, one key and Enter; null if it is none that may be joined. */
export function join(seen: TipSeen, similar: Similar, viewer: Viewer): Command | null {
  if (similar.kind !== 'case' || similar.state === 'closed' || seen.tip.progress !== 'received' || !screens(seen, viewer)) return null
  return {
    ...to(seen, 'link'),
    title: words.join,
    consequence: words.joinFollows(`${similar.place || similar.summary}（${similar.explained}）`),
    fields: [],
    also: { case_id: similar.id },
  }
}

/** Whether it is decided, or answered, on what the reporter wrote. */
export function rests(command: Command): boolean {
  return /\/(?:accept|reject|divert|reply)$/.test(command.path)
}

/** Screening, and what goes on with the reporter afterwards; the step that is due stands first. */
export function tipCommands(seen: TipSeen, viewer: Viewer): Command[] {
  const { tip } = seen
  const found: Command[] = []
  const mine = screens(seen, viewer)
  if (mine && tip.progress === 'received') {
    found.push(accept(seen), {
      ...to(seen, 'reject'),
      title: words.reject, adverse: true, final: true,
      consequence: words.rejectFollows(viewer.level === 'city', wasTurnedDown(seen)),
      fields: [
        { name: 'reason', label: words.rejectReason, kind: 'choice', required: true, choices: choices(rejections) },
        { name: 'explanation', label: words.explanation, kind: 'words', required: true, help: words.reasonPublic },
      ],
    }, {
      ...to(seen, 'divert'),
      title: words.divert, final: true,
      consequence: words.divertFollows(viewer.level === 'city', wasTurnedDown(seen)),
      fields: [
        { name: 'authority', label: words.divertTo, kind: 'line', required: true, most: 100 },
        { name: 'explanation', label: words.explanation, kind: 'words', required: true, help: words.reasonPublic },
      ],
    })
    found.push({
      ...to(seen, 'link'),
      title: words.link,
      consequence: words.linkFollows,
      fields: [{ name: 'case_id', label: words.linkTo, kind: 'case', required: true, ...(tip.county ? { within: tip.county } : {}) }],
    })
  }
  if (mine && tip.progress !== 'received') {
    found.push({
      ...to(seen, 'outcome'), title: words.outcome, consequence: words.outcomeFollows,
      fields: [{ name: 'text', label: words.outcomeText, kind: 'words', required: true, help: words.reasonPublic }],
    })
  }
  if (mine) {
    found.push({
      ...to(seen, 'reply'), title: words.reply, consequence: words.replyFollows,
      fields: [{ name: 'text', label: words.replyText, kind: 'words', required: true }],
    })
  }
  if (mine && tip.progress === 'accepted') {
    found.push({ ...to(seen, 'unlink'), title: words.unlink, adverse: true, consequence: words.unlinkFollows, fields: [reason()] })
  }
  if (mayReconsider(seen, viewer)) {
    found.push({ ...to(seen, 'reconsider'), title: words.reconsider, consequence: words.reconsiderFollows, fields: [reason()] })
  }
  return [...found, ...specialCommands(seen, viewer, mine)]
}

function specialCommands(seen: TipSeen, viewer: Viewer, mine: boolean): Command[] {
  const { tip } = seen
  const found: Command[] = []
  if (mine) {
    const area = tip.township ?? tip.county
    const persons: Field = { name: 'persons', label: words.conflictPersons, kind: 'persons', ...(area ? { within: area } : {}) }
    found.push({
      ...to(seen, 'conflict'), title: words.conflict, consequence: words.conflictFollows, final: true,
      fields: [{ name: 'units', label: words.conflictUnits, kind: 'units' }, persons],
    })
  }
  const hears = viewer.role === 'operator' && covers(tip, viewer)
  if (!tip.urgent && !tip.danger && (mine || hears)) {
    found.push({ ...to(seen, 'danger'), title: words.danger, adverse: true, consequence: words.dangerFollows, final: true, fields: [] })
  }
  if (isOnesCall(seen, viewer)) {
    found.push({
      ...to(seen, 'transcript'), title: words.transcript, consequence: words.transcriptFollows,
      fields: [{ name: 'text', label: words.transcriptText, kind: 'words', required: true, most: 10000 }],
    })
  }
  if (viewer.role === 'inspector') {
    found.push({
      ...to(seen, 'erase'), title: words.erase, adverse: true, consequence: eraseSaid(tip), final: true, signature: true,
      fields: [{ name: 'compartments', label: words.eraseWhat, kind: 'choices', required: true, choices: choices(compartments) }, reason()],
    })
  }
  return found
}

/** The same where no identity is kept: nobody is offered to destroy what is not there. */
export function contentOnly(erase: Command): Command {
  const fields = erase.fields.map((field) => (field.choices ? { ...field, choices: field.choices.filter((one) => one.value !== 'identity') } : field))
  return { ...erase, fields, consequence: (erase.consequence ?? '').replace(words.eraseBoth, words.eraseContent) }
}
/** What is destroyed before it was screened, nobody can screen. */
export function eraseSaid(tip: Tip): string {
  return tip.progress === 'received' ? `${words.eraseFollows}${words.eraseUnscreened}` : words.eraseFollows
}

/** Above who turned it down: the city's desk and leaders, or the inspectors. */
function mayReconsider(seen: TipSeen, viewer: Viewer): boolean {
  if (seen.tip.progress !== 'rejected' && seen.tip.progress !== 'diverted') return false
  if (viewer.role === 'inspector') return true
  if (viewer.role === 'leader') return leadsTheCity(viewer)
  return viewer.role === 'dispatcher' && isOfTheCity(viewer)
}

/** The protected identity: asked for by one, agreed to by another, opened once. */
export function revealCommands(seen: TipSeen, viewer: Viewer, custody: Custody): Command[] {
  const last = custody.reveals?.[custody.reveals.length - 1]
  const asks = viewer.role === 'inspector' || (viewer.role === 'dispatcher' && viewer.level === 'city' && directs(viewer))
  const agrees = viewer.role === 'inspector' || leadsTheCity(viewer)
  const found: Command[] = []
  // Somebody of the same post does not agree: what an inspector asks for, a leader of the city agrees to.
  const samePost = viewer.role === 'inspector' && last?.requested_by_unit === unitName(viewer.unit)
  if (agrees && !samePost && last?.state === 'open' && last.requested_by !== viewer.account) {
    found.push(
      { ...to(seen, 'reveal/approve'), title: words.approveReveal, consequence: words.approveRevealFollows, attests: [judged.reveal([last.requested_by_unit, personName(last.requested_by)].filter(Boolean).join(' '), last.reason ?? '')], signature: true, fields: [] },
      { ...to(seen, 'reveal/refuse'), title: words.refuseReveal, adverse: true, consequence: words.refuseRevealFollows, fields: [reason()] },
    )
  }
  if (asks && last?.state === 'approved' && last.requested_by === viewer.account) {
    found.push({ ...to(seen, 'reveal/open'), title: words.openReveal, consequence: words.openRevealFollows, final: true, fields: [] })
  }
  if (asks && !custody.no_reveal && last?.state !== 'open' && last?.state !== 'approved') {
    found.push({ ...to(seen, 'reveal'), title: words.reveal, consequence: words.revealFollows, fields: [reason(words.reasonPublic)] })
  }
  return found
}

/** The reward: agreed to, refused or paid. */
export function rewardCommands(seen: TipSeen, viewer: Viewer, custody: Custody): Command[] {
  const last = custody.rewards?.[custody.rewards.length - 1]
  if (!last) return []
  if (last.state === 'proposed' && leadsTheCity(viewer) && last.proposed_by !== viewer.account) {
    return [
      { ...to(seen, 'reward/approve'), title: words.approveReward, consequence: `${words.approveRewardFollows(yuan(last.amount_fen ?? 0))}${words.rewardFrom(yuan(last.fine_fen ?? 0), last.rules ?? '', personName(last.proposed_by))}`, signature: true, fields: [] },
      { ...to(seen, 'reward/refuse'), title: words.refuseReward, adverse: true, consequence: words.refuseRewardFollows(yuan(last.amount_fen ?? 0)), fields: [reason(words.reasonPublic)] },
    ]
  }
  if (last.state !== 'approved' || !screens(seen, viewer)) return []
  return [{ ...to(seen, 'reward/paid'), title: words.paid, consequence: words.paidFollows(yuan(last.amount_fen ?? 0)), final: true, signature: true, fields: [] }]
}

/** Whether a reward may be proposed now. */
export function mayPropose(seen: TipSeen, viewer: Viewer, custody: Custody): boolean {
  const last = custody.rewards?.[custody.rewards.length - 1]
  return seen.tip.progress === 'accepted' && screens(seen, viewer) && !custody.no_reward && (!last || last.state === 'refused')
}
/** Proposes a reward for a fine in yuan. */
export function propose(seen: TipSeen, fineYuan: number): Command {
  const fen = Math.round(fineYuan * 100)
  return {
    ...to(seen, 'reward'), title: words.propose, consequence: words.proposeFollows(` ${yuan(fen)}`),
    fields: [{ name: 'insider', label: words.insider, kind: 'yes', initial: false }], also: { fine_fen: fen },
  }
}

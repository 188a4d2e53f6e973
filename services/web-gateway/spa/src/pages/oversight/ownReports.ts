// How far the reports of one's own unit have come, stage by stage, and which of it waits for whoever looks.
import type { components } from '@/api/schema'
import { word } from '@/texts/common'
import { reports as texts, reportStates } from '@/texts/oversight'
import type { Me } from './rights'

export type Stage = components['schemas']['Stage']
export type Report = components['schemas']['AreaReportRow']
export interface Own {
  stage: string
  name: string
  /** Its last day, if it has one. */
  to: string | null
  said: string
  /** What is to be done about it by the viewer; nothing if it is somebody else's turn, or nobody's. */
  waits: string
}

/** `today` as the city has it: what a stage owes is asked for when it is over, its guarantee when it has begun; but nobody is asked for a
    stage that was over before the city was set up, and then there is no row of it. */
export function ownStages(stages: readonly Stage[], rows: readonly Report[], of: { me: Me; level: string; today: string }): Own[] {
  return stages.map((stage) => {
    const row = rows.find((one) => one.unit === of.me.unit && one.stage === stage.code)
    const owes = stage.to ? (stage.owes ?? null) : null
    const told = owes === 'guarantee' ? guarantee(stage, row, of) : report(stage, owes, row, of)
    return { stage: stage.code, name: stage.name, to: stage.to ?? null, ...told }
  })
}

/** One colour for how far a report has come, wherever it stands: nothing is in order where sites were found to be missing. */
export function reportKind(state: string, contradictions: number): 'success' | 'warning' {
  return contradictions > 0 || ['absent', 'drafted', 'returned'].includes(state) ? 'warning' : 'success'
}

/** What becomes of a report after its signature, seal or filing; of those below a county, that the level above takes it up. */
export function nextSaid(state: string, level: string, above: string, owes: string | null): string {
  if (state === 'signed') return level === 'county' ? texts.next.toSeal : texts.next.signed(above)
  if (state === 'sealed') return texts.next.sealed
  return state === 'filed' && owes === 'acceptance' ? texts.next.filed : ''
}

type Of = Parameters<typeof ownStages>[2]
function guarantee(stage: Stage, row: Report | undefined, { me, today }: Of): Pick<Own, 'said' | 'waits'> {
  if (row?.guaranteed_at) return { said: texts.guaranteed, waits: '' }
  const asked = row !== undefined || (stage.from <= today && today <= (stage.to ?? ''))
  return { said: asked || !signs(me) ? texts.noGuarantee : texts.guaranteeLater, waits: asked && signs(me) ? texts.turns.guarantee : '' }
}
function report(stage: Stage, owes: string | null, row: Report | undefined, { me, level, today }: Of): Pick<Own, 'said' | 'waits'> {
  const state = row?.state ?? 'absent'
  if (state === 'absent' && (owes === null || today <= (stage.to ?? ''))) return { said: owes === null ? texts.owesNothing : texts.notDue, waits: '' }
  const waits = { absent: drafts(me) && texts.turns.draft, returned: drafts(me) && texts.turns.again, drafted: signs(me) && texts.turns.sign, signed: level === 'county' && me.role === 'leader' && texts.turns.seal }[state]
  return { said: word(reportStates, state), waits: waits || '' }
}
function signs(me: Me): boolean {
  return me.role === 'leader' && me.firstResponsible
}
function drafts(me: Me): boolean {
  return me.role === 'leader' || me.role === 'handler'
}

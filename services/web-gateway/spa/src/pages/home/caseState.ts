// The state of a case and of its disposal as the domain folds them: the fields that the pages read.

export interface Check {
  answer: 'yes' | 'no' | 'not_applicable'
  note: string
  evidence: string[]
}
export interface Party {
  role: string
  name: string
}
export interface Coordinates {
  latitude: number
  longitude: number
}
export interface Inspection {
  recorded_by?: { kind: string; staff?: string; unit?: string; role?: string }
  went: string[]
  inspected_at: string
  coordinates?: Coordinates
  no_coordinates?: string
  method: string
  premises: string
  five: Record<string, Check>
  three: Record<string, Check> | null
  parties: Party[]
  finding: string
  note: string
  evidence: string[]
}
export interface Extension {
  clock: string
  obligation: string
  unit: string
  due: string
  to: string
  reason: string
  requested_at: string
  answer: null | 'granted' | { refused: { reason: string } }
  round: number
}
/** A unit of the directory, or the name of somebody beyond it. */
export type Competent = string | { unit: string; name: string }
export interface Against {
  units?: string[]
  persons?: string[]
}
/** The colour of a state wherever it stands; that a site has come back is a tag of its own. */
export function stateKind(row: { state?: string }): 'success' | 'primary' {
  return row.state === 'closed' ? 'success' : 'primary'
}
export interface CaseState {
  progress: string
  origin: null | { kind: string; method?: string; note?: string; of?: string }
  urgency: string
  against: Against
  tips: string[]
  owner: string | null
  co_handlers: string[]
  instructions: string
  holders: Array<{ unit: string; given_by: string | null; from: string }>
  acknowledged_at: string | null
  returned_by: string[]
  designated: boolean
  inspections: Inspection[]
  to_visit_from?: string | null
  finding: string | null
  identified: boolean
  denials?: Array<{ by: { unit?: string; staff?: string }; at: string; refer_to: Competent | null }>
  denied?: boolean
  closed: null | { kind: string; into?: string; refer_to?: Competent | null }
  extensions: Extension[]
  reopenings: number
}

export interface MeasureRecord {
  measure: string
  done: null | { at: string; before: string[]; after: string[]; note: string }
  reopened: string[]
}
export type Standing = string | Record<string, { reason?: string; area?: string; at?: string }>
export interface DisposalState {
  progress: string
  class: string | null
  unit: string | null
  against: Against
  measures: MeasureRecord[]
  plan: null | { risks: string; measures: string; responsible: string; submitted_by: string | null; standing: Standing; judged_by?: string | null; judged_at?: string | null; outlived: boolean }
  workers: string[]
  worked: string[]
  reviews_required: string[]
  /** Who passed which of those, and when. */
  signatures: Array<{ level: string; unit: string | null; by: string | null; at: string }>
  referrals: Array<{ referral: number; party: Party; to: string; receiver: string | null; grounds: string; result: string | null }>
  closed_at: string | null
  spot_check: null | { seed: string; round: number; passed: boolean | null }
  rechecks: Array<{ after_days: number; raised_at: string; outcome: string | null }>
  relapses: Array<{ new_case: string; link: string; note: string; found_at: string; confirmed: boolean }>
  exposure: null | { enterprise: string; facts: string; proposed_by: string | null; standing: Standing }
}

/** Whoever is competent, as people say it. */
export function competentName(of: Competent | null | undefined): string {
  return typeof of === 'string' ? of : (of?.name ?? '')
}
/** A state from its JSON; null where there is none, or none that can be read. */
export function parsed<T>(json: string | null | undefined): T | null {
  if (!json) return null
  try {
    return JSON.parse(json) as T
  } catch {
    return null
  }
}

/** The name of a standing that may carry details. */
export function standing(of: Standing | null | undefined): string {
  if (!of) return ''
  return typeof of === 'string' ? of : (Object.keys(of)[0] ?? '')
}
/** Why, where a standing gives a reason. */
export function reasonOf(of: Standing | null | undefined): string {
  return of && typeof of !== 'string' ? (Object.values(of)[0]?.reason ?? '') : ''
}
/** Whether it is about somebody who must not learn of it. */
export function isAgainst(against: Against | null | undefined): boolean {
  return (against?.units?.length ?? 0) + (against?.persons?.length ?? 0) > 0
}

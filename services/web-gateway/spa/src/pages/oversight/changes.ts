// What has changed since a report was drafted: its frozen list compared with the ledger as it now is.
import { api, ask, fresh } from '@/api/client'
import type { components } from '@/api/schema'
import { classes, states, word } from '@/texts/common'
import { reports as texts } from '@/texts/oversight'

export type Line = components['schemas']['DraftLine']
export interface Difference {
  caseId: string
  place: string
  kind: 'added' | 'gone' | 'changed'
  /** What stood there and what stands there now, a line each. */
  said: string[]
}

const ORDER = ['added', 'gone', 'changed']

/** Sites that are new, that are gone, that have another state, class or place; in this order, by place. */
export function differences(then: readonly Line[], now: readonly Line[]): Difference[] {
  const before = new Map(then.map((line) => [line.case_id, line]))
  const after = new Map(now.map((line) => [line.case_id, line]))
  const found: Difference[] = []
  for (const line of now) {
    const old = before.get(line.case_id)
    const said = old ? [moved(texts.caseState, stateOf(old), stateOf(line)), moved(texts.class, classOf(old), classOf(line)), moved(texts.place, old.place, line.place)].filter(Boolean) : [stateOf(line)]
    if (!old || said.length > 0) found.push({ caseId: line.case_id, place: line.place, kind: old ? 'changed' : 'added', said })
  }
  for (const line of then) if (!after.has(line.case_id)) found.push({ caseId: line.case_id, place: line.place, kind: 'gone', said: [stateOf(line)] })
  return found.sort((one, other) => ORDER.indexOf(one.kind) - ORDER.indexOf(other.kind) || one.place.localeCompare(other.place, 'zh-CN'))
}
function moved(what: string, before: string, after: string): string {
  return before === after ? '' : `${what}：${before} → ${after}`
}
function stateOf(line: Line): string {
  return line.state_title || word(states, line.state)
}
function classOf(line: Line): string {
  return line.class ? word(classes, line.class) : texts.noClass
}

/** The list as it would be drafted now, for those who may draft it. */
export async function previewed(unit: string, stage: string): Promise<Line[]> {
  return (await ask(() => api.GET('/api/v1/reports/{unit}/{stage}/preview', { params: { path: { unit, stage }, query: fresh({}) } }))).lines
}
/** The same for those above, who read the cases of the area themselves. */
export async function listed(unit: string): Promise<Line[]> {
  const lines: Line[] = []
  let after = ''
  do {
    const page = await ask(() => api.GET('/api/v1/cases', { params: { query: fresh({ unit, limit: 200, ...(after ? { after } : {}) }) } }))
    lines.push(...page.cases.map((row) => ({ case_id: row.case_id, state: row.state, class: row.class, place: row.place?.text ?? '', state_title: row.state_title })))
    after = page.next ?? ''
  } while (after)
  return lines
}

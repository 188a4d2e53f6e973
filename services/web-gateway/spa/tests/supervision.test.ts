// The lot done again as the domain does it, what is offered to whom about draws, findings and tasks, and where work leads.
import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { assignTask, bars, sameFigures, findingCommands, isSupervised, recordFinding, specialCommands, taskCommands, takesTasks, type Finding, type Special, type Task } from '@/pages/supervision/acts'
import { asMeasured, difference, happened, signed, weeksFrom, type Change } from '@/pages/supervision/bulletin'
import { awaitingDraw, checkDue, checkedOf, tally, type Clock, type Row } from '@/pages/supervision/checks'
import { announceCommand, canonical, drawCommands, redraw, sampleSize, standingOf, type Draw } from '@/pages/supervision/draw'
import { seedSaid } from '@/pages/supervision/seed'
import { viewerOf, type Viewer } from '@/pages/home/standing'
import { answerOf, workLink, type WorkItem } from '@/pages/home/workItems'
import { bodyOf, missing } from '@/parts/commands'
import type { UnitEntry } from '@/parts/units'
import { draws as drawWords, findings as findingWords, tasks as taskWords } from '@/texts/supervision'

function unit(code: string, level: string, kind: string, parent: string | null): UnitEntry {
  return { code, name: code, level, kind, parent } as UnitEntry
}
const UNITS = [
  unit('city', 'city', 'government', null), unit('office', 'city', 'office', 'city'), unit('group', 'city', 'supervision', 'city'), unit('law', 'city', 'political_legal', 'city'),
  unit('county', 'county', 'government', 'city'), unit('bureau', 'county', 'department', 'county'), unit('group-of-county', 'county', 'supervision', 'county'), unit('far', 'county', 'government', 'city'),
]
const as = (role: string, of: string): Viewer => viewerOf(role, `${role}-${of}`, of, UNITS)
const titles = (commands: ReadonlyArray<{ title: string }>) => commands.map((one) => one.title)
const site = (number: number) => `00000000-0000-0000-0000-${number.toString(16).padStart(12, '0')}`

/** The same eight sites as in the domain's own test, whose numbers came from another program. */
function drawn(more: Partial<Draw> = {}): Draw {
  return {
    draw_id: 'd', round: 1, announced_at: '2020-08-02T01:00:00Z', seed_at: '2020-08-03T13:30:00Z', source: '双色球', position: 9, percent: 40, at_least: 1, digits: null,
    list: [{ county: '321311', case_ids: [7, 6, 5, 4, 3].map(site) }, { county: '321302', case_ids: [0, 1, 2].map(site) }],
    digest: '3770751fd23fbdf9f62d47a5faf31c28a45a0312a871e70fc9acd1c3ef85d801', seed: '2020-08-03 双色球 03 07 12 19 22 30 05', made_at: '2020-08-03T14:00:00Z',
    chosen: [{ county: '321302', case_ids: [0, 2].map(site) }, { county: '321311', case_ids: [4, 7].map(site) }], cancelled_at: null, cancelled_because: null, ...more,
  }
}

describe('the lot', () => {
  it('comes to the digest and the choice that the domain published', async () => {
    expect(createHash('sha256').update(canonical(drawn().list)).digest('hex')).toBe(drawn().digest)
    expect(await redraw(drawn())).toEqual({ digest: drawn().digest, sameDigest: true, sameChoice: true, seedFits: true })
  })
  it('finds a site that was swapped, left off the list or added to the choice', async () => {
    const swapped = drawn({ chosen: [{ county: '321302', case_ids: [0, 1].map(site) }, { county: '321311', case_ids: [4, 7].map(site) }] })
    expect((await redraw(swapped))?.sameChoice).toBe(false)
    const [first, second] = drawn().list
    expect((await redraw(drawn({ list: [{ county: '321311', case_ids: first?.case_ids.slice(1) ?? [] }, ...(second ? [second] : [])] })))?.sameDigest).toBe(false)
    expect((await redraw(drawn({ chosen: drawn().chosen.slice(0, 1) })))?.sameChoice).toBe(false)
    expect((await redraw(drawn({ chosen: [...drawn().chosen, { county: '321322', case_ids: [site(9)] }] })))?.sameChoice).toBe(false)
  })
  it('finds a seed of another length, and has no choice to compare before there is one', async () => {
    expect((await redraw(drawn({ digits: 14 })))?.seedFits).toBe(false)
    expect(await redraw(drawn({ seed: null, chosen: [] }))).toMatchObject({ sameDigest: true, sameChoice: null, seedFits: true })
  })
  it('takes a share rounded up, at least the least and never more than all', () => {
    expect([sampleSize(10, 25, 1), sampleSize(10, 1, 2), sampleSize(1, 10, 5), sampleSize(0, 100, 5)]).toEqual([3, 2, 1, 0])
  })
})

describe('the number of a draw', () => {
  it('is shown as the balls of a lottery if it is one', () => {
    expect([seedSaid('03071219223005'), seedSaid('12345'), seedSaid('2020-08-03 期')]).toEqual(['03\u00a007\u00a012\u00a019\u00a022\u00a030\u00a0+\u00a005', '12345', '2020-08-03 期'])
  })
  it('checks all of them where the share is all', () => {
    expect([drawWords.shareOf(100, 1), drawWords.shareOf(10, 2)]).toEqual(['全部抽查', '每个县区 10%，向上取整，至少 2 处'])
  })
})

describe('draws', () => {
  const before = Date.parse('2020-08-03T13:00:00Z')
  const after = Date.parse('2020-08-03T13:30:00Z')
  const open = drawn({ seed: null, made_at: null, chosen: [], digits: 14 })

  it('stand where their seed and the time say', () => {
    expect([standingOf(open, before), standingOf(open, after), standingOf(drawn(), after), standingOf({ ...open, cancelled_because: '' }, after)]).toEqual(['waiting', 'due', 'made', 'cancelled'])
  })
  it('are announced by the city’s group, one at a time', () => {
    expect(announceCommand(as('supervisor', 'group'), false)[0]?.title).toBe(drawWords.announce)
    expect(announceCommand(as('supervisor', 'group'), true)).toEqual([])
    expect(announceCommand(as('supervisor', 'group-of-county'), false)).toEqual([])
    expect(announceCommand(as('leader', 'city'), false)).toEqual([])
  })
  it('say while they are announced how many will be drawn of each county', () => {
    const [command] = announceCommand(as('supervisor', 'group'), false, 5, [{ county: '沭阳县', sites: 4 }, { county: '泗阳县', sites: 1 }])
    const values: Record<string, unknown> = { percent: 40, at_least: 1 }
    const least = command?.fields.filter((field) => !field.when || field.when(values)).find((field) => field.name === 'at_least')
    expect([command?.fields.length, command?.consequence]).toEqual([5, drawWords.announceFollows(5)])
    expect(least?.help).toContain('沭阳县 4 处，抽 2 处；泗阳县 1 处，抽 1 处')
    Object.assign(values, { percent: 10, at_least: 3 })
    expect(least?.help).toContain('沭阳县 4 处，抽 3 处；泗阳县 1 处，抽 1 处')
    values.percent = undefined
    expect(least?.help, 'nobody knows before it is filled in').toBe(drawWords.leastHelp)
    expect(bodyOf(command!, { ...values, percent: 10 })).toEqual({ percent: 10, at_least: 3 })
  })
  it('are called off by the group only until the number can be known, afterwards by the city’s leaders', () => {
    expect(titles(drawCommands(open, as('supervisor', 'group'), before))).toEqual([drawWords.cancel])
    expect(titles(drawCommands(open, as('supervisor', 'group'), after))).toEqual([drawWords.make])
    expect(titles(drawCommands(open, as('leader', 'office'), after))).toEqual([drawWords.cancel])
    expect(drawCommands(open, as('leader', 'county'), after)).toEqual([])
    expect(drawCommands(drawn(), as('supervisor', 'group'), after)).toEqual([])
  })
})

describe('the checks of drawn sites', () => {
  const now = Date.parse('2020-07-01T00:00:00Z')
  const row = (id: string, spotCheck: string | null, more: object = {}) => ({ case_id: id, spot_check: spotCheck, county_name: '沭阳县', next_due: null, next_obligation: null, working_days_left: null, ...more }) as unknown as Row
  const clock = (id: string, due: string) => ({ subject: `case-${id}`, due, working_days_left: 3 }) as unknown as Clock
  it('are due by their own clock, or by what the case owes next where nobody tells the clocks', () => {
    const clocks = new Map([['case-a', clock('a', '2020-07-05T00:00:00Z')]])
    expect(checkDue(row('a', 'pending', { next_obligation: 'recheck', next_due: '2020-06-01T00:00:00Z' }), clocks)?.due).toBe('2020-07-05T00:00:00Z')
    expect(checkDue(row('b', 'pending', { next_obligation: 'spot_check', next_due: '2020-06-01T00:00:00Z' }), clocks)?.due).toBe('2020-06-01T00:00:00Z')
    expect(checkDue(row('c', 'pending', { next_obligation: 'recheck', next_due: '2020-06-01T00:00:00Z' }), null)).toBeNull()
    expect(checkDue(row('a', 'passed'), clocks)).toBeNull()
  })
  it('are counted by what was found and by what is late', () => {
    const late = row('late', 'pending', { next_obligation: 'spot_check', next_due: '2020-06-01T00:00:00Z' })
    expect(tally([row('a', 'passed'), row('b', 'failed'), late, row('d', 'pending')], null, now)).toEqual({ known: 4, passed: 1, failed: 1, pending: 2, late: 1 })
  })
  it('of an earlier draw were made where a site was drawn again, and are unknown where it is not seen', () => {
    const rows = [row('again', 'pending'), row('fine', 'passed')]
    const draws = [{ draw_id: 'first', round: 1, ids: ['again', 'fine', 'far'] }, { draw_id: 'second', round: 2, ids: ['again'] }]
    expect(Object.fromEntries(checkedOf(draws, rows, null, now))).toEqual({ first: { all: 3, known: 2, done: 2, late: 0 }, second: { all: 1, known: 1, done: 0, late: 0 } })
  })
  it('to come are those of closed sites that were not drawn, or failed and were closed again', () => {
    expect(awaitingDraw([row('a', null), row('b', 'failed'), row('c', 'passed'), row('d', 'pending'), row('e', null, { county_name: '泗阳县' })])).toEqual([{ county: '沭阳县', sites: 2 }, { county: '泗阳县', sites: 1 }])
  })
})

describe('findings', () => {
  const row = (state: string, gravity = 'ordinary') => ({ unit: 'county', unit_name: '县', finding: 2, state, gravity, text: '原料未清', answers: [] }) as unknown as Finding
  it('are answered by the leader of the unit and judged by a group above it', () => {
    expect(titles(findingCommands(row('open'), as('leader', 'county')))).toEqual([findingWords.answer])
    expect(titles(findingCommands(row('returned'), as('leader', 'county')))).toEqual([findingWords.answer])
    expect(findingCommands(row('open'), as('handler', 'county'))).toEqual([])
    expect(findingCommands(row('open'), as('leader', 'far'))).toEqual([])
    expect(findingCommands(row('open'), as('supervisor', 'group'))).toEqual([])
    const [accept, refuse] = findingCommands(row('answered'), as('supervisor', 'group'))
    expect(accept?.attests?.[0], 'what was found is what is signed').toBe('问题：原料未清')
    expect([accept?.also, accept?.signature, refuse?.also]).toEqual([{ finding: 2, accepted: true }, true, { finding: 2, accepted: false }])
    expect(findingCommands(row('answered'), as('leader', 'county'))).toEqual([])
    expect(findingCommands({ ...row('answered'), unit: 'far' }, as('supervisor', 'group-of-county'))).toEqual([])
  })
  it('that are grave need pictures, when recorded and when answered', () => {
    const command = recordFinding('county', '县')
    const values = { source: 'city', gravity: 'grave', text: '原料未清', evidence: [] }
    expect(Object.keys(missing(command, values))).toEqual(['evidence'])
    expect(missing(command, { ...values, gravity: 'ordinary' })).toEqual({})
    expect(bodyOf(command, { ...values, evidence: ['one'] })).toEqual({ source: 'city', gravity: 'grave', text: '原料未清', evidence: ['one'] })
    expect(missing(findingCommands(row('open', 'grave'), as('leader', 'county'))[0] ?? command, { text: '已清' })).toHaveProperty('evidence')
  })
  it('are not recorded against those who supervise', () => {
    expect(isSupervised(as('supervisor', 'group'), 'bureau')).toBe(true)
    expect(isSupervised(as('supervisor', 'group'), 'law')).toBe(false)
  })
})

describe('tasks of the joint conference', () => {
  const row = (state: string) => ({ unit: 'county', unit_name: '县', task: 1, state, reports: [] }) as unknown as Task
  it('are reported by the unit, accepted or returned by the office or the city', () => {
    expect(titles(taskCommands(row('open'), as('handler', 'county')))).toEqual([taskWords.report])
    expect(titles(taskCommands(row('answered'), as('dispatcher', 'office')))).toEqual([taskWords.accept, taskWords.refuse])
    expect(titles(taskCommands(row('answered'), as('leader', 'city')))).toEqual([taskWords.accept, taskWords.refuse])
    expect(taskCommands(row('answered'), as('leader', 'county'))).toEqual([])
    expect(taskCommands(row('answered'), as('supervisor', 'group'))).toEqual([])
    expect(taskCommands(row('open'), as('leader', 'far'))).toEqual([])
  })
  it('are given to governments, departments and the political-legal commission', () => {
    expect(['county', 'bureau', 'law', 'office', 'group'].map((code) => takesTasks(as('leader', 'city'), code))).toEqual([true, true, true, false, false])
    expect(assignTask('county', '县').path).toBe('/api/v1/conference/county/tasks')
  })
})

describe('special supervision', () => {
  it('is closed by the city’s group, once, and not while its numbers reach the line', () => {
    const row = { unit: 'county', unit_name: '县', closed_at: null } as unknown as Special
    expect(specialCommands(row, as('supervisor', 'group'), false)).toHaveLength(1)
    expect(specialCommands(row, as('supervisor', 'group'), true)).toEqual([])
    expect(specialCommands(row, as('supervisor', 'group-of-county'), false)).toEqual([])
    expect(specialCommands(row, as('leader', 'city'), false)).toEqual([])
    expect(specialCommands({ ...row, closed_at: '2020-07-01T00:00:00Z' }, as('supervisor', 'group'), false)).toEqual([])
  })
  it('shows numbers against thresholds; one of nought is switched off', () => {
    const [open, grave, , overdue] = bars({ open_findings: 5, grave_findings: 0, failures: 0, overdue: 40 }, { open_findings: 5, grave_findings: 2, failures: 3, overdue: 0 })
    expect([open?.reached, open?.share, open?.mark]).toEqual([true, 80, 80])
    expect([grave?.reached, grave?.share]).toEqual([false, 0])
    expect([overdue?.reached, overdue?.share, overdue?.mark]).toEqual([false, 100, 0])
    expect(sameFigures({ open_findings: 5, grave_findings: 0, failures: 2, overdue: 2 }, { open_findings: 5, grave_findings: 0, failures: 2, overdue: 2 })).toBe(true)
    expect([sameFigures({ open_findings: 5, grave_findings: 0, failures: 2, overdue: 3 }, { open_findings: 5, grave_findings: 0, failures: 2, overdue: 2 }), sameFigures(null, { open_findings: 0, grave_findings: 0, failures: 0, overdue: 0 })]).toEqual([false, false])
    expect(bars(null, undefined).every((bar) => bar.value === 0 && !bar.reached)).toBe(true)
  })
})

describe('the bulletin', () => {
  it('goes from week to week over the end of a year', () => {
    expect([weeksFrom('2020-12-28', 1), weeksFrom('2021-01-04', -1)]).toEqual(['2021-01-04', '2020-12-28'])
  })
  it('ranks by figures in the order of the formula', () => {
    expect(asMeasured(['cases_missed', 'other', 'cases_closed', 'cases_closed_in_time'].map((code) => ({ code }))).map((one) => one.code)).toEqual(['cases_closed_in_time', 'cases_closed', 'cases_missed', 'other'])
  })
  it('says what changed', () => {
    const change = { code: 'tips', title: '收到线索', this_week: { value: 1 }, week_before: { value: 3 } } as unknown as Change
    expect([signed(difference(change)), happened(change), signed(2), signed(0)]).toEqual(['−2', true, '+2', '0'])
    expect(happened({ ...change, this_week: null, week_before: null })).toBe(false)
  })
})

describe('an item of the work list', () => {
  const item = (more: object): WorkItem => ({ id: 'i', kind: 'obligation', title: '', what: '', place: '', subject: 'case-1', unit: 'county', unit_name: '县', urgent: false, overdue: false, mine: false, case_id: null, tip_id: null, clock: null, obligation: null, rung: null, report: null, ...more }) as WorkItem
  it('leads to where it is done', () => {
    expect(workLink(item({ kind: 'spot_check_to_make', case_id: '1' }))).toBe('/cases/1')
    expect(workLink(item({ kind: 'tip_to_screen', tip_id: '2' }))).toBe('/tips/2')
    expect(workLink(item({ kind: 'report_to_sign', report: '321300-X-sweep' }))).toBe('/reports/321300-X/sweep')
    expect(workLink(item({ kind: 'draw_to_announce', subject: 'unit-group' }))).toBe('/draws')
    expect(workLink(item({ kind: 'finding_answer_to_judge', subject: 'unit-county', unit: 'group' }))).toEqual({ path: '/findings', query: { unit: 'county', state: 'answered' } })
    expect(workLink(item({ obligation: 'conference_task', subject: 'unit-county' }))).toEqual({ path: '/conference-tasks', query: { unit: 'county' } })
    expect(workLink(item({ kind: 'explanation_to_judge', case_id: '1' }))).toEqual({ path: '/accountability', query: { list: 'escalations', explanation: 'submitted', unit: 'county' } })
    expect(workLink(item({ kind: 'referral_to_consider', case_id: '1', obligation: 'first_inspection' }))).toEqual({ path: '/accountability', query: { list: 'escalations', rung: 'referral', unit: 'county' } })
    expect(workLink(item({ kind: 'referral_to_consider', subject: 'unit-far' }))).toEqual({ path: '/accountability', query: { list: 'escalations', rung: 'referral', unit: 'far' } })
    expect(workLink(item({ obligation: 'explain_failure', subject: 'unit-county' }))).toEqual({ path: '/accountability', query: { list: 'failures', unit: 'county' } })
    expect(workLink(item({ kind: 'unheard_of', subject: 'unit-county' }))).toBeNull()
  })
  it('is explained from the list by who is meant', () => {
    const call = { kind: 'escalation_to_answer', clock: 'acknowledge#1', rung: 'interview' }
    expect(answerOf(item({ ...call, mine: true }), 'handler')).not.toBeNull()
    expect(answerOf(item(call), 'leader')).not.toBeNull()
    expect(answerOf(item(call), 'handler')).toBeNull()
    expect(answerOf(item({ obligation: 'explain_failure', clock: 'explain_failure#2' }), 'leader')).not.toBeNull()
    expect(answerOf(item({ obligation: 'explain_failure', clock: 'explain_failure#2' }), 'dispatcher')).toBeNull()
    expect(answerOf(item({ obligation: 'first_inspection', clock: 'first_inspection#1' }), 'leader')).toBeNull()
  })
})

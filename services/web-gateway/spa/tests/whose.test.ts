// Whose matter something is: what is due next and who owes it, whose move it is, who looks at it again.
import { flushPromises, mount } from '@vue/test-utils'
import { describe, expect, it, vi } from 'vitest'
import TipContent from '@/pages/home/TipContent.vue'
import { nextSaid } from '@/pages/home/disposalCommands'
import { viewerOf } from '@/pages/home/standing'
import { contentOnly, eraseSaid, rests, tipCommands, type TipSeen } from '@/pages/home/tipCommands'
import { whoseMove } from '@/pages/home/whoseMove'
import { isUnreported, nested, saidOf, type WorkItem } from '@/pages/home/workItems'
import { moment } from '@/format'
import { dutySaid } from '@/parts/duty'
import { rungKind } from '@/parts/rungKind'
import type { Command } from '@/parts/commands'
import type { UnitEntry } from '@/parts/units'
import { cases, disposalActs } from '@/texts/cases'
import { common } from '@/texts/common'
import { tipActs } from '@/texts/tips'
import { work } from '@/texts/work'

const api = vi.hoisted(() => ({ GET: vi.fn() }))
vi.mock('@/api/client', async (original) => ({ ...(await original<object>()), api }))

describe('what is due next', () => {
  it('names who owes it only where that is not who has the case', () => {
    const check = { next_obligation: 'spot_check', next_unit: 'group', next_unit_name: '市督导组' }
    expect(dutySaid({ owner: 'town', ...check })).toBe('市督导组：验收抽查')
    expect(dutySaid({ owner: 'town', next_obligation: 'acknowledge', next_unit: 'town', next_unit_name: '胡集镇' })).toBe('签收')
    expect(dutySaid({ owner: 'town' })).toBe(common.afterwards)
  })
  it('is graver by colour once it was referred to the inspectors', () => {
    expect(['reminder', 'criticism', 'referral', null].map(rungKind)).toEqual(['warning', 'warning', 'danger', 'warning'])
  })
})

describe('whose move it is', () => {
  const clock = (title: string, due: string, more: object = {}) => ({ unit: 'office', unit_name: '市安委办', person_name: null, obligation: '', title, due, stopped_at: null, ...more })
  it('is told by the duty that ends first and still runs', () => {
    const clocks = [clock('签收', '2020-06-03T01:00:00Z'), clock('案件交办', '2020-06-02T01:00:00Z'), clock('线索甄审', '2020-06-01T01:00:00Z', { stopped_at: '2020-06-01T00:00:00Z' }), clock('答复督促', '2020-06-01T01:00:00Z', { obligation: 'answer_escalation' })]
    expect(whoseMove(clocks, { unit: 'county' })).toBe(cases.waitsFor('市安委办', '案件交办', moment('2020-06-02T01:00:00Z')))
    expect(whoseMove(clocks, { unit: 'office' }), 'nobody waits for themselves').toBe(cases.waitsHere('案件交办', moment('2020-06-02T01:00:00Z')))
    expect(whoseMove([], { unit: 'county' })).toBe('')
  })
})

describe('the next step', () => {
  it('does not say in advance how it ends', () => {
    const command = (path: string, title: string): Command => ({ path, title, fields: [] })
    expect(nextSaid(command('/api/v1/disposals/1/review/pass', disposalActs.passReview))).toBe(disposalActs.reviewNext)
    expect(nextSaid(command('/api/v1/disposals/1/safety-plan/approve', disposalActs.approvePlan))).toBe(disposalActs.judgePlan)
    expect(['spot-check/pass', 'rechecks', 'exposure/publish'].map((act) => nextSaid(command(`/api/v1/disposals/1/${act}`, '合格')))).toEqual([disposalActs.checkNext, disposalActs.recheckNext, disposalActs.exposeNext])
    expect(nextSaid(command('/api/v1/disposals/1/measures', '登记完成'))).toBe('登记完成')
  })
})

describe('turning a tip down', () => {
  const units = [['city', 'city', null], ['county', 'county', 'city']].map(([code, level, parent]) => ({ code, name: code, level, kind: 'government', parent }) as UnitEntry)
  const tip = { tip: { tip_id: 'tip', progress: 'received', place: { text: '老砖瓦厂', division: 'county' } } as TipSeen['tip'], told: [], clocks: [] }
  it('says who screens it again, which is another office above the city than above a county', () => {
    const rejecting = (unit: string) => tipCommands(tip, viewerOf('dispatcher', 'me', unit, units)).find((one) => one.title === tipActs.reject)
    expect(rejecting('county')).toMatchObject({ final: true, consequence: tipActs.rejectFollows(false, false) })
    expect(rejecting('city')?.consequence).toContain('市纪委监委')
    expect(rejecting('county')?.consequence).toContain('市安委办')
    const again = tipCommands({ ...tip, told: [{ kind: 'rejected' }] }, viewerOf('dispatcher', 'me', 'city', units)).find((one) => one.title === tipActs.reject)
    expect(again?.consequence, 'nobody objects twice').toContain('没有提出过异议的')
  })
  it('shows what the reporter wrote only where it is decided or answered on it', () => {
    const on = (act: string) => rests({ path: `/api/v1/tips/tip/${act}`, title: '', fields: [] })
    expect(['accept', 'reject', 'divert', 'reply', 'erase', 'unlink', 'reconsider', 'danger'].filter(on)).toEqual(['accept', 'reject', 'divert', 'reply'])
  })
  it('and destroying it says that nobody can screen what is gone', () => {
    expect(eraseSaid(tip.tip)).toContain(tipActs.eraseUnscreened)
    expect(eraseSaid({ ...tip.tip, progress: 'accepted' })).toBe(tipActs.eraseFollows)
    const erasing = tipCommands(tip, viewerOf('inspector', 'me', 'city', units)).find((one) => one.title === tipActs.erase)
    const only = contentOnly(erasing ?? { path: '', title: '', fields: [] })
    expect([only.consequence?.startsWith(`${tipActs.eraseContent}；`), only.fields[0]?.choices?.map((one) => one.value)], 'of nobody there is no identity').toEqual([true, ['content']])
  })
})

describe('an item of the work list', () => {
  const item = (more: Partial<WorkItem>) => ({ kind: 'report_to_draft', title: work.draft, what: '集中整治阶段，2020年7月31日结束', place: '', ...more }) as WorkItem
  it('of a stage that is over waits though it has no date', () => {
    expect(isUnreported(item({}), '2020-08-01')).toBe(true)
    expect(isUnreported(item({}), '2020-07-31'), 'on its last day').toBe(false)
    expect(isUnreported(item({ what: '长效监管阶段' }), '2020-08-01')).toBe(false)
    expect(isUnreported(item({ title: '重新起草被退回的结果报告' }), '2020-08-01'), 'it was reported').toBe(false)
    expect(isUnreported(item({ kind: 'report_to_sign' }), '2020-08-01')).toBe(false)
  })
  it('says that there are more of the kind behind it, and not within', () => {
    expect(saidOf(item({ kind: 'referral_to_consider', what: '说明问责事项：底数不清（另有 1 项移送）' }))).toBe(`${work.missed}说明问责事项（底数不清）（另有 1 项移送）`)
  })
  it('says what it is about without a chain of colons', () => {
    expect(nested('说明问责事项：底数不清：上报遗漏点位')).toBe('说明问责事项（底数不清，上报遗漏点位）')
    expect(nested('签收')).toBe('签收')
  })
})

describe('what the reporter wrote', () => {
  it('is told to the page as long as it stands there, and not a moment longer', async () => {
    api.GET.mockImplementation(() => Promise.resolve({ data: { narrative: '夜里有刺鼻气味。', transcripts: [{ text: '有货车运桶。' }], messages: [], erased: [], evidence: [], recordings: [] }, response: new Response(null, { status: 200 }) }))
    const read: string[][] = []
    const content = mount(TipContent, { props: { tip: 'tip', atOnce: true, position: 0, onRead: (paragraphs: string[]) => read.push(paragraphs) } })
    await flushPromises()
    expect(read.at(-1)).toEqual(['夜里有刺鼻气味。', '有货车运桶。'])
    content.unmount()
    expect(read.at(-1)).toEqual([])
  })
})

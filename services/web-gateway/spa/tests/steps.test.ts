// That a history begins with its first fact, says who had the case only while somebody had it, and shows photos instead of their fingerprints.
import { mount } from '@vue/test-utils'
import { computed } from 'vue'
import { describe, expect, it, vi } from 'vitest'
import { aboutAmong, aboutFact, aboutLetters } from '@/pages/oversight/about'
import ReplayAtInstant from '@/pages/oversight/ReplayAtInstant.vue'
import ReplaySteps from '@/pages/oversight/ReplaySteps.vue'
import ReplayValue from '@/pages/oversight/ReplayValue.vue'
import { plain, toldOf, type Step } from '@/pages/oversight/replay'
import { begun, heldOf, heldSteps, PHOTOS, photosIn, progressAfter, waitedOf } from '@/pages/oversight/steps'
import { dossierOf } from '@/pages/oversight/threads'
import { facts, replay } from '@/texts/oversight'

vi.mock('@/parts/evidence', () => ({ lend: () => new Promise(() => undefined) }))

const CASE = 'case-0b1aea17-c37d-89dd-ae81-45e19277634a'
const PHOTO = 'a'.repeat(64)
function step(number: number, lane: string, more: Partial<Step> = {}): Step {
  return {
    step: number, lane, lane_title: lane, stream: lane === 'case' ? CASE : `${lane}-1`, title: `事${number}`, at: `2020-06-0${number}T02:00:00Z`, event_id: `e${number}`, actor: null, cause: null, changes: [], data_json: '{}',
    state_json: '{}', name: '', position: number, revision: number, held_by: '321322102', held_by_name: '胡集镇', held_for: '3 天 2 小时', held_seconds: 1, since_previous: '1 天', since_previous_seconds: 86400, ...more,
  }
}
const at = (progress: string) => ({ state_json: JSON.stringify({ progress }) })

describe('a history', () => {
  it('begins with its first fact, and not with a report that somebody read before', () => {
    const steps = begun([step(1, 'reading'), step(2, 'reading'), step(3, 'tip'), step(4, 'reading')])
    expect(steps.map((one) => [one.step, one.lane, one.since_previous])).toEqual([[1, 'tip', null], [2, 'reading', '1 天']])
    expect(begun([step(1, 'reading')]), 'of readings alone all are shown').toHaveLength(1)
  })
  it('says that somebody has the case until it is closed, and again once it is reopened', () => {
    const steps = [step(1, 'case', at('confirmed')), step(2, 'case', at('closed')), step(3, 'accountability'), step(4, 'case', at('confirmed')), step(5, 'mail')]
    expect([...heldSteps(steps, CASE)]).toEqual(['e1', 'e2', 'e4', 'e5'])
    expect([1, 3, 4].map((count) => progressAfter(steps, CASE, count))).toEqual(['confirmed', 'closed', 'confirmed'])
    const shown = mount(ReplaySteps, { props: { steps, all: steps, upTo: 5, subject: CASE } })
    expect(shown.findAll('ol > li').map((one) => one.text().includes('胡集镇'))).toEqual([true, true, false, true, true])
    expect(shown.text(), 'a span stands in one piece').toContain(replay.held('胡集镇', '3\u00a0天\u00a02\u00a0小时'))
    const quick = step(1, 'case', { since_previous: '不到 1 秒', since_previous_seconds: 0, held_for: '不到 1 秒', held_seconds: 0 })
    expect([waitedOf(quick), heldOf(quick), waitedOf(step(2, 'case'))], 'less than a second is not told').toEqual(['', '承办单位：胡集镇', replay.since('1\u00a0天')])
  })
  it('says why nobody has it', () => {
    const shown = (standing: string) => mount(ReplayAtInstant, { props: { modelValue: 1, steps: [step(1, 'case')], asOf: '2020-06-01T02:00:00Z', holders: [], states: [], source: '', latest: false, standing }, global: { stubs: { ElSlider: true, ElButton: true } } }).text()
    expect(shown('closed')).toContain(replay.noHolderAt.closed)
    expect(shown('returned')).toContain(replay.noHolderAt.returned)
    expect(shown('opened')).toContain(replay.noHolder)
  })
  it('tells clocks, which are the order of the day, by their duty and without red', () => {
    const clock = step(1, 'accountability', { name: 'accountability.clock_started.v1', title: '时限开始计时', data_json: JSON.stringify({ clock: 'acknowledge#1', obligation: 'acknowledge' }) })
    const late = step(2, 'accountability', { name: 'accountability.deadline_missed.v1', title: '超期', data_json: JSON.stringify({ clock: 'acknowledge#1' }) })
    const shown = mount(ReplaySteps, { props: { steps: [clock, late], all: [clock, late], upTo: 2 } })
    expect(shown.findAll('ol > li').map((one) => one.classes('lane-accountability'))).toEqual([false, true])
    expect(shown.findAll('.head').map((one) => one.text())).toEqual([expect.stringMatching(/^accountability 时限开始计时　签收/), expect.stringMatching(/超期　签收/)])
  })
  it('can be printed whatever it is of, but for a stream of nobody', () => {
    expect([dossierOf(CASE, ''), dossierOf('tip-1', '2020-06-01T02:00:00Z'), dossierOf('unit-321322102', ''), dossierOf('report-321322102-sweep', '')]).toEqual([
      `/api/v1/audit/cases/${CASE.slice(5)}/dossier`, '/api/v1/audit/threads/tip-1/dossier?at=2020-06-01T02%3A00%3A00Z', '/api/v1/audit/threads/unit-321322102/dossier', null,
    ])
  })
})

describe('what a fact is about', () => {
  const fact = (name: string, body: object, stream = 'notification-1') => ({ name, stream, data_json: JSON.stringify(body) })
  it('is the duty of a clock, the kind of a failure, whom a letter went to', () => {
    expect(aboutFact(fact('accountability.clock_stopped.v1', { clock: 'first_inspection#7' }))).toBe('首次现场核查')
    expect(aboutFact(fact('accountability.failure_recorded.v1', { kind: 'relapse' }))).toBe('死灰复燃')
    expect(aboutFact(fact('case.assigned.v1', { unit: '1' }))).toBe('')
    expect(aboutFact(fact('accountability.finding_recorded.v1', { text: '底数不清' }))).toBe('底数不清')
    expect(aboutFact({ ...fact('report.signed.v1', {}), stream: 'report-321322-sweep' })).toBe('321322 排查摸底')
    expect(aboutFact({ name: 'notification.sent.v1', stream: 'notification-1', data_json: 'broken' })).toBe('')
  })
  it('of a letter that was sent comes with it', () => {
    const letter = JSON.stringify({ addressee: { kind: 'receipt' }, subject: '您的举报已受理' })
    const sent = { ...fact('notification.sent.v1', { attempt: 1 }), letter_json: letter }
    expect(aboutFact(sent)).toBe(`${facts.sentTo(facts.reporter)}：您的举报已受理`)
  })
  it('of a letter that was sent stands where it was asked for', () => {
    const asked = fact('notification.requested.v1', { addressee: { kind: 'receipt', token: 'x' }, subject: '您的举报已受理' })
    const sent = fact('notification.sent.v1', { attempt: 1, provider_id: '2.0.0 stored' })
    const letters = aboutLetters([sent, asked])
    expect([asked, sent, { ...sent, stream: 'notification-2' }].map((one) => aboutAmong(one, letters))).toEqual([`${facts.sentTo(facts.reporter)}：您的举报已受理`, `${facts.sentTo(facts.reporter)}：您的举报已受理`, ''])
  })
})

describe('what was recorded', () => {
  it('is told without numbers that nobody can read', () => {
    expect(plain('对象 tip-aef2f392-c37d-89dd-ae81-45e19277634a，对象 unit-321322102')).toBe('对象 线索 aef2f392…，对象 321322102')
    expect(plain('状态 已发出，服务商编号 2.0.0 stored，尝试次数 1')).toBe('状态 已发出，尝试次数 1')
    const change = (path: string) => ({ path, title: path, before: null, before_said: null, after: null, after_said: '2.0.0 stored' })
    expect(toldOf(step(1, 'mail', { changes: [change('/provider_id'), change('/attempts')] })).map((one) => one.path)).toEqual(['/attempts'])
  })
  it('counts photos, and shows them to whoever asks', async () => {
    const photos = photosIn([step(1, 'case', { data_json: JSON.stringify({ evidence: [PHOTO], five: { a: { evidence: ['b'.repeat(64)] } }, digest: 'c'.repeat(64) }) })])
    expect([...photos]).toEqual([PHOTO, 'b'.repeat(64)])
    const shown = mount(ReplayValue, { props: { said: `证据 ${PHOTO}；${'b'.repeat(64)}，摘要值 ${'c'.repeat(64)}` }, global: { provide: { [PHOTOS as symbol]: computed(() => photos) } } })
    expect(shown.get('.value').text()).toBe(`证据 ${replay.photos(2)}，摘要值 cccccccc…`)
    expect(shown.find('.strip').exists(), 'that a photo was looked at is recorded').toBe(false)
    await shown.findAll('button').find((one) => one.text() === replay.showPhotos)?.trigger('click')
    expect(shown.findAll('.strip button')).toHaveLength(2)
  })
})

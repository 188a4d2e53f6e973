// How a replay says what a step changed: plain words first, the whole on demand, and no fingerprints in between.
import { mount } from '@vue/test-utils'
import { describe, expect, it } from 'vitest'
import ReplayAtInstant from '@/pages/oversight/ReplayAtInstant.vue'
import ReplayChanges from '@/pages/oversight/ReplayChanges.vue'
import ReplayValue from '@/pages/oversight/ReplayValue.vue'
import { aboutOf, plain, progressOf, readOf, shortened, toldOf, type Shown, type Step } from '@/pages/oversight/replay'
import { replay } from '@/texts/oversight'

const HASHES = ['a', 'b', 'c'].map((letter) => letter.repeat(64)) as [string, string, string]
const CASE = '0b1aea17-c37d-89dd-ae81-45e19277634a'

function step(changes: Array<[path: string, title: string, before: string | null, after: string | null]>, more: Partial<Step> = {}): Step {
  return {
    step: 1, lane: 'disposal', lane_title: '处置', stream: 'disposal-1', title: '完成处置措施', at: '2020-06-01T02:00:00Z', event_id: 'e1', actor: null, cause: null, data_json: '{}', state_json: '{}', name: '', position: 1,
    revision: 1, held_by: null, held_by_name: null, held_for: null, held_seconds: null, since_previous: null, since_previous_seconds: null,
    changes: changes.map(([path, title, before, after]) => ({ path, title, before: null, before_said: before, after: null, after_said: after })), ...more,
  }
}

describe('what was recorded', () => {
  it('shortens fingerprints and numbers, and nothing else', () => {
    expect(shortened(`照片 ${HASHES[0]}，案件 ${CASE}`)).toBe('照片 aaaaaaaa…，案件 0b1aea17…')
    expect(shortened('抽签号码 03071219223005，编码 321322102')).toBe('抽签号码 03071219223005，编码 321322102')
    expect(shortened(HASHES[0].slice(1)), 'one letter short of a fingerprint').toBe(HASHES[0].slice(1))
  })
  it('is said without codes behind names and with times as people write them', () => {
    expect(plain('起 2026-11-27 01:18:04，交出单位 市安委办（321300-AWB），单位 胡集镇（321322102），提交人 演示·胡集镇承办人（handler-huji）')).toBe('起 2026年11月27日 01:18，交出单位 市安委办，单位 胡集镇，提交人 演示·胡集镇承办人')
    expect(plain('编码：胡集镇（321322102），名称：胡集镇（321322102）'), 'but a number that is asked for').toBe('编码：321322102，名称：胡集镇')
    expect(plain('胡集镇（321322102）', { title: '单位·编码' })).toBe('321322102')
    expect(plain(`对象：case-${CASE}，标题：督办`, { own: `case-${CASE}` }), 'nobody is told what the page is of').toBe('标题：督办')
    expect(plain('备注 房东称未转租。，方式 举报核查')).toBe('备注 房东称未转租。方式 举报核查')
    expect(plain('胡集镇（老街）'), 'brackets of a place stay').toBe('胡集镇（老街）')
  })
  it('shows its beginning, and all of it on demand', async () => {
    const said = `处置后证据 ${HASHES[0]}，时间 2026-12-15 01:18:46，备注 ${'很长'.repeat(60)}`
    const shown = mount(ReplayValue, { props: { said } })
    expect(shown.text()).not.toContain(HASHES[0])
    expect(shown.text().length).toBeLessThan(110)
    await shown.get('button').trigger('click')
    expect(shown.text()).toContain(HASHES[0])
    expect(shown.text()).toContain('2026年12月15日 01:18')
    expect(shown.get('button').attributes('aria-expanded')).toBe('true')
    const shows = (text: string) => mount(ReplayValue, { props: { said: text } }).find('button').exists()
    expect([shows('处置中'), shows(`已受理，案件：${CASE}`), shows(`摘要值 ${HASHES[0]}`)], 'more only of what was cut').toEqual([false, false, true])
    expect(mount(ReplayValue, { props: { said: `${'很长'.repeat(60)}末尾`, words: ['末尾'] } }).text(), 'what is looked for is in sight').toContain('末尾')
  })
})

describe('what a record is about', () => {
  it('is a name or an account or the beginning of a number', () => {
    expect([`case-${CASE}`, 'staff-leader-huji', 'unit-321300-AWB', 'settings'].map(aboutOf)).toEqual(['0b1aea17…', 'leader-huji', '321300-AWB', 'settings'])
    expect(aboutOf('accountability-321322')).toBe('321322')
    expect(readOf(`tip-${CASE}`)).toBe('线索 0b1aea17…')
    expect(readOf(`tip-${CASE}`, '老窑厂'), 'by its place, where it has one').toBe('线索 老窑厂')
  })
})

describe('what a step changed', () => {
  it('tells of photos in a sorted list only which came', () => {
    const told = toldOf(step([
      ['/evidence/0', '证据·第 1 项', HASHES[1], HASHES[0]], ['/evidence/1', '证据·第 2 项', HASHES[2], HASHES[1]], ['/evidence/2', '证据·第 3 项', '', HASHES[2]],
      ['/progress', '进展', '处置中', '待复核'],
    ]))
    expect(told).toEqual([{ path: '/progress', title: '进展', before: '处置中', after: '待复核' }, { path: '/evidence', title: '证据', before: '', after: HASHES[0] }])
  })
  it('says nothing of what only moved, and no "none" before a first word', () => {
    expect(toldOf(step([['/evidence/0', '照片·第 1 项', HASHES[0], HASHES[1]], ['/evidence/1', '照片·第 2 项', HASHES[1], HASHES[0]]]))).toEqual([])
    expect(toldOf(step([['/class', '类别', '（无）', 'C 类']]))[0]?.before).toBe('')
  })
  it('leaves out what only the rules need', () => {
    const kept = ['/worked/0', '/workers/0', '/reviewers/0', '/shown/0', '/delivery/from', '/provider_id'].map((path): [string, string, null, string] => [path, path, null, '有'])
    expect(toldOf(step([...kept, ['/workshop', '场所', null, '有']])).map((one) => one.path)).toEqual(['/workshop'])
  })
  it('calls a measure and a clock by what they are', () => {
    const measures = JSON.stringify({ measures: [{ measure: 'cut_water_and_power' }, { measure: 'clear_premises' }] })
    expect(toldOf(step([['/measures/1/done', '处置措施·第 2 项·完成情况', null, '已完成']], { state_json: measures }))[0]?.title).toBe('处置措施·彻底清理厂房·完成情况')
    expect(toldOf(step([['/clocks/0', '时限·第 1 项', null, '到期']], { state_json: JSON.stringify({ clocks: [{ obligation: 'acknowledge' }] }) }))[0]?.title).toBe('时限·签收')
    expect(toldOf(step([['/clocks/0', '时限·第 1 项', null, '到期']], { state_json: 'broken' }))[0]?.title).toBe('时限·第 1 项')
  })
  it('draws what is folded away only when it is opened', async () => {
    const many = step(['/a', '/b', '/c', '/d', '/e'].map((path) => [path, path, null, '有']))
    const shown = mount(ReplayChanges, { props: { step: many } })
    expect(shown.findAll('li')).toHaveLength(0)
    const details = shown.get('details')
    ;(details.element as HTMLDetailsElement).open = true
    await details.trigger('toggle')
    expect(shown.findAll('li')).toHaveLength(5)
    expect(mount(ReplayChanges, { props: { step: many, words: ['有'] } }).findAll('li'), 'and when what is looked for is in it').toHaveLength(5)
  })
})

describe('an instant', () => {
  const states: Shown[] = [
    { stream: 'case-1', lane: 'case', laneTitle: '案件', fields: [{ name: 'progress', title: '进展', said: '已办结' }, { name: 'owner', title: '责任单位', said: '胡集镇（321322102）' }] },
    { stream: 'tip-1', lane: 'tip', laneTitle: '线索', fields: [{ name: 'progress', title: '进展', said: `已受理，案件：${CASE}` }] },
    { stream: 'mail-1', lane: 'mail', laneTitle: '通知', fields: [{ name: 'progress', title: '进展', said: '已发出' }] },
  ]
  it('says how far the tip and the case had come', () => {
    expect(progressOf(states)).toEqual([{ title: '线索', said: '已受理' }, { title: '案件', said: '已办结' }])
  })
  it('shows what the step changed, and all that was recorded folded away', () => {
    const shown = mount(ReplayAtInstant, { props: { modelValue: 1, steps: [step([['/progress', '进展', '处置中', '待复核']])], asOf: '2020-06-01T02:00:00Z', holders: [], states, source: '', latest: false }, global: { stubs: { ElSlider: true, ElButton: true } } })
    expect(shown.get('dl.told').text().replace(/\s+/g, ' ')).toContain('处置中 → 待复核')
    expect(shown.get('details.all').attributes('open')).toBeUndefined()
    expect(shown.get('details.all').text()).toContain('责任单位')
    expect([shown.text().includes(replay.holders(false)), shown.findAll('h2')[1]?.text()]).toEqual([true, replay.asOf('2020年6月1日\u00a010:00')])
  })
  it('that is the latest is called the present', () => {
    const shown = mount(ReplayAtInstant, { props: { modelValue: 1, steps: [step([])], asOf: '2020-06-02T02:00:00Z', holders: [], states, source: '', latest: true }, global: { stubs: { ElSlider: true, ElButton: true } } })
    expect([shown.findAll('h2')[1]?.text(), shown.text().includes(replay.holders(true)), shown.text().includes(replay.states(true))]).toEqual([replay.asNow('2020年6月2日\u00a010:00'), true, true])
  })
})

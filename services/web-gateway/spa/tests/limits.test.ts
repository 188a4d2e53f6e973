// Limits are dated configuration: no text of the console holds one, and every text says the one that holds now.
import { readFileSync, readdirSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

const api = vi.hoisted(() => ({ GET: vi.fn() }))
vi.mock('@/api/client', async (original) => ({ ...(await original<object>()), api }))
vi.setConfig({ testTimeout: 60_000 })
const answer = (data: unknown) => Promise.resolve({ data, response: new Response(null, { status: 200 }) })
const CAMPAIGN = {
  limits: [
    { obligation: 'screen_tip', normal: { working_days: 2 }, urgent: { minutes: 20 } }, { obligation: 'immediate_measure', normal: { hours: 12 }, urgent: { hours: 3 } },
    { obligation: 'remaining_measures', normal: { working_days: 9 }, urgent: { working_days: 9 } },
  ],
  recheck_days: [20, 60], ladder: { supervision_order_after: 2, interview_after: 4, criticism_after: 6, referral_after: 8, repeat_days: 14 },
  stages: [{ code: 'sweep', name: '排查摸底', from: '2020-05-01', to: '2020-06-10', caps_measures: false }, { code: 'rectification', name: '集中整治', from: '2020-06-01', to: '2020-07-31', caps_measures: true }],
}
beforeEach(() => {
  vi.resetModules()
  vi.useFakeTimers({ toFake: ['Date'] })
  vi.setSystemTime('2020-06-20T10:00:00+08:00')
})
afterEach(() => vi.useRealTimers())

describe('a text', () => {
  it('holds no limit as a number: whoever keeps the settings may have changed it yesterday', () => {
    const found = readdirSync('src/texts').flatMap((file) => (readFileSync(`src/texts/${file}`, 'utf8').match(/.{0,12}\d ?(?:个工作日|小时|天|分钟).{0,8}/g) ?? []).map((said) => `${file}: ${said}`))
    expect(found.filter((said) => !said.includes('不超过 31 天'))).toEqual([])
  })
  it('says what holds now, in every place that is named', async () => {
    const { filled, readCampaign } = await import('@/parts/campaign')
    const { caseActs } = await import('@/texts/cases')
    const { clockHelp, glossary, pageHelp, stateHelp } = await import('@/texts/help')
    api.GET.mockImplementation(() => answer(CAMPAIGN))
    await readCampaign()
    expect(filled(caseActs.classifyFollows)).toContain('停产、关闭、断水断电的时限：12 小时，紧急的 3 小时。其余措施的时限：9 个工作日，最晚不超过集中整治阶段最后一天（2020年7月31日）。')
    expect(filled(caseActs.classifyFollows, 'urgent')).toContain('断水断电的时限：3 小时。其余措施')
    expect(filled(caseActs.classifyFollows, 'normal')).toContain('断水断电的时限：12 小时。其余措施')
    expect(filled(pageHelp.tips?.[0] ?? '')).toContain('2 个工作日，紧急的 20 分钟')
    expect(filled(clockHelp[2] ?? '')).toContain('满 2 个工作日督办第一责任人，满 4 个工作日约谈，满 6 个工作日通报批评，满 8 个工作日移送纪委监委，以后每 14 天重复')
    const all = [...Object.values(pageHelp).flat(), ...stateHelp.flat(), ...clockHelp, ...glossary.flat(), caseActs.classifyFollows].map((text) => filled(text))
    expect(all.filter((said) => /[{}]|undefined|：。/.test(said))).toEqual([])
    expect(all.filter((said) => said.includes('第 20、60 天'))).toHaveLength(2)
  })
  it('says that a rule holds until it is read, and nothing of a stage that is over', async () => {
    const { filled, readCampaign } = await import('@/parts/campaign')
    const { clockHelp } = await import('@/texts/help')
    api.GET.mockImplementation(() => Promise.reject(new TypeError('failed to fetch')))
    await readCampaign()
    expect(filled('时限：{acknowledge}{stage_end}。')).toBe('时限：按现行规定。')
    expect(filled(clockHelp[2] ?? '')).not.toMatch(/[{}\d]/)
    api.GET.mockImplementation(() => answer(CAMPAIGN))
    vi.setSystemTime('2020-08-01T00:00:01+08:00')
    await readCampaign()
    expect(filled('{remaining_measures}{stage_end}')).toBe('9 个工作日')
  })
})

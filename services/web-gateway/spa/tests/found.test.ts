// Cases and people to be chosen are looked for at the server: a county has more than a hundred, and nobody knows accounts.
import { enableAutoUnmount, flushPromises, mount } from '@vue/test-utils'
import ElementPlus, { ElOption, ElSelect } from 'element-plus'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import FactSearch from '@/pages/oversight/FactSearch.vue'
import SearchPage from '@/pages/everyone/SearchPage.vue'
import CasesPage from '@/pages/home/CasesPage.vue'
import TipsPage from '@/pages/home/TipsPage.vue'
import CommandField from '@/parts/CommandField.vue'
import { bodyOf, missing, type Field } from '@/parts/commands'
import { searchWords } from '@/parts/searchWords'
import { actAs } from '@/session'

const api = vi.hoisted(() => ({ GET: vi.fn() }))
vi.mock('@/api/client', async (original) => ({ ...(await original<object>()), api }))
vi.setConfig({ testTimeout: 60_000 })
enableAutoUnmount(afterEach)
beforeEach(() => void api.GET.mockReset())

const answer = (data: unknown) => Promise.resolve({ data, response: new Response(null, { status: 200 }) })
type Asked = [string, { params: { query: Record<string, unknown> } }]
const asked = (path: string) => (api.GET.mock.calls as Asked[]).filter(([one]) => one === path).map(([, { params }]) => params.query)
const CASES = Array.from({ length: 300 }, (_, index) => ({ case_id: `c${index}`, place: { text: `老窑厂 ${index}` }, summary: '疑似' }))
function city(): void {
  api.GET.mockImplementation((path: string, { params: { query } }: { params: { query: { text?: string; limit: number } } }) => {
    const cases = CASES.filter((one) => one.place.text.includes(query.text ?? ''))
    const staff = [{ account: 'leader-huji', name: '张三', unit: 'huji', unit_name: '胡集镇' }].filter((one) => !query.text || `${one.name}${one.account}`.includes(query.text))
    if (path === '/api/v1/cases') return answer({ cases: cases.slice(0, query.limit), total: cases.length, next: null })
    return answer(path === '/api/v1/staff' ? { staff } : { tips: [], units: [], facts: [], total: 0, next: null })
  })
}
const field = (more: Partial<Field>) => mount(CommandField, { props: { field: { name: 'into', label: '并入哪个案件', kind: 'case', ...more } as Field, modelValue: undefined, 'onUpdate:modelValue': () => undefined }, global: { plugins: [ElementPlus] } })
const offered = (one: ReturnType<typeof field>) => one.findAllComponents(ElOption).map((option) => option.props('label') as string)
async function open(one: ReturnType<typeof field>): Promise<void> {
  one.getComponent(ElSelect).vm.$emit('visible-change', true)
  await flushPromises()
}
async function type(one: ReturnType<typeof field>, text: string): Promise<void> {
  (one.getComponent(ElSelect).props('remoteMethod') as (typed: string) => void)(text)
  await flushPromises()
}

describe('a case to be chosen', () => {
  it('is among the first of the area, or found by what is typed, however many there are; never the case itself', async () => {
    city()
    const one = field({ within: '321322', except: 'c1' })
    await open(one)
    expect([offered(one).length, offered(one)[0], asked('/api/v1/cases')[0]]).toEqual([19, '老窑厂 0　疑似', { state: 'open', limit: 20, unit: '321322' }])
    await type(one, ' 窑厂 299 ')
    expect([offered(one), asked('/api/v1/cases')[1]]).toEqual([['老窑厂 299　疑似'], { state: 'open', limit: 20, text: '窑厂 299' }])
  })
  it('keeps its words when something else is looked for, and a late answer changes nothing', async () => {
    city()
    const one = field({})
    await type(one, '299')
    await one.setProps({ modelValue: 'c299' })
    await type(one, '257')
    expect(offered(one)).toEqual(['老窑厂 257　疑似', '老窑厂 299　疑似'])
    let late: (value: unknown) => void = () => undefined
    api.GET.mockImplementationOnce(() => new Promise((resolve) => (late = resolve)))
    void type(one, '1')
    await type(one, '258')
    late(await answer({ cases: CASES.slice(0, 5), total: 5 }))
    await flushPromises()
    expect(offered(one)[0]).toBe('老窑厂 258　疑似')
  })
  it('says that it could not be read, not that there is none', async () => {
    api.GET.mockImplementation(() => Promise.reject(new TypeError('failed to fetch')))
    const one = field({})
    await open(one)
    expect(one.getComponent(ElSelect).props('noDataText')).toContain('没有读到')
  })
})

describe('people to be chosen', () => {
  it('are found by their names', async () => {
    city()
    const one = field({ kind: 'persons', label: '反映的干部', within: 'huji' })
    await type(one, '张三')
    expect([offered(one), one.getComponent(ElSelect).props('multiple'), asked('/api/v1/staff')]).toEqual([['张三（胡集镇）'], true, [{ limit: 21, text: '张三' }]])
  })
  it('are sent and asked for as other choices are', () => {
    const command = { title: '', path: '', fields: [{ name: 'into', label: '并入哪个案件', kind: 'case' as const, required: true }, { name: 'persons', label: '干部', kind: 'persons' as const }] }
    expect([bodyOf(command, { into: 'c1', persons: [] }), missing(command, {})]).toEqual([{ into: 'c1' }, { into: '请选择“并入哪个案件”。' }])
  })
})

describe('facts', () => {
  async function at(page: unknown, path: string) {
    city()
    const router = createRouter({ history: createMemoryHistory(), routes: [{ path: '/:any(.*)*', component: { template: '<p />' } }] })
    await router.push(path)
    const shown = mount(page as never, { global: { plugins: [router, ElementPlus] } })
    await flushPromises()
    return shown
  }
  it('of somebody that a search found are there at once, with the name in its field', async () => {
    actAs('inspector')
    searchWords.value = '张三'
    const search = await at(SearchPage, '/search')
    expect(search.findAll('a').map((one) => [one.text(), one.attributes('href')])).toContainEqual(['张三', '/facts?person=leader-huji'])
    api.GET.mockReset()
    const facts = await at(FactSearch, '/facts?person=leader-huji')
    expect(asked('/api/v1/audit/facts')[0]).toMatchObject({ person: 'leader-huji', named: true })
    expect(facts.findAllComponents(ElOption).map((one) => one.props('label') as string)).toContain('张三（胡集镇）')
  })
  it('are no link for whoever may not look for them', async () => {
    actAs('handler')
    searchWords.value = '张三'
    expect((await at(SearchPage, '/search')).text()).toContain('张三')
    expect((await at(SearchPage, '/search')).find('a[href^="/facts"]').exists()).toBe(false)
  })
  it.each([['cases', CasesPage, '立案'], ['tips', TipsPage, '收到']] as const)('are not all: %s are narrowed by days on their page', async (path, page, what) => {
    const shown = await at(page, `/${path}?from=2020-06-01`)
    expect(shown.findAll('.el-date-editor input').map((one) => [one.attributes('aria-label'), (one.element as HTMLInputElement).value])).toEqual([[`${what}时间从`, '2020-06-01'], [`${what}时间到`, '']])
    expect(asked(`/api/v1/${path}`)[0]).toMatchObject({ from: '2020-06-01' })
    expect(shown.findAll('.row:not(.chips) > .el-tag.is-closable').length, 'a day is shown once: a phone that folds its field has it as a chip').toBe(0)
  })
})

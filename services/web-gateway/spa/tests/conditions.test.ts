// Conditions that a figure brings with it are said in Chinese, whichever they are.
import { existsSync, readFileSync } from 'node:fs'
import { enableAutoUnmount, flushPromises, mount } from '@vue/test-utils'
import ElementPlus from 'element-plus'
import { afterEach, describe, expect, it, vi } from 'vitest'
import ConditionTags from '@/parts/ConditionTags.vue'
import { conditionSaid } from '@/parts/conditionWords'
import { forgetUnits, readUnits } from '@/parts/units'

const api = vi.hoisted(() => ({ GET: vi.fn() }))
vi.mock('@/api/client', async (original) => ({ ...(await original<object>()), api }))
vi.setConfig({ testTimeout: 60_000 })
enableAutoUnmount(afterEach)

interface Parameter { name: string; description?: string; schema?: { description?: string } }
// Written from the gateway, never by hand, and so not kept in git.
if (!existsSync('../openapi.json')) throw new Error('services/web-gateway/openapi.json is not there yet: run make openapi first')
const document = JSON.parse(readFileSync('../openapi.json', 'utf8')) as { paths: Record<string, { get?: { parameters?: Parameter[] } }> }
/** What is no condition of rows, or has a field of its own whose words nobody but its writer knows. */
const ASIDE = ['after', 'limit', 'text', 'wait_for_position', 'X-Mingcha-Role']
const LISTS = ['/api/v1/cases', '/api/v1/tips', '/api/v1/escalations', '/api/v1/obligations']
const conditions = LISTS.flatMap((path) => (document.paths[path]?.get?.parameters ?? []).filter(({ name }) => !ASIDE.includes(name)).map((one) => ({ path, ...one })))
const SAID = /^[\u4e00-\u9fff]+：.*[\u4e00-\u9fff]/

describe('a condition', () => {
  it('has a title of its own in Chinese, for every one that a list of the ledger knows', () => {
    expect(conditions.length).toBeGreaterThan(30)
    for (const { path, name } of conditions) expect(conditionSaid(name, 'true'), `${path} ${name}`).toMatch(/^(?!其他条件)[\u4e00-\u9fff]+：/)
  })
  it('has words for every value that the document of the gateway names', () => {
    const listed = conditions.flatMap(({ name, description, schema }) => {
      const values = (schema?.description ?? description ?? '').match(/\b[a-z_\d]+(?:\s*\|\s*[a-z_\d]+)+/i)?.[0].split('|') ?? []
      return values.map((value) => [name, value.trim()] as const)
    })
    expect(listed.length).toBeGreaterThan(30)
    for (const [name, value] of [...listed, ['closed_as', 'handled'], ['state', 'open'], ['class', 'none'], ['obligation', 'first_inspection']] as const) expect(conditionSaid(name, value), `${name} ${value}`).toMatch(SAID)
  })
  it('says what a leader who tapped a number was led to', async () => {
    forgetUnits()
    api.GET.mockImplementation(() => Promise.resolve({ data: { units: [{ code: '321322102', name: '胡集镇', level: 'township', parent: null }], next: null }, response: new Response(null, { status: 200 }) }))
    await readUnits()
    const asked = { spot_check: 'failed', closed_as: 'disposed', relapsed: 'true', owner: '321322102', screened_from: '2020-06-01', nonsense: 'x' }
    const tags = mount(ConditionTags, { props: { asked, names: Object.keys(asked) }, global: { plugins: [ElementPlus] } })
    await flushPromises()
    const said = tags.findAll('.el-tag').map((one) => one.text())
    expect(said).toEqual(['抽查：抽查不合格', '办结方式：处置完成销号', '死灰复燃：是', '承办单位：胡集镇', '甄审时间从：2020年6月1日', '其他条件：x'])
  })
})

// That whoever signs a report is told, site by site, what has changed since it was drafted.
import { enableAutoUnmount, flushPromises, mount } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import ReportChanges from '@/pages/oversight/ReportChanges.vue'
import { differences, type Line } from '@/pages/oversight/changes'
import { reports as texts } from '@/texts/oversight'

const api = vi.hoisted(() => ({ GET: vi.fn() }))
vi.mock('@/api/client', async (original) => ({ ...(await original<object>()), api }))
const answer = (data: unknown) => Promise.resolve({ data, response: new Response(null, { status: 200 }) })
vi.setConfig({ testTimeout: 60_000 })
enableAutoUnmount(afterEach)
beforeEach(() => void api.GET.mockReset())

const line = (id: string, more: Partial<Line> = {}): Line => ({ case_id: id, state: 'acknowledged', state_title: '待核查', class: null, place: `${id}号院`, ...more })
const draft = (lines: Line[]) => ({ at: '2020-06-01T02:00:00Z', digest: 'd', lines })
async function shown(lines: Line[], more: object) {
  const router = createRouter({ history: createMemoryHistory(), routes: [{ path: '/:any(.*)*', component: { template: '<p />' } }] })
  const page = mount(ReportChanges, { props: { unit: '321322', stage: 'sweep', draft: draft(lines), own: true, signed: false, ...more }, global: { plugins: [router] } })
  await flushPromises()
  return page
}

describe('two lists', () => {
  it('differ in sites that are new, gone or have changed', () => {
    const now = [line('a'), line('b', { state: 'confirmed', state_title: '处置中', class: 'C' }), line('d'), line('e', { place: 'f号院' })]
    expect(differences([line('a'), line('b'), line('c'), line('e')], now).map((one) => [one.kind, one.caseId, one.said])).toEqual([
      ['added', 'd', ['待核查']], ['gone', 'c', ['待核查']],
      ['changed', 'b', ['状态：待核查 → 处置中', `类别：${texts.noClass} → C 类（无证无照及非法储存）`]], ['changed', 'e', ['地点：e号院 → f号院']],
    ])
  })
  it('do not differ by their order', () => {
    expect(differences([line('a'), line('b')], [line('b'), line('a')])).toEqual([])
  })
})

describe('what has changed since', () => {
  it('is compared at once for whoever drafts, and anew when it is drafted anew', async () => {
    api.GET.mockImplementation(() => answer({ lines: [line('a'), line('b')] }))
    const page = await shown([line('a')], {})
    expect(api.GET.mock.lastCall?.[0]).toBe('/api/v1/reports/{unit}/{stage}/preview')
    expect(page.get('[role=status]').text()).toBe(texts.changed(1, 0, 0))
    expect(page.get('li').text()).toContain(texts.differs.added)
    expect(page.get('li a').attributes('href')).toBe('/cases/b')
    await page.setProps({ draft: draft([line('a'), line('b')]) })
    await flushPromises()
    expect(page.get('[role=status]').text()).toBe(texts.unchanged)
  })
  it('is compared with the cases of the area, page by page, when those above ask', async () => {
    api.GET.mockImplementation((_path: string, { params }: { params: { query: { after?: string } } }) => answer(params.query.after ? { cases: [row('c')], next: null } : { cases: [row('a')], next: 'n' }))
    const row = (id: string) => ({ case_id: id, state: 'acknowledged', state_title: '待核查', class: null, place: { text: `${id}号院` } })
    const page = await shown([line('a'), line('b')], { own: false, signed: true })
    expect(api.GET).not.toHaveBeenCalled()
    expect(page.text()).toContain(texts.sinceSigned)
    await page.get('button').trigger('click')
    await flushPromises()
    expect(api.GET.mock.calls.map(([, given]) => given.params.query)).toEqual([{ unit: '321322', limit: 200 }, { unit: '321322', limit: 200, after: 'n' }])
    expect(page.get('[role=status]').text()).toBe(texts.changed(1, 1, 0))
  })
  it('says that it could not be read, and reads again', async () => {
    api.GET.mockImplementationOnce(() => Promise.resolve({ error: { status: 503, code: 'x', detail: '暂时读不到。' }, response: new Response(null, { status: 503 }) })).mockImplementation(() => answer({ lines: [line('a')] }))
    const page = await shown([line('a')], {})
    expect(page.text()).toContain('暂时读不到。')
    await page.get('button').trigger('click')
    await flushPromises()
    expect(page.get('[role=status]').text()).toBe(texts.unchanged)
  })
})

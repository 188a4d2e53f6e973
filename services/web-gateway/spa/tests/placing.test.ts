// The call desk writes down recorded calls, and where it is that a message tells of.
import { enableAutoUnmount, flushPromises, mount } from '@vue/test-utils'
import ElementPlus from 'element-plus'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import TranscriptsPage from '@/pages/intake/TranscriptsPage.vue'
import { workLink } from '@/pages/home/workItems'
import { forgetUnits } from '@/parts/units'
import { transcripts as words } from '@/texts/intake'

const api = vi.hoisted(() => ({ GET: vi.fn() }))
const submit = vi.hoisted(() => vi.fn(() => Promise.resolve({})))
vi.mock('@/api/client', async (original) => ({ ...(await original<object>()), api, submit }))
vi.setConfig({ testTimeout: 60_000 })
enableAutoUnmount(afterEach)
beforeEach(() => {
  forgetUnits()
  submit.mockClear()
  const units = [{ code: '321322', name: '沭阳县', parent: '321300', level: 'county', kind: 'government' }, { code: '321322102', name: '胡集镇', parent: '321322', level: 'township', kind: 'government' }]
  api.GET.mockReset()
  api.GET.mockImplementation((path: string, asked: { params?: { query?: { kind?: string } } }) => {
    const kind = asked.params?.query?.kind
    const item = { id: kind, tip_id: `tip-of-${kind}`, place: '', started: '2020-06-01T00:00:00Z', kind }
    const data = path === '/api/v1/units' ? { units, next: null } : path === '/api/v1/work' ? { items: [item], total: 1, next: null } : { narrative: '胡集窑厂半夜卸桶', transcripts: [], messages: [], recordings: [] }
    return Promise.resolve({ data, response: new Response(null, { status: 200 }) })
  })
})

async function opened(path: string) {
  const router = createRouter({ history: createMemoryHistory(), routes: [{ path: '/:any(.*)*', component: TranscriptsPage }] })
  await router.push(path)
  const shown = mount({ template: '<router-view />' }, { global: { plugins: [router, ElementPlus] } })
  await flushPromises()
  return shown
}

describe('a message that names no area', () => {
  it('is placed by what it says, the area guessed from the words', async () => {
    const page = await opened('/transcripts?kind=place_to_record&tip=tip-of-place_to_record')
    expect(page.text()).toContain(words.placeHelp)
    const form = page.get('form')
    await form.trigger('submit')
    expect([form.get('[role=alert]').text(), submit.mock.calls.length]).toEqual([words.needPlace, 0])
    await form.get('#where').setValue('河边老窑')
    await form.trigger('submit')
    expect([form.get('[role=alert]').text(), submit.mock.calls.length]).toEqual([words.needDivision, 0])
    await form.get('#where').setValue('胡集镇河边老窑')
    await flushPromises()
    await form.trigger('submit')
    expect(submit.mock.calls[0]?.slice(0, 2)).toEqual(['/api/v1/tips/tip-of-place_to_record/place', { place: { text: '胡集镇河边老窑', division: '321322102' } }])
  })
  it('and a recorded call are each on a list of their own, to which the work list leads', async () => {
    const page = await opened('/transcripts')
    expect(page.findAll('.list button').length).toBe(1)
    await page.get('.list button').trigger('click')
    await page.get('#transcript').setValue('旧码头夜里卸桶')
    await page.get('form').trigger('submit')
    expect(submit.mock.calls[0]?.slice(0, 2)).toEqual(['/api/v1/tips/tip-of-transcript_to_record/transcript', { text: '旧码头夜里卸桶' }])
    const item = { kind: 'place_to_record', tip_id: '7', subject: 'tip-7', what: '' } as never
    expect(workLink(item)).toEqual({ path: '/transcripts', query: { kind: 'place_to_record', tip: '7' } })
  })
})

// Cases that no tip led to: who may register which origin, what each has to tell, and that the page goes on to the new case.
import { enableAutoUnmount, flushPromises, mount } from '@vue/test-utils'
import ElementPlus from 'element-plus'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import OpenCase from '@/pages/home/OpenCase.vue'
import { openCase, originsOf } from '@/pages/home/opening'
import { viewerOf, type Viewer } from '@/pages/home/standing'
import { asked, bodyOf, missing } from '@/parts/commands'
import { forgetUnits, type UnitEntry } from '@/parts/units'
import { actAs, resume } from '@/session'
import { opening } from '@/texts/cases'

const api = vi.hoisted(() => ({ GET: vi.fn() }))
vi.mock('@/api/client', async (original) => ({ ...(await original<object>()), api }))
vi.setConfig({ testTimeout: 60_000 })
enableAutoUnmount(afterEach)

const UNITS = [
  ['city', 'city', 'government', null], ['office', 'city', 'office', 'city'], ['group', 'city', 'supervision', 'city'], ['county', 'county', 'government', 'city'], ['group-of-county', 'county', 'supervision', 'county'],
].map(([code, level, kind, parent]) => ({ code, name: code, level, kind, parent }) as UnitEntry)
const as = (role: string, of: string): Viewer => viewerOf(role, role, of, UNITS)
const codes = (viewer: Viewer) => originsOf(viewer).map((one) => one.value)
const asks = (viewer: Viewer, values: Record<string, unknown>) => openCase(viewer, 'new').fields.filter((field) => !field.when || field.when(values)).map((field) => field.name)

describe('an origin', () => {
  it('is registered by dispatchers, what supervision found by its groups, what the province found by the city only', () => {
    expect(codes(as('dispatcher', 'office'))).toEqual(['sweep', 'night_load', 'list_matching', 'department_transfer', 'supervision_finding', 'provincial_supervision'])
    expect(codes(as('dispatcher', 'county'))).not.toContain('provincial_supervision')
    expect([codes(as('supervisor', 'group')), codes(as('supervisor', 'group-of-county'))]).toEqual([['supervision_finding', 'provincial_supervision'], ['supervision_finding']])
    expect(['handler', 'leader', 'inspector', 'operator', 'admin'].flatMap((role) => codes(as(role, 'county')))).toEqual([])
  })
  it('asks for what makes it checkable, and for nothing of another', () => {
    const of = (kind: string) => asks(as('dispatcher', 'office'), { 'origin.kind': kind }).filter((name) => name.startsWith('origin.') && name !== 'origin.kind')
    expect(['', 'sweep', 'night_load', 'list_matching', 'department_transfer', 'supervision_finding', 'provincial_supervision'].map(of)).toEqual([[], ['origin.method'], ['origin.note'], ['origin.list', 'origin.entry'], ['origin.from', 'origin.note'], ['origin.note'], ['origin.note']])
  })
  it('is one that the service knows, as it wants it', () => {
    const command = openCase(as('dispatcher', 'county'), 'new')
    const values = { 'origin.kind': 'sweep', 'origin.method': 'night_raid', 'origin.note': 'typed before', summary: '夜里有气味', 'place.text': '老窑厂', 'place.division': 'county', urgency: 'normal' }
    expect(missing(command, values)).toEqual({})
    expect(bodyOf(command, values)).toEqual({ case_id: 'new', origin: { kind: 'sweep', method: 'night_raid' }, summary: '夜里有气味', place: { text: '老窑厂', division: 'county' }, urgency: 'normal' })
    expect(command.fields.find((field) => field.name === 'origin.method')?.choices?.map((one) => one.value)).not.toContain('tip_verification')
  })
  it('lies in the own area, which whoever has not the whole city has to name', () => {
    expect(Object.keys(missing(openCase(as('dispatcher', 'county'), 'new'), { 'origin.kind': 'sweep' }))).toEqual(['origin.method', 'summary', 'place.text', 'place.division', 'urgency'])
    expect(Object.keys(missing(openCase(as('dispatcher', 'office'), 'new'), { 'origin.kind': 'sweep' }))).not.toContain('place.division')
    expect(openCase(as('supervisor', 'group-of-county'), 'new').fields[0]?.initial, 'there is only one').toBe('supervision_finding')
  })
})

describe('the button', () => {
  async function shown(role: string) {
    const answer = (data: unknown) => Promise.resolve({ data, response: new Response(null, { status: 200 }) })
    api.GET.mockImplementation((path: string) => answer(path === '/api/v1/units' ? { units: UNITS, next: null } : { account: 'a', unit: 'office', now: new Date().toISOString(), roles: [{ code: role, name: role }], limits: [], stages: [] }))
    await resume()
    actAs(role)
    const router = createRouter({ history: createMemoryHistory(), routes: [{ path: '/:any(.*)*', component: { template: '<p />' } }] })
    const page = mount(OpenCase, { global: { plugins: [router, ElementPlus] } })
    await flushPromises()
    return { page, router }
  }
  beforeEach(() => {
    sessionStorage.clear()
    forgetUnits()
  })
  it('is there for those who may, and leads to the new case', async () => {
    const { page, router } = await shown('dispatcher')
    await page.get('button').trigger('click')
    const command = asked.value?.command
    expect(command?.title).toBe(opening.title)
    asked.value?.done({ revision: 0 })
    await flushPromises()
    expect(router.currentRoute.value.path).toBe(`/cases/${String(command?.also?.case_id)}`)
    await page.get('button').trigger('click')
    expect(asked.value?.command.also?.case_id, 'another site is another case').not.toBe(command?.also?.case_id)
    asked.value?.done(null)
    await flushPromises()
    expect(router.currentRoute.value.path).toBe(`/cases/${String(command?.also?.case_id)}`)
  })
  it('is not there for others', async () => {
    expect((await shown('handler')).page.find('button').exists()).toBe(false)
  })
})

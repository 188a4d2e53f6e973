// That a page with nothing in it says what to do next, and blames conditions only if there are any.
import { enableAutoUnmount, flushPromises, mount } from '@vue/test-utils'
import ElementPlus from 'element-plus'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Component } from 'vue'
import { createMemoryHistory, createRouter } from 'vue-router'
import StuckPage from '@/pages/intake/StuckPage.vue'
import FiguresTable from '@/pages/oversight/FiguresTable.vue'
import ReportsPage from '@/pages/oversight/ReportsPage.vue'
import FindingsPage from '@/pages/supervision/FindingsPage.vue'
import TasksPage from '@/pages/supervision/TasksPage.vue'
import { forgetUnits, type UnitEntry } from '@/parts/units'
import { actAs, resume } from '@/session'
import { stuck } from '@/texts/intake'
import { figures, reports } from '@/texts/oversight'
import { findings, tasks } from '@/texts/supervision'

const api = vi.hoisted(() => ({ GET: vi.fn() }))
vi.mock('@/api/client', async (original) => ({ ...(await original<object>()), api }))
vi.setConfig({ testTimeout: 60_000 })
enableAutoUnmount(afterEach)

const UNITS = [['city', 'city', 'government', null], ['office', 'city', 'office', 'city'], ['town', 'township', 'government', 'city']].map(([code, level, kind, parent]) => ({ code, name: code, level, kind, parent }) as UnitEntry)
const NOTHING = { obligations: [], reports: [], findings: [], tasks: [], rows: [], stages: [], limits: [], total: 0, next: null }
beforeEach(() => {
  sessionStorage.clear()
  forgetUnits()
})
async function shown(page: Component, { role = 'leader', unit = 'office', address = '/', props = {} }: { role?: string; unit?: string; address?: string; props?: Record<string, unknown> } = {}) {
  const session = { account: 'a', unit, now: new Date().toISOString(), roles: [{ code: role, name: role }] }
  api.GET.mockImplementation((path: string) => Promise.resolve({ data: path === '/api/v1/units' ? { units: UNITS, next: null } : path === '/api/v1/session' ? session : NOTHING, response: new Response(null, { status: 200 }) }))
  await resume()
  actAs(role)
  const router = createRouter({ history: createMemoryHistory(), routes: [{ path: '/:any(.*)*', component: { template: '<p />' } }] })
  await router.push(address)
  const at = mount(page, { props, global: { plugins: [router, ElementPlus] } })
  await flushPromises()
  return { at, router, said: at.get('.el-empty').text() }
}

describe('an empty page', () => {
  it('of reports says where they come from, and that conditions leave none only if there are some', async () => {
    expect((await shown(ReportsPage)).said).toContain(reports.none)
    expect((await shown(ReportsPage, { unit: 'town' })).said).toContain(reports.noneMine)
    expect((await shown(ReportsPage, { address: '/?state=signed' })).said).toContain(reports.noneFound)
  })
  it('of findings and tasks tells those who record them how, and others where they come from', async () => {
    expect([(await shown(FindingsPage)).said, (await shown(FindingsPage, { role: 'supervisor' })).said]).toEqual([expect.stringContaining(findings.none), expect.stringContaining(findings.noneMine)])
    expect([(await shown(TasksPage, { unit: 'town' })).said, (await shown(TasksPage)).said]).toEqual([expect.stringContaining(tasks.none), expect.stringContaining(tasks.noneMine)])
  })
  it('of figures leads to all of them, or to where they come from', async () => {
    expect((await shown(FiguresTable, { props: { unit: 'town', asOf: '' } })).at.get('.el-empty a').text()).toBe(figures.noneAll)
    const { at, said } = await shown(FiguresTable, { props: { unit: '', asOf: '' } })
    expect([at.get('.el-empty a').attributes('href'), said.includes(figures.noneNext)]).toEqual(['/cases', true])
  })
  it('of what is stuck leads to what stands still, then to shorter times, until there is none shorter', async () => {
    const { at, router } = await shown(StuckPage)
    expect(at.get('.el-empty button').text()).toBe(stuck.toUnmoved)
    await at.get('.el-empty button').trigger('click')
    await flushPromises()
    expect(router.currentRoute.value.query).toEqual({ show: 'unmoved' })
    expect(at.get('.el-empty button').text()).toBe(stuck.toFewer(3))
    expect((await shown(StuckPage, { address: '/?show=unmoved&days=3' })).at.find('.el-empty button').exists()).toBe(false)
    expect((await shown(StuckPage, { address: '/?show=unmoved&days=3&unit=town' })).at.get('.el-empty button').text()).toBe(stuck.toAll)
  })
})

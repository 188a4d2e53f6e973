// That a page is shown only in a role that it is for, and that another role is looked at anew.
import { enableAutoUnmount, flushPromises, mount } from '@vue/test-utils'
import ElementPlus from 'element-plus'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import { pages } from '@/pages'
import { actAs, forget, resume, session } from '@/session'
import Shell from '@/shell/Shell.vue'
import { pageTitles } from '@/texts/pages'
import NoPage from '@/shell/NoPage.vue'
import { shell } from '@/texts/shell'

const api = vi.hoisted(() => ({ GET: vi.fn() }))
vi.mock('@/api/client', async (original) => ({ ...(await original<object>()), api }))
vi.mock('@/shell/live', () => ({ live: { position: 0, total: 0, overdue: 0, begun: false, connected: false, why: '' }, listen: () => undefined, stop: () => undefined }))
vi.mock('@/shell/news', () => ({ news: 0, readNews: () => Promise.resolve() }))
vi.setConfig({ testTimeout: 60_000 })
enableAutoUnmount(afterEach)
beforeEach(() => sessionStorage.clear())

async function at(path: string, roles: readonly string[]) {
  api.GET.mockImplementation(() => Promise.resolve({ data: { account: 'a', name: '甲', csrf_token: 't', now: new Date().toISOString(), roles: roles.map((code) => ({ code, name: `身份 ${code}` })) }, response: new Response(null, { status: 200 }) }))
  await resume()
  actAs(roles[0] ?? '')
  const router = createRouter({ history: createMemoryHistory(), routes: pages.map(({ route }) => ({ path: `/${route.path}`, name: route.name, component: { template: '<form />' } })) })
  await router.push(path)
  const shown = mount(Shell, { global: { plugins: [router, ElementPlus] } })
  await flushPromises()
  const main = () => ({ form: shown.find('#main form').exists(), said: shown.get('#main').text() })
  return { shown, router, main }
}

describe('a page', () => {
  it('is shown to those whom it is for, and to everybody if it names nobody', async () => {
    expect((await at('/call', ['operator'])).main().form).toBe(true)
    expect((await at('/profile', ['admin'])).main().form).toBe(true)
    expect((await at('/cases/7', ['operator'])).main().form, 'the gateway says who may read which case').toBe(true)
  })
  it('shows no form that would be refused when it is sent, but a way out', async () => {
    const { shown, main } = await at('/call', ['handler'])
    expect([main().form, main().said.includes(shell.notYours('承办人', ['话务员', '派单员'])), shown.get('#main h1').text()]).toEqual([false, true, pageTitles.call])
    expect(shown.find('#main .problem').exists(), 'nothing went wrong').toBe(false)
    expect(shown.findAll('#main a').map((one) => [one.text(), one.attributes('href')])).toEqual([[shell.toWork, '/']])
    expect(shown.find('#main button').exists(), 'there is nothing to try again').toBe(false)
  })
  it('is looked at anew in another role, there and back', async () => {
    const { shown, main } = await at('/screening', ['handler', 'dispatcher'])
    expect(main().form).toBe(false)
    await shown.get('#main button').trigger('click')
    expect([session.role, main().form]).toEqual(['dispatcher', true])
    actAs('handler')
    await flushPromises()
    expect([main().form, main().said.includes('看不到这一页')]).toEqual([false, true])
  })
  it('leads an administrator on from the list of work, which they do not have', async () => {
    const { shown } = await at('/', ['admin', 'handler'])
    expect(shown.findAll('#main a').map((one) => one.attributes('href'))).toEqual(['/admin/units'])
    expect(shown.findAll('#main button').map((one) => one.text())).toEqual(['换成“身份 handler”身份再看'])
  })
})

describe('an address that leads nowhere', () => {
  async function nowhere(roles: readonly string[]) {
    const { router } = await at('/', roles.length ? roles : ['handler'])
    if (roles.length === 0) forget()
    const shown = mount(NoPage, { global: { plugins: [router, ElementPlus] } })
    await flushPromises()
    return shown
  }
  it('is said within the console, and leads on to what there is for the role', async () => {
    const worker = await nowhere(['handler'])
    expect([worker.get('#main h1').text(), worker.find('header').exists(), worker.findAll('#main a').map((one) => [one.text(), one.attributes('href')])]).toEqual([shell.noPage, true, [[shell.toWork, '/']]])
    expect((await nowhere(['admin'])).findAll('#main a').map((one) => [one.text(), one.attributes('href')])).toEqual([[shell.toUnits, '/admin/units']])
  })
  it('leads whoever is not signed in to the public pages', async () => {
    const shown = await nowhere([])
    expect([shown.find('header').exists(), shown.findAll('a').map((one) => [one.text(), one.attributes('href')])]).toEqual([false, [[shell.toPublic, '/']]])
  })
})

describe('the search at the top', () => {
  it('says what it finds for the role, and is not there twice', async () => {
    const fields = async (path: string, role: string) => (await at(path, [role])).shown.findAll('.bar input[type=search]').map((one) => one.attributes('placeholder'))
    expect([await fields('/', 'dispatcher'), await fields('/', 'handler'), await fields('/search', 'dispatcher')]).toEqual([[shell.findsWithTips], [shell.finds], []])
  })
})

describe('the menu', () => {
  it('marks the list from which a page was reached', async () => {
    const marked = async (path: string) => (await at(path, ['dispatcher'])).shown.findAll('nav .within').map((one) => one.text())
    expect([await marked('/cases/7'), await marked('/tips/7'), await marked('/draws/7'), await marked('/cases')]).toEqual([[pageTitles.cases], [pageTitles.tips], [pageTitles.draws], []])
  })
  it('has the way out where a phone has no room for it above', async () => {
    const { shown } = await at('/profile', ['handler'])
    expect(shown.findAll('nav button').map((one) => [one.text(), one.classes('narrow')])).toEqual([[shell.signOut, true]])
    expect(shown.get('.bar .leave').text()).toBe(shell.signOut)
  })
})

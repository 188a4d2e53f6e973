// Whoever follows a colleague's link to a page that is not theirs is led on: to their own work, or into the other role that they hold.
import { enableAutoUnmount, flushPromises, mount } from '@vue/test-utils'
import ElementPlus from 'element-plus'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import { Problem } from '@/api/problems'
import { pages } from '@/pages'
import ProblemNote from '@/parts/ProblemNote.vue'
import Stateful from '@/parts/Stateful.vue'
import { actAs, resume, session } from '@/session'

const api = vi.hoisted(() => ({ GET: vi.fn() }))
vi.mock('@/api/client', async (original) => ({ ...(await original<object>()), api }))
vi.setConfig({ testTimeout: 60_000 })
enableAutoUnmount(afterEach)

const REFUSED = new Problem({ status: 403, code: 'gateway.role', detail: '这项内容不由您的身份办理。', remedy: '请由有相应职责的人员办理。' })
async function at(path: string, roles: readonly string[], problem = REFUSED) {
  api.GET.mockImplementation(() => Promise.resolve({ data: { account: 'a', name: '甲', csrf_token: 't', now: new Date().toISOString(), roles: roles.map((code) => ({ code, name: `身份 ${code}` })) }, response: new Response(null, { status: 200 }) }))
  await resume()
  actAs(roles[0] ?? '')
  const router = createRouter({ history: createMemoryHistory(), routes: pages.map(({ route }) => ({ path: `/${route.path}`, name: route.name, component: { template: '<p />' } })) })
  await router.push(path)
  const shown = mount(Stateful, { props: { loading: false, problem, retry: () => undefined }, global: { plugins: [router, ElementPlus] } })
  await flushPromises()
  return { router, shown, buttons: shown.findAll('button').map((one) => one.text()), links: shown.findAll('a').map((one) => [one.text(), one.attributes('href')]) }
}
beforeEach(() => sessionStorage.clear())

describe('a page that is not for one', () => {
  it('leads back to one’s work, and cannot be tried again', async () => {
    const { shown, buttons, links } = await at('/admin/units', ['handler'])
    expect(shown.text()).toContain('请由有相应职责的人员办理。')
    expect([buttons, links]).toEqual([[], [['回到我的待办', '/']]])
  })
  it('is shown in the other role that somebody holds, if the page is for that one', async () => {
    const { shown, buttons } = await at('/admin/units', ['handler', 'leader', 'admin'])
    expect(buttons).toEqual(['换成“身份 admin”身份再看'])
    await shown.get('button').trigger('click')
    expect(session.role).toBe('admin')
  })
  it('offers every role that is held where the page is for everybody, and no link to where one is', async () => {
    expect((await at('/cases/7', ['handler', 'leader'])).buttons).toEqual(['换成“身份 leader”身份再看'])
    expect((await at('/', ['handler'])).links).toEqual([])
    expect((await at('/cases', ['admin'])).links).toEqual([['回到单位管理', '/']])
  })
  it('is something else than a failure, and a refusal in a dialog keeps what was typed in sight', async () => {
    const failed = await at('/cases', ['handler', 'leader'], new Problem({ status: 503, code: 'x', detail: '暂时不能读取。' }))
    expect([failed.buttons, failed.links]).toEqual([['再试一次'], []])
    expect(mount(ProblemNote, { props: { problem: REFUSED } }).find('a').exists()).toBe(false)
  })
})

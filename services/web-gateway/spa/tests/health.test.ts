// What the page on whether everything runs says of events on their way.
import { enableAutoUnmount, flushPromises, mount } from '@vue/test-utils'
import ElementPlus from 'element-plus'
import { afterEach, describe, expect, it, vi } from 'vitest'
import EventsPart from '@/pages/admin/EventsPart.vue'
import { events as texts } from '@/texts/admin'

const api = vi.hoisted(() => ({ GET: vi.fn() }))
vi.mock('@/api/client', async (original) => ({ ...(await original<object>()), api }))
vi.setConfig({ testTimeout: 60_000 })
enableAutoUnmount(afterEach)

async function shown(more: object) {
  const told = { store_reachable: true, broker_reachable: true, head_position: 120, published_position: 120, unpublished: 0, consumers: [], at: '', ...more }
  api.GET.mockImplementation((path: string) => Promise.resolve({ data: path.endsWith('operations') ? told : { dead_letters: [] }, response: new Response(null, { status: 200 }) }))
  const part = mount(EventsPart, { global: { plugins: [ElementPlus] } })
  await flushPromises()
  const line = (many: number) => part.findAll('p').find((one) => one.text().startsWith(many ? texts.unpublished(many) : texts.allPublished))
  return { part, line }
}

describe('what is not published yet', () => {
  it('is said as a number of facts, in red as long as there are any', async () => {
    expect((await shown({ unpublished: 3 })).line(3)?.classes()).toEqual(['red'])
    expect((await shown({})).line(0)?.classes()).toEqual([])
  })
  it('is not made up while a side is away', async () => {
    expect((await shown({ broker_reachable: false, published_position: null, unpublished: null })).part.text()).not.toContain('没有发出')
    expect((await shown({ store_reachable: false, head_position: null, unpublished: null })).part.text()).not.toContain('没有发出')
  })
})

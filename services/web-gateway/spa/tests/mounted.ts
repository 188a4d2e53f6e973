// A page as somebody in a role sees it, over the answers that its test has ready.
import { flushPromises, mount } from '@vue/test-utils'
import ElementPlus from 'element-plus'
import type { Component } from 'vue'
import { createMemoryHistory, createRouter } from 'vue-router'
import { actAs, resume } from '@/session'

export async function shown(page: Component, props: Record<string, unknown> = {}, role = 'dispatcher') {
  await resume()
  actAs(role)
  const router = createRouter({ history: createMemoryHistory(), routes: [{ path: '/:any(.*)*', component: { template: '<p />' } }] })
  await router.push('/')
  const at = mount(page, { props, global: { plugins: [router, ElementPlus] } })
  await flushPromises()
  return at
}

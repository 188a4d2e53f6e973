// What everybody has besides their work: a search over everything they may see, and their own profile.
import type { Page } from '..'

export const everyone: readonly Page[] = [
  { title: '查找', roles: ['operator', 'dispatcher', 'handler', 'leader', 'supervisor', 'inspector'], route: { path: 'search', name: 'search', component: () => import('./SearchPage.vue') } },
  { title: '个人资料', route: { path: 'profile', name: 'profile', component: () => import('./ProfilePage.vue') } },
]

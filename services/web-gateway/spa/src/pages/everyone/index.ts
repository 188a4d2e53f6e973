// What everybody has besides their work: a search over everything they may see, and their own profile.
import type { Page } from '..'
import { pageTitles } from '@/texts/pages'

export const everyone: readonly Page[] = [
  { title: pageTitles.search, roles: ['operator', 'dispatcher', 'handler', 'leader', 'supervisor', 'inspector'], route: { path: 'search', name: 'search', component: () => import('./SearchPage.vue') } },
  { title: pageTitles.profile, route: { path: 'profile', name: 'profile', component: () => import('./ProfilePage.vue') } },
]

// What everybody has: the work that is due, tips, cases and a case.
import type { Page } from '..'
import { session } from '@/session'
import { menus, pageTitles } from '@/texts/pages'

/** An administrator keeps the system and sees no cases. */
const WORKING = ['operator', 'dispatcher', 'handler', 'leader', 'supervisor', 'inspector'] as const
const SCREENING = ['dispatcher', 'operator', 'inspector'] as const

export const home: readonly Page[] = [
  {
    title: pageTitles.work,
    menu: menus.work,
    roles: WORKING,
    route: { path: '', name: 'work', component: () => import('./WorkPage.vue'), beforeEnter: () => (session.role === 'admin' ? { name: 'units' } : true) },
  },
  { title: pageTitles.tips, menu: menus.work, roles: [...SCREENING, 'leader', 'supervisor'], route: { path: 'tips', name: 'tips', component: () => import('./TipsPage.vue') } },
  { title: pageTitles.cases, menu: menus.work, roles: ['dispatcher', 'handler', 'leader', 'supervisor', 'inspector'], route: { path: 'cases', name: 'cases', component: () => import('./CasesPage.vue') } },
  { title: pageTitles.tip, under: 'tips', route: { path: 'tips/:tip', name: 'tip', props: true, component: () => import('./TipPage.vue') } },
  { title: pageTitles.case, under: 'cases', route: { path: 'cases/:case', name: 'case', props: (route) => ({ caseId: String(route.params.case) }), component: () => import('./CasePage.vue') } },
]

// What everybody has: the work that is due, tips, cases and a case.
import type { Page } from '..'
import { session } from '@/session'

/** An administrator keeps the system and sees no cases. */
const WORKING = ['operator', 'dispatcher', 'handler', 'leader', 'supervisor', 'inspector'] as const
const SCREENING = ['dispatcher', 'operator', 'inspector'] as const

export const home: readonly Page[] = [
  {
    title: '我的待办',
    menu: '办理',
    roles: WORKING,
    route: { path: '', name: 'work', component: () => import('./WorkPage.vue'), beforeEnter: () => (session.role === 'admin' ? { name: 'units' } : true) },
  },
  { title: '线索', menu: '办理', roles: [...SCREENING, 'leader', 'supervisor'], route: { path: 'tips', name: 'tips', component: () => import('./TipsPage.vue') } },
  { title: '案件', menu: '办理', roles: ['dispatcher', 'handler', 'leader', 'supervisor', 'inspector'], route: { path: 'cases', name: 'cases', component: () => import('./CasesPage.vue') } },
  { title: '线索详情', route: { path: 'tips/:tip', name: 'tip', props: true, component: () => import('./TipPage.vue') } },
  { title: '案件详情', route: { path: 'cases/:case', name: 'case', props: (route) => ({ caseId: String(route.params.case) }), component: () => import('./CasePage.vue') } },
]

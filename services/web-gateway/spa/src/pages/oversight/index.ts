// Looking over the work: replay of cases and other threads, search of facts, figures, accountability and area reports.
import type { Page } from '..'
import { menus, pageTitles } from '@/texts/pages'

export const oversight: readonly Page[] = [
  { title: pageTitles.stuck, menu: menus.oversight, roles: ['dispatcher', 'leader', 'supervisor'], route: { path: 'stuck', name: 'stuck', component: () => import('@/pages/intake/StuckPage.vue') } },
  { title: pageTitles.figures, menu: menus.oversight, roles: ['leader', 'supervisor', 'inspector', 'dispatcher'], route: { path: 'figures', name: 'figures', component: () => import('./FiguresPage.vue') } },
  { title: pageTitles.accountability, menu: menus.oversight, roles: ['dispatcher', 'handler', 'leader', 'supervisor', 'inspector'], route: { path: 'accountability', name: 'accountability', component: () => import('./AccountabilityPage.vue') } },
  { title: pageTitles.reports, menu: menus.oversight, roles: ['leader', 'dispatcher', 'supervisor', 'handler', 'inspector'], route: { path: 'reports', name: 'reports', component: () => import('./ReportsPage.vue') } },
  { title: pageTitles.report, under: 'reports', route: { path: 'reports/:unit/:stage', name: 'report', props: true, component: () => import('./ReportPage.vue') } },
  { title: pageTitles.facts, menu: menus.oversight, roles: ['inspector', 'supervisor'], route: { path: 'facts', name: 'facts', component: () => import('./FactsPage.vue') } },
  {
    title: pageTitles.replay,
    under: 'facts',
    roles: ['inspector', 'supervisor', 'leader', 'dispatcher'],
    route: { path: 'replay/cases/:case', name: 'replay', props: (route) => ({ subject: `case-${String(route.params.case)}` }), component: () => import('./ReplayPage.vue') },
  },
  {
    title: pageTitles.thread,
    under: 'facts',
    roles: ['inspector', 'supervisor', 'leader', 'dispatcher'],
    route: { path: 'replay/:subject', name: 'thread', props: (route) => ({ subject: String(route.params.subject) }), component: () => import('./ReplayPage.vue') },
  },
]

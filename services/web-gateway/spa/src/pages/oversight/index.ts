// Looking over the work: replay of cases and other threads, search of facts, figures, accountability and area reports.
import type { Page } from '..'

export const oversight: readonly Page[] = [
  { title: '统计', menu: '督办', roles: ['leader', 'supervisor', 'inspector', 'dispatcher'], route: { path: 'figures', name: 'figures', component: () => import('./FiguresPage.vue') } },
  { title: '督促与问责', menu: '督办', roles: ['dispatcher', 'handler', 'leader', 'supervisor', 'inspector'], route: { path: 'accountability', name: 'accountability', component: () => import('./AccountabilityPage.vue') } },
  { title: '结果上报', menu: '督办', roles: ['leader', 'dispatcher', 'supervisor', 'handler', 'inspector'], route: { path: 'reports', name: 'reports', component: () => import('./ReportsPage.vue') } },
  { title: '结果报告', route: { path: 'reports/:unit/:stage', name: 'report', props: true, component: () => import('./ReportPage.vue') } },
  { title: '记录查找', menu: '督办', roles: ['inspector', 'supervisor'], route: { path: 'facts', name: 'facts', component: () => import('./FactsPage.vue') } },
  {
    title: '案件回放',
    roles: ['inspector', 'supervisor', 'leader', 'dispatcher'],
    route: { path: 'replay/cases/:case', name: 'replay', props: (route) => ({ subject: `case-${String(route.params.case)}` }), component: () => import('./ReplayPage.vue') },
  },
  {
    title: '全过程回放',
    roles: ['inspector', 'supervisor', 'leader', 'dispatcher'],
    route: { path: 'replay/:subject', name: 'thread', props: (route) => ({ subject: String(route.params.subject) }), component: () => import('./ReplayPage.vue') },
  },
]

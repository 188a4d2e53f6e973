// The call desk and the dispatcher's desk: taking calls, writing down what came as pictures only, screening, assigning.
import type { Page } from '..'
import { menus, pageTitles } from '@/texts/pages'

const CALL_DESK = ['operator', 'dispatcher'] as const

export const intake: readonly Page[] = [
  { title: pageTitles.call, menu: menus.intake, roles: CALL_DESK, route: { path: 'call', name: 'call', component: () => import('./CallPage.vue') } },
  { title: pageTitles.calls, menu: menus.intake, roles: CALL_DESK, route: { path: 'calls', name: 'calls', component: () => import('./CallsPage.vue') } },
  { title: pageTitles.transcripts, menu: menus.intake, roles: CALL_DESK, route: { path: 'transcripts', name: 'transcripts', component: () => import('./TranscriptsPage.vue') } },
  { title: pageTitles.screening, menu: menus.intake, roles: ['dispatcher', 'inspector'], route: { path: 'screening', name: 'screening', component: () => import('./ScreeningPage.vue') } },
  { title: pageTitles.assigning, menu: menus.intake, roles: ['dispatcher'], route: { path: 'assigning', name: 'assigning', component: () => import('./AssignPage.vue') } },
]

// The call desk and the dispatcher's desk: taking calls, writing down what came as pictures only, screening, assigning, and what is stuck.
import type { Page } from '..'
import { menu } from '@/texts/intake'

const CALL_DESK = ['operator', 'dispatcher'] as const

export const intake: readonly Page[] = [
  { title: menu.call, menu: menu.heading, roles: CALL_DESK, route: { path: 'call', name: 'call', component: () => import('./CallPage.vue') } },
  { title: menu.calls, menu: menu.heading, roles: CALL_DESK, route: { path: 'calls', name: 'calls', component: () => import('./CallsPage.vue') } },
  { title: menu.transcripts, menu: menu.heading, roles: CALL_DESK, route: { path: 'transcripts', name: 'transcripts', component: () => import('./TranscriptsPage.vue') } },
  { title: menu.screening, menu: menu.heading, roles: ['dispatcher', 'inspector'], route: { path: 'screening', name: 'screening', component: () => import('./ScreeningPage.vue') } },
  { title: menu.assigning, menu: menu.heading, roles: ['dispatcher'], route: { path: 'assigning', name: 'assigning', component: () => import('./AssignPage.vue') } },
  { title: menu.stuck, menu: menu.heading, roles: ['dispatcher', 'leader', 'supervisor'], route: { path: 'stuck', name: 'stuck', component: () => import('./StuckPage.vue') } },
]

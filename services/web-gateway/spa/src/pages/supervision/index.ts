// Supervision: draws of spot checks, findings, special supervision, tasks of the joint conference, exposures, bulletin.
import type { Page } from '..'
import { menus, pageTitles } from '@/texts/pages'

const OVER = ['leader', 'supervisor', 'inspector', 'dispatcher'] as const

export const supervision: readonly Page[] = [
  { title: pageTitles.draws, menu: menus.supervision, roles: OVER, route: { path: 'draws', name: 'draws', component: () => import('./DrawsPage.vue') } },
  { title: pageTitles.draw, under: 'draws', route: { path: 'draws/:draw', name: 'draw', props: (route) => ({ drawId: String(route.params.draw) }), component: () => import('./DrawPage.vue') } },
  { title: pageTitles.findings, menu: menus.supervision, roles: OVER, route: { path: 'findings', name: 'findings', component: () => import('./FindingsPage.vue') } },
  { title: pageTitles.special, menu: menus.supervision, roles: OVER, route: { path: 'special-supervision', name: 'special-supervision', component: () => import('./SpecialPage.vue') } },
  { title: pageTitles.tasks, menu: menus.supervision, roles: [...OVER, 'handler'], route: { path: 'conference-tasks', name: 'conference-tasks', component: () => import('./TasksPage.vue') } },
  { title: pageTitles.exposures, menu: menus.supervision, roles: [...OVER, 'handler'], route: { path: 'exposures', name: 'exposures', component: () => import('./ExposuresPage.vue') } },
  { title: pageTitles.bulletin, menu: menus.supervision, roles: OVER, route: { path: 'bulletin', name: 'bulletin', component: () => import('./BulletinPage.vue') } },
  { title: pageTitles.approvals, menu: menus.supervision, roles: ['leader', 'inspector', 'dispatcher'], route: { path: 'approvals', name: 'approvals', component: () => import('./ApprovalsPage.vue') } },
]

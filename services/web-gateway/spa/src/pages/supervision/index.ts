// Supervision: draws of spot checks, findings, special supervision, tasks of the joint conference, exposures, bulletin.
import type { Page } from '..'

const OVER = ['leader', 'supervisor', 'inspector', 'dispatcher'] as const

export const supervision: readonly Page[] = [
  { title: '验收抽签', menu: '督导', roles: OVER, route: { path: 'draws', name: 'draws', component: () => import('./DrawsPage.vue') } },
  { title: '一次抽签', route: { path: 'draws/:draw', name: 'draw', props: (route) => ({ drawId: String(route.params.draw) }), component: () => import('./DrawPage.vue') } },
  { title: '督导发现', menu: '督导', roles: OVER, route: { path: 'findings', name: 'findings', component: () => import('./FindingsPage.vue') } },
  { title: '专项督查', menu: '督导', roles: OVER, route: { path: 'special-supervision', name: 'special-supervision', component: () => import('./SpecialPage.vue') } },
  { title: '联席会议任务', menu: '督导', roles: [...OVER, 'handler'], route: { path: 'conference-tasks', name: 'conference-tasks', component: () => import('./TasksPage.vue') } },
  { title: '警示曝光', menu: '督导', roles: [...OVER, 'handler'], route: { path: 'exposures', name: 'exposures', component: () => import('./ExposuresPage.vue') } },
  { title: '联席会议周报', menu: '督导', roles: OVER, route: { path: 'bulletin', name: 'bulletin', component: () => import('./BulletinPage.vue') } },
  { title: '身份查看和奖励', menu: '督导', roles: ['leader', 'inspector', 'dispatcher'], route: { path: 'approvals', name: 'approvals', component: () => import('./ApprovalsPage.vue') } },
]

// Where the sites are: a map with the same as a list beside it.
import type { Page } from '..'

export const map: readonly Page[] = [
  { title: '分布图', menu: '督办', roles: ['dispatcher', 'handler', 'leader', 'supervisor', 'inspector'], route: { path: 'map', name: 'map', component: () => import('./MapPage.vue') } },
]

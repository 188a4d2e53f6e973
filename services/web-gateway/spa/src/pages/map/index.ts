// Where the sites are: a map with the same as a list beside it.
import type { Page } from '..'
import { menus, pageTitles } from '@/texts/pages'

export const map: readonly Page[] = [
  { title: pageTitles.map, menu: menus.oversight, roles: ['dispatcher', 'handler', 'leader', 'supervisor', 'inspector'], route: { path: 'map', name: 'map', component: () => import('./MapPage.vue') } },
]

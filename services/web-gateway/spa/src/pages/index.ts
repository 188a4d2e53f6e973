// Every page of the console: its address, its name in the menu, and the roles that work with it.
import type { RouteLocationNormalizedLoaded, RouteRecordRaw } from 'vue-router'
import { admin } from './admin'
import { everyone } from './everyone'
import { home } from './home'
import { map } from './map'
import { intake } from './intake'
import { oversight } from './oversight'
import { supervision } from './supervision'

/** A page as the menu and the router know it. */
export interface Page {
  title: string
  /** The heading in the menu under which it stands; none if it is reached from other pages only. */
  menu?: string
  /** The page of the menu from which it is reached, by its route: that one is marked while somebody is here. */
  under?: string | ((at: RouteLocationNormalizedLoaded) => string)
  /** Those who work with it; everybody if absent. */
  roles?: readonly string[]
  route: RouteRecordRaw & { name: string }
}

export const pages: readonly Page[] = [...home, ...map, ...everyone, ...intake, ...oversight, ...supervision, ...admin]

// Looking after the system: units, staff, calendars, dated settings, hotlines, whether everything runs.
import type { Page } from '..'
import { menus, pageTitles } from '@/texts/pages'

const ADMIN = ['admin'] as const

export const admin: readonly Page[] = [
  { title: pageTitles.units, menu: menus.system, roles: ADMIN, route: { path: 'admin/units', name: 'units', component: () => import('./UnitsPage.vue') } },
  { title: pageTitles.staff, menu: menus.system, roles: ADMIN, route: { path: 'admin/staff', name: 'staff', component: () => import('./StaffPage.vue') } },
  { title: pageTitles.import, under: (route) => String(route.params.table), roles: ADMIN, route: { path: 'admin/import/:table(units|staff)', name: 'import', props: true, component: () => import('./ImportPage.vue') } },
  { title: pageTitles.calendar, menu: menus.system, roles: ADMIN, route: { path: 'admin/calendar', name: 'calendar', component: () => import('./CalendarPage.vue') } },
  { title: pageTitles.settings, menu: menus.system, roles: ADMIN, route: { path: 'admin/settings', name: 'settings', component: () => import('./SettingsPage.vue') } },
  { title: pageTitles.setting, under: 'settings', roles: ADMIN, route: { path: 'admin/settings/:setting', name: 'setting', props: true, component: () => import('./SettingPage.vue') } },
  { title: pageTitles.hotlines, menu: menus.system, roles: ADMIN, route: { path: 'admin/hotlines', name: 'hotlines', component: () => import('./HotlinesPage.vue') } },
  { title: pageTitles.health, menu: menus.system, roles: ADMIN, route: { path: 'admin/health', name: 'health', component: () => import('./HealthPage.vue') } },
]

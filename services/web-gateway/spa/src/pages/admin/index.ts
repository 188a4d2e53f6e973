// Looking after the system: units, staff, calendars, dated settings, hotlines, whether everything runs.
import type { Page } from '..'

const ADMIN = ['admin'] as const

export const admin: readonly Page[] = [
  { title: '单位', menu: '系统', roles: ADMIN, route: { path: 'admin/units', name: 'units', component: () => import('./UnitsPage.vue') } },
  { title: '人员', menu: '系统', roles: ADMIN, route: { path: 'admin/staff', name: 'staff', component: () => import('./StaffPage.vue') } },
  { title: '导入', roles: ADMIN, route: { path: 'admin/import/:table(units|staff)', name: 'import', props: true, component: () => import('./ImportPage.vue') } },
  { title: '工作日历', menu: '系统', roles: ADMIN, route: { path: 'admin/calendar', name: 'calendar', component: () => import('./CalendarPage.vue') } },
  { title: '各项设置', menu: '系统', roles: ADMIN, route: { path: 'admin/settings', name: 'settings', component: () => import('./SettingsPage.vue') } },
  { title: '设置', roles: ADMIN, route: { path: 'admin/settings/:setting', name: 'setting', props: true, component: () => import('./SettingPage.vue') } },
  { title: '举报电话', menu: '系统', roles: ADMIN, route: { path: 'admin/hotlines', name: 'hotlines', component: () => import('./HotlinesPage.vue') } },
  { title: '运行情况', menu: '系统', roles: ADMIN, route: { path: 'admin/health', name: 'health', component: () => import('./HealthPage.vue') } },
]

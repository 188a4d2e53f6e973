// Every page of the console that a role has: its menu, what opens from its lists, and the tabs within a page.
import type { Page } from '@playwright/test'
import { desk, type Desk } from './people'

export const ROLES = ['operator-city', 'dispatcher-city', 'handler-huji', 'leader-huji', 'leader-shuyang', 'leader-city', 'supervisor', 'inspector', 'admin']
const SETTINGS = ['stages', 'limits', 'ladder', 'supervision', 'rewards', 'rechecks', 'custody']
const ADMIN = ['/console/admin/units?unit=321322102', '/console/admin/import/units', '/console/admin/import/staff', ...SETTINGS.map((key) => `/console/admin/settings/${key}`)]
const TABS = ['/console/accountability?list=failures', '/console/accountability?list=obligations', '/console/figures?tab=trend', '/console/figures?tab=board']

/** The addresses in the menu of whoever is signed in. */
async function menuOf(page: Page): Promise<string[]> {
  const links = await page.locator('nav.side a').evaluateAll((all) => all.map((one) => (one as HTMLAnchorElement).pathname))
  return [...new Set(links)]
}

/** One of each kind that a list leads to, as far as the role has such lists. */
async function detailsOf(seen: Desk, account: string, menu: readonly string[]): Promise<string[]> {
  const has = (page: string) => menu.includes(`/console/${page}`)
  const places: string[] = []
  if (has('cases')) {
    const cases = (await seen.get('/api/v1/cases?limit=100')).cases as Array<{ case_id: string; state: string }>
    const [closed, open] = [cases.find((row) => row.state === 'closed'), cases.find((row) => row.state !== 'closed')]
    for (const row of [closed ?? cases[0], open]) if (row) places.push(`/console/cases/${row.case_id}`)
    const replayed = closed ?? cases[0]
    if (replayed && !account.startsWith('handler')) places.push(`/console/replay/cases/${replayed.case_id}`)
  }
  if (has('draws')) {
    const [draw] = (await seen.get('/api/v1/draws')).draws as Array<{ draw_id: string }>
    if (draw) places.push(`/console/draws/${draw.draw_id}`)
  }
  if (has('tips')) {
    const [tip] = (await seen.get('/api/v1/tips?limit=1')).tips as Array<{ tip_id: string }>
    if (tip) places.push(`/console/tips/${tip.tip_id}`)
    if (tip && account === 'inspector') places.push(`/console/replay/tip-${tip.tip_id}`)
  }
  if (has('reports')) {
    const unit = account.endsWith('-huji') ? '321322102' : '321322'
    places.push(`/console/reports/${unit}/acceptance`, `/console/reports/${unit}/mobilisation`)
  }
  if (account === 'inspector') places.push('/console/accountability?list=inquiries', '/console/facts?tab=readings', '/console/replay/unit-321322102')
  return [...places, ...TABS.filter((tab) => menu.includes(tab.split('?')[0] ?? ''))]
}

/** All of them, for the page of somebody who has signed in. */
export async function placesOf(page: Page, account: string): Promise<string[]> {
  const menu = await menuOf(page)
  const more = account === 'admin' ? ADMIN : [...(await detailsOf(await desk(account), account, menu)), '/console/search']
  return [...new Set([...menu, ...more, '/console/profile'])]
}

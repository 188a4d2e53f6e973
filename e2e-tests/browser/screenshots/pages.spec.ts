// Writes every page, public and of each role, at 390 and 1440 pixels to target/browser/screenshots.
import { test } from '@playwright/test'
import { mkdirSync } from 'node:fs'
import { resolve } from 'node:path'
import { base, citizen, DESK, desk, PHONE, signedIn } from '../people'

const FOLDER = resolve(import.meta.dirname, '../../../target/browser/screenshots')
const ROLES = ['operator-city', 'dispatcher-city', 'handler-huji', 'leader-shuyang', 'leader-city', 'supervisor', 'inspector', 'admin']
mkdirSync(FOLDER, { recursive: true })

const named = (who: string, path: string, width: number): string => resolve(FOLDER, `${who}${path.replace(/[^a-z0-9]+/gi, '-')}-${width}.png`)

test('public pages', async ({ browser }) => {
  for (const size of [PHONE, DESK]) {
    const page = await citizen(browser, { size })
    for (const path of ['/', '/report', '/status', '/exposures', '/results', '/draws', '/privacy', '/accessibility']) {
      await page.goto(`${base()}${path}`, { waitUntil: 'networkidle' })
      await page.screenshot({ path: named('public', path, size.width), fullPage: true })
    }
    await page.context().close()
  }
})

for (const account of ROLES) {
  test(`pages of ${account}`, async ({ browser, request }) => {
    const page = await signedIn(browser, account)
    const places = await page.locator('nav.side a').evaluateAll((all) => all.map((one) => (one as HTMLAnchorElement).pathname))
    if (account !== 'admin' && account !== 'operator-city') {
      const cases = await (await desk(request, account)).get('/api/v1/cases?limit=1')
      const number = (cases.cases as Array<{ case_id: string }>)[0]?.case_id
      places.push(`/console/cases/${number}`)
      if (account === 'inspector') places.push(`/console/replay/cases/${number}`)
    }
    for (const place of new Set(places)) {
      for (const size of [DESK, PHONE]) {
        await page.setViewportSize(size)
        await page.goto(`${base()}${place}`, { waitUntil: 'networkidle' })
        await page.screenshot({ path: named(account, place.replace('/console', ''), size.width), fullPage: true })
      }
    }
    await page.context().close()
  })
}

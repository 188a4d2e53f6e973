// Every page of the console as each role has it: it opens, shows no error, fits a phone, and axe finds nothing serious.
import { expect, test, type Page } from '@playwright/test'
import { seriousOn } from '../axe'
import { base, DESK, desk, PHONE, signedIn } from '../people'

const ROLES = ['operator-city', 'dispatcher-city', 'handler-huji', 'leader-huji', 'leader-shuyang', 'leader-city', 'supervisor', 'inspector', 'admin']

/** The addresses in the menu of whoever is signed in. */
async function menuOf(page: Page): Promise<string[]> {
  const links = await page.locator('nav.side a').evaluateAll((all) => all.map((one) => (one as HTMLAnchorElement).pathname))
  return [...new Set(links)]
}

/** Everything that is wrong with a page, so that one run tells all. */
async function wrongWith(page: Page): Promise<string[]> {
  await page.waitForLoadState('networkidle')
  await expect(page.locator('#main h1').first()).toBeVisible()
  const problems = await page.locator('#main [role=alert].problem').allInnerTexts()
  return [...problems, ...(await seriousOn(page))]
}

for (const account of ROLES) {
  test(`the pages of ${account}`, async ({ browser, request }) => {
    test.setTimeout(300_000)
    const page = await signedIn(browser, account)
    const mistakes: string[] = []
    page.on('pageerror', (error) => mistakes.push(`${page.url()}: ${error.message}`))
    const places = await menuOf(page)
    if (account === 'inspector' || account === 'dispatcher-city' || account === 'handler-huji') {
      const seen = await desk(request, account)
      const cases = await seen.get('/api/v1/cases?limit=1')
      const number = (cases.cases as Array<{ case_id: string }>)[0]?.case_id
      places.push(`/console/cases/${number}`)
      if (account === 'inspector') places.push(`/console/replay/cases/${number}`)
      if (account === 'dispatcher-city') {
        const tips = await seen.get('/api/v1/tips?limit=1')
        places.push(`/console/tips/${(tips.tips as Array<{ tip_id: string }>)[0]?.tip_id}`)
      }
    }
    expect(places.length).toBeGreaterThan(2)
    for (const place of places) {
      await page.setViewportSize(DESK)
      await page.goto(`${base()}${place}`)
      mistakes.push(...(await wrongWith(page)).map((one) => `${place}: ${one}`))
      await page.setViewportSize(PHONE)
      const wider = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
      if (wider > 0) mistakes.push(`${place}: scrolls ${wider} px sideways on a phone`)
    }
    expect(mistakes).toEqual([])
    await page.context().close()
  })
}

test('the first page of the console is light enough for a bad line', async ({ browser }) => {
  const context = await browser.newContext()
  const page = await context.newPage()
  let bytes = 0
  page.on('response', async (response) => {
    if (/\.(js|css|html)$|sign-in/.test(new URL(response.url()).pathname)) bytes += (await response.body().catch(() => Buffer.alloc(0))).length
  })
  await page.goto(`${base()}/console/sign-in`, { waitUntil: 'networkidle' })
  expect(bytes, 'bytes of code and style, not compressed').toBeLessThanOrEqual(900 * 1024)
  await context.close()
})

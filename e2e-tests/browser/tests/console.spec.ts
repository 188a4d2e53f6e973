// Every page of the console as each role has it: it opens, shows no error, fits a phone, and axe finds nothing serious.
import { expect, test, type Page } from '@playwright/test'
import { seriousOn } from '../axe'
import { base, DESK, PHONE, signedIn } from '../people'
import { placesOf, ROLES } from '../places'

/** Everything that is wrong with a page, so that one run tells all. */
async function wrongWith(page: Page): Promise<string[]> {
  await page.waitForLoadState('networkidle')
  await expect(page.locator('#main h1').first()).toBeVisible()
  const problems = await page.locator('#main [role=alert].problem').allInnerTexts()
  return [...problems, ...(await seriousOn(page))]
}

for (const account of ROLES) {
  test(`the pages of ${account}`, async ({ browser, request }) => {
    test.setTimeout(600_000)
    const page = await signedIn(browser, account)
    const mistakes: string[] = []
    page.on('pageerror', (error) => mistakes.push(`${page.url()}: ${error.message}`))
    const places = await placesOf(page, request, account)
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

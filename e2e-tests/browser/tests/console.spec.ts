// Every page of the console as each role has it: it opens, shows no error, fits a phone, and axe finds nothing serious.
import { expect, test, type Page } from '@playwright/test'
import { seriousOn } from '../axe'
import { base, desk, DESK, PHONE, signedIn } from '../people'
import { placesOf, ROLES } from '../places'
import { isCode, weighing } from '../weight'

/** Everything that is wrong with a page, so that one run tells all. */
async function wrongWith(page: Page): Promise<string[]> {
  await page.waitForLoadState('networkidle')
  await expect(page.locator('#main h1').first()).toBeVisible()
  const problems = await page.locator('#main [role=alert].problem').allInnerTexts()
  return [...problems, ...(await seriousOn(page))]
}

for (const account of ROLES) {
  test(`the pages of ${account}`, async ({ browser }) => {
    test.setTimeout(600_000)
    const page = await signedIn(browser, account)
    const mistakes: string[] = []
    page.on('pageerror', (error) => mistakes.push(`${page.url()}: ${error.message}`))
    const places = await placesOf(page, account)
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

const KIB = 1024
test('the console is light enough for a bad line and an old phone', async ({ browser }) => {
  const context = await browser.newContext({ viewport: PHONE })
  const page = await context.newPage()
  const { bytes } = weighing(page, isCode)
  const weights: Record<string, number> = {}
  const weighed = async (what: string) => {
    await page.waitForLoadState('networkidle')
    weights[what] = Math.round((await bytes()) / KIB)
  }
  await page.goto(`${base()}/console/sign-in`)
  await weighed('sign-in')
  await page.getByLabel('账号').fill('handler-huji')
  await page.getByLabel('密码').fill(process.env.MINGCHA_PASSWORD ?? '')
  await page.getByRole('button', { name: '登录' }).click()
  await expect(page.locator('#main h1').first()).toBeVisible()
  await weighed('first screen')
  const { cases } = (await (await desk('handler-huji')).get('/api/v1/cases?limit=1')) as { cases: Array<{ case_id: string }> }
  await page.goto(`${base()}/console/cases/${cases[0]?.case_id}`)
  await expect(page.locator('#main h1').first()).toBeVisible()
  await weighed('and a case')
  const most: Record<string, number> = { 'sign-in': 450, 'first screen': 650, 'and a case': 1_000 }
  for (const [what, kib] of Object.entries(weights)) {
    expect(kib, `${what} was weighed`).toBeGreaterThan(100)
    expect(kib, `KiB until ${what}, not compressed`).toBeLessThanOrEqual(most[what] ?? 0)
  }
  await context.close()
})

// Every page of the console as each role has it: it opens, shows no error, fits a phone, is light, and axe finds nothing serious at either width.
import { expect, test, type Page } from '@playwright/test'
import { seriousAtBoth, seriousOn } from '../axe'
import { base, desk, DESK, PHONE, signedIn } from '../people'
import { placesOf, ROLES } from '../places'
import { builtFiles, codeOf, isCode, weighing } from '../weight'

const KIB = 1024
/** Scripts and styles of one page with all around it; a chart is a library of its own. */
const MOST_OF_A_PAGE = 950
const MOST_WITH_A_CHART = 1_450

/** Everything that is wrong with a page, so that one run tells all. */
async function wrongWith(page: Page): Promise<string[]> {
  await page.waitForLoadState('networkidle')
  await expect(page.locator('#main h1').first()).toBeVisible()
  const problems = await page.locator('#main [role=alert].problem').allInnerTexts()
  return [...problems, ...(await seriousOn(page))]
}

for (const account of ROLES) {
  test(`the pages of ${account}`, async ({ browser }) => {
    test.setTimeout(1_200_000)
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
      mistakes.push(...(await seriousOn(page)).map((one) => `${place} on a phone: ${one}`))
      const [weighs, most] = [Math.round((await codeOf(page)) / KIB), place.includes('tab=trend') ? MOST_WITH_A_CHART : MOST_OF_A_PAGE]
      if (weighs < 100 || weighs > most) mistakes.push(`${place}: ${weighs} KiB of code, at most ${most}`)
    }
    expect(mistakes).toEqual([])
    await page.context().close()
  })
}

test('axe finds nothing serious where one signs in, where nothing is, in the panels beside a page, and on paper', async ({ browser }) => {
  test.setTimeout(300_000)
  const outside = await (await browser.newContext({ viewport: DESK, locale: 'zh-CN', timezoneId: 'Asia/Shanghai' })).newPage()
  await outside.goto(`${base()}/console/sign-in`)
  await expect(outside.getByLabel('密码')).toBeVisible()
  expect(await seriousAtBoth(outside), 'signing in').toEqual([])
  await outside.context().close()

  const page = await signedIn(browser, 'leader-shuyang')
  await page.goto(`${base()}/console/no/such/page`)
  await expect(page.getByText('没有这个页面')).toBeVisible()
  expect(await seriousAtBoth(page), 'an address that leads nowhere').toEqual([])
  await page.getByRole('link', { name: '回到我的待办' }).click()
  await expect(page.getByRole('heading', { level: 1, name: '我的待办' })).toBeVisible()

  await page.getByRole('button', { name: '这一页怎么用' }).click()
  const help = page.getByRole('dialog', { name: '帮助' })
  for (const [tab, holds] of [['这一页', '这里是现在要您或您的单位办的事'], ['状态与时限', '待交办'], ['名词', '四个彻底'], ['被拒原因', '办理被拒绝时']] as const) {
    await help.getByRole('tab', { name: tab, exact: true }).click()
    await expect(help.getByRole('tabpanel', { name: tab, exact: true })).toContainText(holds)
    await expect(help.getByRole('status', { name: '正在读取……' })).toHaveCount(0)
    expect(await seriousAtBoth(page), `help: ${tab}`).toEqual([])
  }
  await page.keyboard.press('Escape')
  await expect(help).toBeHidden()
  await page.getByRole('button', { name: /^新情况/ }).click()
  await expect(page.getByRole('dialog', { name: '新情况' }).getByRole('listitem').first()).toBeVisible()
  expect(await seriousAtBoth(page), 'what is new').toEqual([])

  await page.goto(`${base()}/console/bulletin`)
  const paper = page.waitForEvent('popup')
  await page.getByRole('link', { name: /^打印版/ }).click()
  const printed = await paper
  await expect(printed.getByRole('heading', { level: 1 })).toContainText('专项整治周报')
  expect(await seriousAtBoth(printed), 'a bulletin on paper').toEqual([])
  await page.context().close()
})

/** Libraries that few pages need, and Vue; KiB, a little above what they are. */
const OF_THEIR_OWN: Record<string, number> = { 'charts.js': 520, 'MapPage.js': 165, 'vue.js': 125, 'el-date-picker.js': 108, 'el-date-picker.css': 34 }
const MOST_OF_A_FILE: Record<string, number> = { js: 46, css: 22 }
/** What nearly every page shares: the bundler names it after one of the files within. */
const MOST_SHARED = 95

test('no file of the console is heavier than its kind', () => {
  const files = builtFiles().map(({ name, kind, bytes }) => ({ file: `${name}.${kind}`, kind, kib: bytes / KIB }))
  expect(files.length, 'files were weighed').toBeGreaterThan(50)
  for (const known of Object.keys(OF_THEIR_OWN)) expect(files.filter(({ file }) => file === known), `${known} is there`).toHaveLength(1)
  const heavy = files.filter(({ file, kind, kib }) => kib > (OF_THEIR_OWN[file] ?? MOST_OF_A_FILE[kind] ?? 0))
  const shared = heavy.filter(({ kind, kib }) => kind === 'js' && kib <= MOST_SHARED).slice(0, 1)
  expect(heavy.filter((one) => !shared.includes(one)).map(({ file, kib }) => `${file}: ${Math.ceil(kib)} KiB`)).toEqual([])
})

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

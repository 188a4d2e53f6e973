// The public pages as a citizen has them: with a browser that runs no scripts, on a phone, light, open to everybody, and on paper.
import { expect, test, type Page } from '@playwright/test'
import { seriousAtBoth, seriousOn } from '../axe'
import { newPlace } from '../found'
import { base, citizen, PHONE, type Colours } from '../people'
import { photo } from '../photo'
import { weighing } from '../weight'

const RECEIPT = /\d{4} \d{4} \d{4} \d{4}/
const PAGES = ['/', '/report', '/status', '/exposures', '/results', '/draws', '/privacy', '/accessibility']

test('without scripts: report with a photo, receipt, status, write again', async ({ browser }) => {
  const page = await citizen(browser, { scripts: false })
  await page.goto(`${base()}/report`)
  await page.getByLabel('地点在哪里').fill('胡集镇旧砖瓦厂后院')
  await page.getByLabel('情况说明').fill('夜里有刺鼻气味，有货车运蓝色桶。')
  await page.locator('input[type=file]').first().setInputFiles(photo())
  // Whoever has no scripts has waited a little instead.
  await expect(async () => {
    if (await page.getByRole('button', { name: '提交举报' }).count()) await page.getByRole('button', { name: '提交举报' }).click()
    await expect(page.getByRole('heading', { level: 1 })).toContainText('举报', { timeout: 2_000 })
    await expect(page.locator('body')).toContainText(/\d{4} \d{4} \d{4} \d{4}/, { timeout: 2_000 })
  }).toPass({ timeout: 60_000 })
  const receipt = (await page.locator('body').innerText()).match(/\d{4} \d{4} \d{4} \d{4}/)?.[0] ?? ''
  await page.goto(`${base()}/status`)
  await page.getByLabel('查询码').fill(receipt)
  await page.getByRole('button', { name: '查看进展' }).click()
  await expect(page.locator('body')).toContainText('已收到')
  await page.getByLabel('想补充什么').fill('昨晚又来了两辆车。')
  await page.getByRole('button', { name: '提交补充' }).click()
  await expect(page.locator('body')).toContainText('补充的内容已收到')
  expect(page.url(), 'a receipt stands in no address').not.toMatch(/\d{16}|\d{4}[ +%20]*\d{4}/)
})

test('with scripts: an empty form says what is missing and keeps what was typed', async ({ browser }) => {
  const page = await citizen(browser)
  await page.goto(`${base()}/report`)
  await page.getByLabel('情况说明').fill('有味道')
  // The browser's own check would stop it before ours is seen.
  await page.locator('form#report').evaluate((form: HTMLFormElement) => (form.noValidate = true))
  await page.getByRole('button', { name: '提交举报' }).click()
  await expect(page.locator('body')).toContainText('您填写的内容都还在')
  await expect(page.getByLabel('情况说明')).toHaveValue('有味道')
})

test('large text holds from page to page, and works without scripts on the page itself', async ({ browser }) => {
  const size = async (page: Page) => (await page.locator('main p').first().boundingBox())?.height ?? 0
  for (const scripts of [true, false]) {
    const page = await citizen(browser, { scripts })
    await page.goto(`${base()}/privacy`)
    const usual = await size(page)
    await page.getByLabel('大字').check()
    expect(await size(page)).toBeGreaterThan(usual)
    await page.goto(`${base()}/accessibility`)
    await expect(page.getByLabel('大字')).toBeChecked({ checked: scripts })
    await page.context().close()
  }
})

test('no public page loads anything from elsewhere, none is heavy, and axe finds nothing serious', async ({ browser }) => {
  for (const path of PAGES) {
    const page = await citizen(browser)
    const { bytes, foreign } = weighing(page)
    const answer = await page.goto(`${base()}${path}`, { waitUntil: 'networkidle' })
    expect(answer?.status(), path).toBe(200)
    expect(foreign, path).toEqual([])
    const weight = await bytes()
    expect(weight, `${path} was weighed`).toBeGreaterThan(5 * 1024)
    expect(weight, `${path} with all that it loads`).toBeLessThanOrEqual(50 * 1024)
    expect(await wrongWith(page), path).toEqual([])
    await page.context().close()
  }
})

/** What axe finds, and whether it fits the smallest phone. */
async function wrongWith(page: Page): Promise<string[]> {
  const found = await seriousOn(page)
  await page.setViewportSize({ width: 320, height: 700 })
  const wider = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
  await page.setViewportSize(PHONE)
  return wider > 0 ? [...found, `scrolls ${wider} px sideways at 320 px`] : found
}

test('what only some people come to see is open to everybody too', async ({ browser, request }) => {
  const page = await citizen(browser)
  const mistakes: string[] = []
  const looked = async (what: string) => mistakes.push(...(await wrongWith(page)).map((one) => `${what}: ${one}`))
  const { draws } = (await (await request.get(`${base()}/api/v1/draws`)).json()) as { draws: Array<{ draw_id: string }> }
  for (const [path, status] of [...draws.slice(0, 1).map((draw) => [`/draws/${draw.draw_id}`, 200] as const), ['/no-such-page', 404]] as const) {
    const answer = await page.goto(`${base()}${path}`)
    expect(answer?.status(), path).toBe(status)
    await looked(path)
  }
  const problem = await page.goto(`${base()}/status/add`)
  expect(problem?.status(), 'nobody reads what is only sent').toBeGreaterThanOrEqual(400)
  await looked('a problem')

  await page.goto(`${base()}/report`)
  await page.locator('form#report').evaluate((form: HTMLFormElement) => (form.noValidate = true))
  await page.getByRole('button', { name: '提交举报' }).click()
  await expect(page.getByRole('alert').first()).toContainText('还没有提交成功')
  await looked('a refused form')
  await page.getByLabel('地点在哪里').fill('胡集镇旧砖瓦厂西墙外')
  await page.getByLabel('情况说明').fill('白天有人搬蓝色桶。')
  await page.getByRole('button', { name: '提交举报' }).click()
  await expect(page.locator('.receipt')).toContainText(RECEIPT, { timeout: 60_000 })
  await looked('a receipt')

  const receipt = (await page.locator('.receipt').innerText()).match(RECEIPT)?.[0] ?? ''
  await page.goto(`${base()}/status`)
  await page.getByLabel('查询码').fill('1234 5678 9012 3456')
  await page.getByRole('button', { name: '查看进展' }).click()
  await expect(page.getByRole('alert').first()).toContainText('没有查到')
  await looked('a receipt that is none')
  await page.getByLabel('查询码').fill(receipt)
  await page.getByRole('button', { name: '查看进展' }).click()
  await expect(page.locator('ol.steps')).toContainText('已收到')
  await looked('progress')
  await page.getByText('不想让系统再留着我写的内容').click()
  await page.locator('form#erase').getByRole('button', { name: '销毁' }).click()
  await expect(page.getByRole('alert').first()).toContainText('没有销毁')
  await looked('a destruction that is not confirmed')
  expect(mistakes).toEqual([])
})

/** Colours that the system forces are its own to answer for, and axe reads those that were asked for. */
const ASKED: ReadonlyArray<[string, Colours, string, string[]]> = [
  ['more contrast', { contrast: 'more' }, '(prefers-contrast: more)', []],
  ['colours of their own', { forcedColors: 'active' }, '(forced-colors: active)', ['color-contrast']],
]
for (const [what, colours, query, unasked] of ASKED) {
  test(`for whoever asked for ${what} axe finds nothing serious either`, async ({ browser }) => {
    const page = await citizen(browser, { colours })
    const mistakes: string[] = []
    const looked = async (where: string) => mistakes.push(...(await seriousAtBoth(page, unasked)).map((one) => `${where}: ${one}`))
    for (const path of PAGES) {
      await page.goto(`${base()}${path}`)
      expect(await page.evaluate((asked) => matchMedia(asked).matches, query), 'it was asked for').toBe(true)
      await looked(path)
    }
    await page.goto(`${base()}/report`)
    await page.locator('form#report').evaluate((form: HTMLFormElement) => (form.noValidate = true))
    await page.getByRole('button', { name: '提交举报' }).click()
    await expect(page.getByRole('alert').first()).toContainText('还没有提交成功')
    await looked('a refused form')
    expect(mistakes).toEqual([])
    const [edge, ground] = await page.getByRole('button', { name: '提交举报' }).evaluate((button) => [getComputedStyle(button).borderTopColor, getComputedStyle(document.body).backgroundColor])
    expect(edge, 'a button has an edge').not.toBe(ground)
    await page.context().close()
  })
}

test('the receipt of somebody in danger says whom to call, and on paper it is the receipt alone', async ({ browser }) => {
  const page = await citizen(browser)
  await page.goto(`${base()}/report`)
  await page.getByLabel('现在就有危险').check()
  await page.getByLabel('地点在哪里').fill(newPlace('旧农药厂'))
  await page.getByLabel('情况说明').fill('院内冒黄烟，有人咳嗽。')
  await page.getByRole('button', { name: '提交举报' }).click()
  const receipt = page.locator('.receipt')
  await expect(receipt).toContainText(RECEIPT, { timeout: 60_000 })
  const danger = page.getByRole('alert').filter({ hasText: '现在有危险' })
  await expect(danger.getByRole('link', { name: '119' })).toHaveAttribute('href', 'tel:119')
  expect(await seriousAtBoth(page), 'a receipt of somebody in danger').toEqual([])

  const onTheScreenOnly = [danger, page.getByRole('button', { name: '复制查询码' }), page.locator('#main').getByRole('link', { name: '查举报进展' }), page.getByText('查询码只显示这一次'), page.locator('header'), page.getByRole('navigation', { name: '全站' }), page.getByLabel('大字')]
  for (const one of onTheScreenOnly) await expect(one).toBeVisible()
  await page.emulateMedia({ media: 'print' })
  for (const one of onTheScreenOnly) await expect(one).toBeHidden()
  await expect(receipt).toBeVisible()
  await expect(receipt).toContainText(RECEIPT)
  await expect(page.getByText('请不要告诉别人')).toBeVisible()
  await page.context().close()
})

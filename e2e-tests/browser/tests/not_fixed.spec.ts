// Told that all is done, the reporter sees lorries again: without scripts they say so with a photo, and the case is taken up anew.
import { expect, test, type Page } from '@playwright/test'
import { closedCase, newPlace, reloadedUntil, toldToTheReporter } from '../found'
import { base, citizen } from '../people'
import { photo } from '../photo'

const WORDS = '昨夜又有两辆罐车进出，院里亮着灯。'

async function readsTheStatus(reporter: Page, receipt: string): Promise<void> {
  await reporter.goto(`${base()}/status`)
  await reporter.getByLabel('查询码').fill(receipt)
  await reporter.getByRole('button', { name: '查看进展' }).click()
}

/** How many photos the page says there are. */
async function photosOf(reporter: Page): Promise<number> {
  return Number((await reporter.locator('#main').innerText()).match(/照片：(\d+) 张/)?.[1] ?? 0)
}

test('without scripts: what was not solved is shown by a photo, and the case is taken up again', async ({ browser }) => {
  test.setTimeout(600_000)
  const { page, handler, reporter: before, receipt } = await closedCase(browser, newPlace('旧轮窑'))
  await before.context().close()
  const reporter = await citizen(browser, { scripts: false })
  const notSolved = reporter.getByRole('button', { name: '没有解决，请重新办理' })
  await expect(async () => {
    await toldToTheReporter(reporter, receipt)
    await expect(notSolved).toBeVisible({ timeout: 3_000 })
  }).toPass({ timeout: 90_000 })
  expect(await photosOf(reporter), 'the photo of the report').toBe(1)
  await reporter.getByLabel('现场现在是什么样').fill(WORDS)
  await reporter.locator('#not_fixed-photos').setInputFiles(photo('夜里.png'))
  await notSolved.click()
  await expect(reporter.getByText('补充的内容已收到')).toBeVisible()
  expect(await photosOf(reporter), 'and the one that shows it').toBe(2)
  await expect(notSolved, 'once is enough').toHaveCount(0)

  const steps = reporter.locator('ol.steps > li')
  await expect(async () => {
    await readsTheStatus(reporter, receipt)
    await expect(steps.filter({ hasText: '已重新办理' })).toHaveCount(1, { timeout: 3_000 })
  }).toPass({ timeout: 90_000 })
  await expect(steps.and(reporter.locator('[aria-current=step]'))).toContainText('正在查处')
  expect(await photosOf(reporter)).toBe(2)

  await handler.goto(page)
  await reloadedUntil(handler, () => expect(handler.getByRole('button', { name: '登记完成：彻底断水断电', exact: true })).toBeVisible({ timeout: 3_000 }))
  await expect(handler.getByText(/^曾要求重做：/), 'all four measures').toHaveCount(4)
  await expect(handler.locator('#main'), 'the words of the reporter stay sealed').not.toContainText('罐车')
})

// The administrator corrects the calendar: a coming day is given off, what that moves is shown first, and a clock that runs moves with it.
import { expect, test, type Page } from '@playwright/test'
import { carriedOut, command, opened } from '../acts'
import { seriousOn } from '../axe'
import { clockOf, newPlace, reloadedUntil, reported, takenUp } from '../found'
import { base, citizen, signedIn } from '../people'

const PLACE = newPlace('旧轧花厂')
const DAY = /(\d+)年\d+月\d+日/

/** Somebody has a case to inspect within days of work; answers with until when. */
async function hasToInspect(handler: Page, page: string): Promise<string> {
  await handler.goto(page)
  await command(handler, '签收')
  await reloadedUntil(handler, () => expect(clockOf(handler)).toBeVisible({ timeout: 3_000 }))
  return (await clockOf(handler).innerText()).match(/期限\s(\d+年\d+月\d+日\s\d\d:\d\d)/)?.[1] ?? ''
}

/** The day is turned; answers with until when what ended on it will run, as the page foresees it. */
async function turned(admin: Page, due: string): Promise<string> {
  const [day, year] = DAY.exec(due) ?? []
  await opened(admin.getByRole('combobox', { name: '年份' }))
  await admin.getByRole('option', { name: `${year} 年` }).click()
  await expect(admin.getByText('还没有改动。')).toBeVisible()
  await admin.getByRole('button', { name: new RegExp(`^${day}（周.） 工作日$`) }).click()
  await expect(admin.getByRole('button', { name: new RegExp(`^${day}（周.） 节假日，原为工作日$`) })).toBeVisible()
  await expect(admin.getByRole('list', { name: '将要改动的日子' })).toContainText(day ?? '')
  await expect(admin.getByRole('list', { name: '各月工作日' })).toContainText('个工作日')
  await expect(admin.getByText(/正在计算的时限有 \d+ 个：\d+ 个推迟到期/)).toBeVisible()
  await admin.getByText(/^看看是哪些/).click()
  const moved = admin.locator('details li').filter({ hasText: '首次现场核查' }).filter({ hasText: `${due} → ` }).first()
  await expect(moved).toContainText('胡集镇')
  expect(await seriousOn(admin), 'a calendar about to be changed').toEqual([])
  return (await moved.innerText()).split(' → ')[1]?.trim() ?? ''
}

test('a day is given off, and a deadline that ended on it comes a day of work later', async ({ browser }) => {
  test.setTimeout(300_000)
  await reported(await citizen(browser), PLACE)
  const dispatcher = await signedIn(browser, 'dispatcher-city')
  const page = await takenUp(dispatcher, PLACE)
  await dispatcher.context().close()
  const handler = await signedIn(browser, 'handler-huji')
  const due = await hasToInspect(handler, page)

  const admin = await signedIn(browser, 'admin')
  await admin.goto(`${base()}/console/admin/calendar`)
  const later = await turned(admin, due)
  const title = `保存 ${DAY.exec(due)?.[1]} 年工作日历`
  await admin.getByRole('button', { name: '保存日历' }).click()
  await expect(admin.getByRole('dialog', { name: title })).toContainText('改动 1 天')
  await carriedOut(admin, title, { words: { 依据: '国办发明电〔2020〕23号' } }, '保存日历')
  await expect(admin.getByText('还没有改动。')).toBeVisible()
  await expect(admin.locator('ol.list > li').first()).toContainText(DAY.exec(due)?.[0] ?? '')
  await expect(admin.locator('ol.list > li').first()).toContainText('依据：国办发明电〔2020〕23号')

  await reloadedUntil(handler, () => expect(clockOf(handler)).toContainText(`期限 ${later}（工作日历更正，原为 ${due}）`, { timeout: 3_000 }))
})

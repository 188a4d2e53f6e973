// Takes what is seen only when something is not as it should be: no page, a problem, a receipt that is none, a role that may not, a conflict, a lost line.
import { expect, test } from '@playwright/test'
import { unit } from '../acts'
import { base, citizen, signedIn } from '../people'
import { both, opened } from './picture'

test('public pages that say no', async ({ browser }) => {
  const page = await citizen(browser)
  await page.goto(`${base()}/no-such-page`)
  await both(page, 'public 404')
  const answer = await page.goto(`${base()}/status/add`)
  expect(answer?.status()).toBeGreaterThanOrEqual(400)
  await both(page, 'public problem')
  await page.goto(`${base()}/status`)
  await page.getByLabel('查询码').fill('1234 5678 9012 3456')
  await page.getByRole('button', { name: '查看进展' }).click()
  await expect(page.getByRole('alert').first()).toContainText('没有查到')
  await both(page, 'public receipt refused')
})

test('the console where there is nothing, and where somebody may not', async ({ browser }) => {
  const page = await signedIn(browser, 'handler-huji')
  await opened(page, '/console/no/such/page')
  await both(page, 'console 404')
  await opened(page, '/console/admin/health')
  await expect(page.locator('#main')).toContainText('看不到这一页')
  await both(page, 'console forbidden')
})

test('a conflict, what is given up, and a lost line', async ({ browser }) => {
  const page = await signedIn(browser, 'supervisor')
  // Somebody else was quicker: said here, as nobody else is at work.
  await page.route('**/api/v1/supervision/*/findings', (route) => (route.request().method() === 'POST' ? route.fulfill({ status: 409, contentType: 'application/problem+json', body: JSON.stringify({ status: 409, code: 'platform.conflict', detail: '您打开以后，别人刚刚改过。' }) }) : route.continue()))
  await opened(page, '/console/findings')
  await page.getByRole('button', { name: '记录发现的问题' }).click()
  await unit(page, page.locator('#main form'), '先选被督导的单位', '胡集镇')
  await page.getByRole('button', { name: '填写' }).click()
  const dialog = page.getByRole('dialog', { name: /^记录问题/ })
  await dialog.getByRole('textbox', { name: '地点、情形和依据' }).fill('厂区东侧有三只空桶，桶口敞开')
  await page.keyboard.press('Escape')
  const question = page.getByRole('dialog', { name: '放弃填写' })
  await question.waitFor()
  await both(page, 'console given up', false)
  await page.keyboard.press('Escape')
  await expect(question).toBeHidden()
  await dialog.getByRole('button', { name: '记录发现的问题' }).click()
  await expect(dialog.getByText('还没有提交成功')).toBeVisible()
  await dialog.locator('.dialog-buttons').scrollIntoViewIfNeeded()
  await both(page, 'console conflict', false)
  await dialog.getByRole('button', { name: '取消' }).click()
  await question.getByRole('button', { name: '放弃填写' }).click()
  await expect(dialog).toBeHidden()
  await page.context().setOffline(true)
  await expect(page.getByText('网络已断开，恢复后自动继续')).toBeVisible()
  await both(page, 'console offline', false)
})

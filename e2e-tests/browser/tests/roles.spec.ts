// What each role does most: the call desk by keyboard, screening by keyboard, a finding recorded, a table imported with bad rows.
import { expect, test } from '@playwright/test'
import { base, signedIn } from '../people'

test('the operator takes a whole call by keyboard and reads out the receipt', async ({ browser }) => {
  const page = await signedIn(browser, 'operator-city')
  await page.goto(`${base()}/console/call`)
  await expect(page.getByRole('heading', { name: '接听登记' })).toBeVisible()
  await page.getByRole('textbox', { name: '反映什么' }).focus()
  await page.keyboard.type('夜里有刺鼻气味，有货车进出')
  await page.keyboard.press('F2')
  await page.keyboard.type('胡集镇老砖瓦厂院内')
  await page.keyboard.press('Control+Enter')
  await expect(page.getByText('请把查询码念给举报人')).toBeVisible()
  await expect(page.locator('#main')).toContainText(/\d{4}\s*\d{4}\s*\d{4}\s*\d{4}/)
  await page.keyboard.press('n')
  await expect(page.getByRole('textbox', { name: '反映什么' })).toHaveValue('')
  await page.context().close()
})

test('a session that ends over a half-filled call sheet loses nothing', async ({ browser }) => {
  const page = await signedIn(browser, 'operator-city')
  await page.goto(`${base()}/console/call`)
  await page.getByRole('textbox', { name: '反映什么' }).fill('院内有反应釜')
  await page.getByRole('textbox', { name: '在哪里' }).fill('胡集镇粮站旧仓库')
  await page.context().clearCookies()
  await page.keyboard.press('Control+Enter')
  const again = page.getByRole('dialog')
  await again.getByLabel('密码').fill(process.env.MINGCHA_PASSWORD ?? '')
  await again.getByRole('button', { name: '登录' }).click()
  await expect(page.getByText('请把查询码念给举报人')).toBeVisible()
  await page.context().close()
})

test('the supervisor records a finding, and it is on the list', async ({ browser }) => {
  const page = await signedIn(browser, 'supervisor')
  await page.goto(`${base()}/console/findings`)
  await expect(page.getByRole('heading', { level: 1, name: '督导发现' })).toBeVisible()
  await page.context().close()
})

test('the administrator imports units and sees each bad row', async ({ browser }) => {
  const page = await signedIn(browser, 'admin')
  await page.goto(`${base()}/console/admin/import/units`)
  const table = '﻿单位代码,名称,层级,类别,上级代码,部门,邮箱\n321322102999,示范九村,village,government,321322102,,\n321322102998,,village,government,321322102,,\n'
  await page.locator('input[type=file]').setInputFiles({ name: '单位.csv', mimeType: 'text/csv', buffer: Buffer.from(table) })
  await expect(page.locator('#main')).toContainText('321322102998')
  await page.context().close()
})

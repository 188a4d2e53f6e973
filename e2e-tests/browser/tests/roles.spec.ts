// What each role does most: the call desk by keyboard, screening by keyboard, a finding recorded, a table imported with bad rows.
import { expect, test } from '@playwright/test'
import { unit } from '../acts'
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
  await again.getByRole('button', { name: '登录', exact: true }).click()
  await expect(page.getByText('请把查询码念给举报人')).toBeVisible()
  await page.context().close()
})

test('the supervisor records a finding, and it is on the list', async ({ browser }) => {
  const page = await signedIn(browser, 'supervisor')
  await page.goto(`${base()}/console/findings`)
  await page.getByRole('button', { name: '记录发现的问题' }).click()
  await unit(page, page.locator('#main form'), '先选被督导的单位', '胡集镇')
  await page.getByRole('button', { name: '填写' }).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog).toContainText('记录后不能修改或撤回')
  const text = `厂区东侧又有三只空桶（${Date.now()}）`
  await dialog.getByRole('textbox', { name: '地点、情形和依据' }).fill(text)
  await dialog.getByRole('button', { name: '记录发现的问题' }).click()
  await expect(dialog).toBeHidden()
  await expect(page.locator('#main')).toContainText(text)
  await page.context().close()
})

test('the administrator imports units and sees each bad row', async ({ browser }) => {
  const page = await signedIn(browser, 'admin')
  await page.goto(`${base()}/console/admin/import/units`)
  const table = '﻿单位代码,单位名称,层级,类型,上级单位代码,部门,电子邮箱\n321322102999,示范九村,村居,政府,321322102,,\n321322102998,,村居,政府,321322102,,\n'
  await page.locator('input[type=file]').setInputFiles({ name: '单位.csv', mimeType: 'text/csv', buffer: Buffer.from(table) })
  await expect(page.locator('#main')).toContainText('321322102998')
  await page.context().close()
})

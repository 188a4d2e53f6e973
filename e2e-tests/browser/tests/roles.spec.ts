// What each role does most: the call desk by keyboard, screening by keyboard, a finding recorded, a table imported with bad rows.
import { expect, test, type Browser, type Page, type Route } from '@playwright/test'
import { carriedOut, unit } from '../acts'
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

/** A call sheet filled in as far as it must be; what the page asks of `held` meanwhile waits until it is let go. */
async function halfFilled(browser: Browser, held: RegExp): Promise<{ page: Page; letGo: () => Promise<void> }> {
  const page = await signedIn(browser, 'operator-city')
  const waiting: Route[] = []
  let open = false
  await page.route(held, (route) => (open ? route.continue() : void waiting.push(route)))
  await page.goto(`${base()}/console/call`)
  await page.getByRole('textbox', { name: '反映什么' }).fill('院内有反应釜')
  await page.getByRole('textbox', { name: '在哪里' }).fill('胡集镇粮站旧仓库')
  const letGo = async (): Promise<void> => {
    open = true
    await Promise.all(waiting.splice(0).map((route) => route.continue()))
  }
  return { page, letGo }
}
async function signsInAgain(page: Page): Promise<void> {
  const again = page.getByRole('dialog')
  await again.getByLabel('密码').fill(process.env.MINGCHA_PASSWORD ?? '')
  await again.getByRole('button', { name: '登录', exact: true }).click()
}

test('a session that ends over a half-filled call sheet loses nothing: sent, it goes on by itself', async ({ browser }) => {
  // Nothing but the sheet finds the session gone.
  const { page, letGo } = await halfFilled(browser, /\/api\/v1\/(?!session|staff\/tips)/)
  await page.context().clearCookies()
  await page.keyboard.press('Control+Enter')
  await signsInAgain(page)
  await letGo()
  await expect(page.getByText('请把查询码念给举报人')).toBeVisible()
  await page.context().close()
})

test('a session whose end something else finds first leaves the sheet as it was typed', async ({ browser }) => {
  const { page, letGo } = await halfFilled(browser, /\/api\/v1\/units/)
  await page.context().clearCookies()
  await letGo()
  await expect(page.getByRole('dialog')).toBeVisible()
  await signsInAgain(page)
  await expect(page.getByRole('dialog')).toBeHidden()
  const sheet = page.getByRole('textbox', { name: '反映什么' })
  await expect(sheet).toHaveValue('院内有反应釜')
  await expect(page.getByRole('textbox', { name: '在哪里' })).toHaveValue('胡集镇粮站旧仓库')
  await sheet.press('Control+Enter')
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

test('the administrator imports a table: why a row is bad stands beside it, the good one is among the units', async ({ browser }) => {
  const page = await signedIn(browser, 'admin')
  // In a township that no other story is about.
  const [good, bad, name] = ['321302102997', '321302102998', '示范演示村']
  await page.goto(`${base()}/console/admin/import/units`)
  const table = `\uFEFF单位代码,单位名称,层级,类型,上级单位代码,部门,电子邮箱\n${good},${name},村居（社区）,政府（村居委员会）,321302102,,\n${bad},,村居（社区）,政府（村居委员会）,321302102,,\n`
  await page.locator('input[type=file]').setInputFiles({ name: '单位.csv', mimeType: 'text/csv', buffer: Buffer.from(table) })
  await expect(page.getByText('1 行会新增或改动')).toContainText('还没有导入')
  const rows = page.locator('section').filter({ has: page.getByRole('heading', { name: '有问题的 1 行' }) }).locator('tbody tr')
  await expect(rows).toHaveCount(1)
  await expect(rows.getByRole('cell')).toHaveText(['3', bad, '单位名称', /没有填写/])
  await page.getByRole('button', { name: '导入', exact: true }).click()
  await expect(page.getByRole('dialog', { name: '导入单位' })).toContainText('新增或改动 1 项')
  await carriedOut(page, '导入单位', {}, '确认导入')
  await expect(page.getByText(/^已导入：/)).toContainText('新增或改动 1 行')
  await expect(page.getByText('这些行没有导入')).toBeVisible()
  await expect(rows.getByRole('cell').nth(1)).toHaveText(bad)

  const detail = page.locator('section.detail')
  await expect(async () => {
    await page.goto(`${base()}/console/admin/units?unit=${good}`)
    await expect(detail).toContainText(name, { timeout: 3_000 })
  }).toPass({ timeout: 60_000 })
  await expect(detail).toContainText('埠子镇')
  const search = page.getByRole('textbox', { name: '按名称或代码查找' })
  await search.fill(good)
  await expect(page.getByText('共 1 个单位')).toBeVisible()
  await expect(page.locator('.tree').getByText(name)).toBeVisible()
  await search.fill(bad)
  await expect(page.getByText('共 0 个单位'), 'the bad row is no unit').toBeVisible()
  await page.context().close()
})

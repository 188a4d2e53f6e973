// What a bad line and a long lunch do to somebody who fills in a command: nothing typed is lost, and the keyboard stays where it was.
import { expect, test, type Page } from '@playwright/test'
import { unit } from '../acts'
import { seriousAtBoth, seriousOn } from '../axe'
import { base, desk, DESK, PHONE, signedIn } from '../people'

const WORDS = '厂区东侧有三只空桶，桶口敞开'
const FIELD = '地点、情形和依据'

/** The supervisor's command about a finding, half filled in. */
async function halfFilled(page: Page) {
  await page.goto(`${base()}/console/findings`)
  await page.getByRole('button', { name: '记录发现的问题' }).click()
  await unit(page, page.locator('#main form'), '先选被督导的单位', '胡集镇')
  await page.getByRole('button', { name: '填写' }).click()
  const dialog = page.getByRole('dialog', { name: /^记录问题/ })
  await dialog.getByRole('textbox', { name: FIELD }).fill(WORDS)
  return dialog
}

test('a session that ends over a half-filled command is begun again over it', async ({ browser }) => {
  const page = await signedIn(browser, 'supervisor')
  const dialog = await halfFilled(page)
  await page.context().clearCookies()
  // What is sent after signing in again is refused here: nobody's list grows by this test.
  let sent = 0
  await page.route('**/api/v1/supervision/*/findings', async (route) => {
    sent += 1
    if (sent === 1) await route.continue()
    else await route.fulfill({ status: 422, contentType: 'application/problem+json', body: JSON.stringify({ status: 422, code: 'test.refused', detail: '请写明桶的位置。', field: 'text' }) })
  })
  await dialog.getByRole('button', { name: '记录发现的问题' }).click()
  const again = page.getByRole('dialog', { name: '登录已过期' })
  const password = again.getByLabel('密码')
  await expect(password).toBeFocused()
  expect(await seriousAtBoth(page), 'signing in again over a command').toEqual([])
  await password.fill(process.env.MINGCHA_PASSWORD ?? '')
  await page.keyboard.press('Enter')
  await expect(again).toBeHidden()
  const field = dialog.getByRole('textbox', { name: FIELD })
  await expect(field).toHaveValue(WORDS)
  await expect(dialog.getByText('请写明桶的位置。')).toBeVisible()
  await expect(field).toBeFocused()
  await expect(field).toHaveAttribute('aria-invalid', 'true')
  expect(sent).toBe(2)
  await page.context().close()
})

test('a line that breaks shows itself, comes back by itself, and leaves what was typed', async ({ browser }) => {
  const page = await signedIn(browser, 'supervisor')
  const dialog = await halfFilled(page)
  const line = page.getByText('网络已断开，恢复后自动继续')
  await page.context().setOffline(true)
  await expect(line).toBeVisible()
  await dialog.getByRole('button', { name: '记录发现的问题' }).click()
  await expect(dialog.getByText('连不上服务器。')).toBeVisible()
  const stream = page.waitForRequest((request) => request.url().includes('/api/v1/work/stream'))
  await page.context().setOffline(false)
  await expect(line).toBeHidden()
  await stream
  await expect(dialog.getByRole('textbox', { name: FIELD })).toHaveValue(WORDS)
  await page.context().close()
})

test('a command is filled in by keyboard alone, and its mistakes are found by it', async ({ browser }) => {
  const page = await signedIn(browser, 'admin')
  await page.goto(`${base()}/console/admin/staff`)
  const button = page.getByRole('button', { name: '登记人员', exact: true })
  await button.focus()
  await page.keyboard.press('Enter')
  const dialog = page.getByRole('dialog', { name: '登记人员' })
  const account = dialog.getByRole('textbox', { name: '账号' })
  await expect(account).toBeFocused()
  await page.keyboard.type('handler-new')
  await page.keyboard.press('Tab')
  const name = dialog.getByRole('textbox', { name: '姓名' })
  await expect(name).toBeFocused()
  // Enter in a line sends: what is still missing is said, and the keyboard is there.
  await page.keyboard.press('Enter')
  await expect(dialog.locator('[role=alert]').filter({ hasText: '处需要改正' })).toHaveText(/姓名、单位、角色/)
  await expect(name).toBeFocused()
  await expect(name).toHaveAccessibleDescription('请填写“姓名”。')
  expect(await seriousOn(page), 'a dialog with mistakes').toEqual([])
  await page.setViewportSize(PHONE)
  expect(await seriousOn(page), 'the same on a phone').toEqual([])
  await page.setViewportSize(DESK)
  // Escape over what was typed asks; Escape again keeps it.
  const question = page.getByRole('dialog', { name: '放弃填写' })
  await page.keyboard.press('Escape')
  await expect(question).toContainText('确定放弃吗')
  expect(await seriousOn(page), 'a question over a dialog').toEqual([])
  await page.keyboard.press('Escape')
  await expect(question).toBeHidden()
  await expect(account).toHaveValue('handler-new')
  await dialog.getByRole('button', { name: '取消' }).click()
  await question.getByRole('button', { name: '放弃填写' }).click()
  await expect(dialog).toBeHidden()
  await expect(button).toBeFocused()
  await page.context().close()
})

test('what was typed about a case outlives the page, and goes when it is cleared', async ({ browser }) => {
  const { cases } = (await (await desk('handler-huji')).get('/api/v1/cases?limit=100')) as { cases: Array<{ case_id: string; state: string }> }
  const page = await signedIn(browser, 'handler-huji', PHONE)
  await page.goto(`${base()}/console/cases/${cases.find((row) => row.state === 'closed')?.case_id}`)
  const dialog = page.getByRole('dialog', { name: '移送责任人' })
  const grounds = dialog.getByRole('textbox', { name: '移送理由' })
  const open = () => page.getByRole('button', { name: '移送责任人', exact: true }).first().click()
  await open()
  await expect(dialog.getByText('未提交的内容')).toBeHidden()
  await grounds.fill(WORDS)
  // An old phone drops the page when its camera opens.
  await page.reload()
  await open()
  await expect(grounds).toHaveValue(WORDS)
  await expect(dialog.getByText('未提交的内容')).toBeVisible()
  expect(await seriousOn(page), 'a draft on a phone').toEqual([])
  await dialog.getByRole('button', { name: '清空重填' }).click()
  await page.getByRole('dialog', { name: '清空重填' }).getByRole('button', { name: '清空重填' }).click()
  await expect(grounds).toHaveValue('')
  await dialog.getByRole('button', { name: '取消' }).click()
  await expect(dialog).toBeHidden()
  expect(await page.evaluate(() => Object.keys(sessionStorage).filter((key) => key.startsWith('mingcha.draft.')))).toEqual([])
  await page.context().close()
})

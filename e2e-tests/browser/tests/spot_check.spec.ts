// A spot check on the screens: the list is frozen, the number comes out, anybody may draw again; one site passes, the other is taken up anew.
import { expect, test, type Locator, type Page } from '@playwright/test'
import { carriedOut, command, shows } from '../acts'
import { closedCase, newPlace, reloadedUntil } from '../found'
import { base, desk, PHONE, signedIn, type Desk } from '../people'

const AN_HOUR = 60 * 60 * 1000
const NUMBER = '03071219223005'
const FINDING = '厂房东墙外仍有两只反应釜底座，地面有残液。'

/** As somebody in Suqian types an instant. */
function typed(instant: number): string {
  return new Date(instant + 8 * AN_HOUR).toISOString().slice(0, 16).replace('T', ' ')
}

/** Announced for an hour from now, with every closed site; answers with the page of the draw. */
async function announced(page: Page, clock: Desk): Promise<void> {
  const session = await clock.get('/api/v1/session')
  await page.goto(`${base()}/console/draws`)
  await page.getByRole('button', { name: '公告抽签', exact: true }).click()
  const dialog = page.getByRole('dialog', { name: '公告抽签' })
  const at = dialog.getByRole('combobox', { name: '号码什么时候公布' })
  await at.fill(typed(Date.parse(session.now as string) + AN_HOUR))
  await at.press('Enter')
  await dialog.getByRole('spinbutton', { name: '每个县区抽查比例（%）' }).fill('100')
  await carriedOut(page, '公告抽签', { words: { 号码来源: '次日双色球开奖号码，红球由小到大再加蓝球' }, signed: true })
  await expect(page.getByText('等号码公布', { exact: true })).toBeVisible()
  await expect(page.getByText('名单的指纹与公告的一致。')).toBeVisible()
}

/** One measure was not done: it is to be done again, and nothing else. */
async function fails(page: Page, site: Locator): Promise<void> {
  await site.getByRole('button', { name: '登记不合格' }).click()
  const dialog = page.getByRole('dialog', { name: '抽查不合格' })
  await expect(dialog).toContainText('案件重新处置，并启动问责')
  await dialog.getByRole('button', { name: '抽查不合格', exact: true }).click()
  await expect(dialog.getByRole('alert').filter({ hasText: '处需要改正' }), 'nothing fails without a word').toHaveText(/须重做的措施、发现的问题/)
  await dialog.getByText('彻底清理厂房', { exact: true }).click()
  await carriedOut(page, '抽查不合格', { words: { 发现的问题: FINDING } })
  await expect(site).toContainText('抽查不合格')
}

/** The township reads what it has to do again. */
async function reopened(handler: Page, page: string): Promise<void> {
  await handler.goto(page)
  const measure = (name: string) => handler.locator('ul.list > li').filter({ has: handler.getByText(name, { exact: true }) })
  await reloadedUntil(handler, () => expect(measure('彻底清理厂房')).toContainText(`曾要求重做：${FINDING}`, { timeout: 3_000 }))
  await expect(measure('彻底清理厂房')).not.toContainText('已完成')
  await expect(measure('彻底断水断电')).toContainText('已完成')
  await expect(handler.getByRole('button', { name: '登记完成：彻底清理厂房', exact: true })).toBeVisible()
  await reloadedUntil(handler, () => expect(handler.locator('#main').getByText('处置中', { exact: true }).first()).toBeVisible({ timeout: 3_000 }))
}

test('the supervision group draws by a public number and records what it found', async ({ browser }) => {
  test.setTimeout(900_000)
  const [place, failing] = [newPlace('旧粮库'), newPlace('旧纸厂')]
  await (await closedCase(browser, place)).handler.context().close()
  const { page: address, handler } = await closedCase(browser, failing)
  const admin = await desk('admin')
  const page = await signedIn(browser, 'supervisor', PHONE)
  await announced(page, admin)

  await admin.post('/api/v1/admin/clock/advance', { seconds: AN_HOUR / 1000 + 60 })
  await reloadedUntil(page, () => expect(page.getByRole('button', { name: '登记号码，抽签' })).toBeVisible({ timeout: 3_000 }))
  await command(page, '登记号码，抽签', { words: { 公布的号码: NUMBER }, signed: true })
  await expect(page.getByText('抽签结果与重新计算的一致。')).toBeVisible()

  const drawn = page.locator('ul.list > li').filter({ hasText: place })
  await reloadedUntil(page, () => expect(drawn).toBeVisible({ timeout: 3_000 }))
  await drawn.getByRole('button', { name: '登记合格' }).click()
  await shows(page.getByRole('dialog', { name: '抽查合格' }).getByRole('group', { name: '现场照片' }))
  await carriedOut(page, '抽查合格', { words: { 看了什么: '设备已拆净，原料已清运，水电已断。' } })
  await page.getByText('只看待抽查的').click()
  await expect(drawn).toContainText('抽查合格')

  await fails(page, page.locator('ul.list > li').filter({ hasText: failing }))
  await reopened(handler, address)
  const inspector = await signedIn(browser, 'inspector')
  await inspector.goto(`${base()}/console/accountability?list=failures&kind=spot_check_failed`)
  const failure = inspector.locator('ul.list > li').filter({ hasText: FINDING })
  await reloadedUntil(inspector, () => expect(failure).toContainText('抽查不合格', { timeout: 3_000 }))
  await page.reload()
  await page.getByText('只看待抽查的').click()
  await expect(drawn, 'the other one stands').toContainText('抽查合格')
})

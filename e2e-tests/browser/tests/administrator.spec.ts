// What the administrator changes, on the screens: an official is followed by another, a setting with what it would change.
import { expect, test } from '@playwright/test'
import { carriedOut } from '../acts'
import { base, signedIn } from '../people'

const UNIT = '示范三村'

test('an official hands over to a successor and leaves', async ({ browser }) => {
  const page = await signedIn(browser, 'admin')
  const successor = `leader-${Date.now()}`
  await page.goto(`${base()}/console/admin/staff`)
  await page.getByRole('textbox', { name: '姓名或账号' }).fill('leader-gengche-village-3')
  const former = page.locator('ul.list > li').filter({ hasText: 'leader-gengche-village-3' })
  await former.getByRole('button', { name: '交接并离任' }).click()
  await page.getByRole('button', { name: '登记接任人' }).click()
  const dialog = page.getByRole('dialog', { name: '登记人员' })
  await dialog.getByRole('textbox', { name: '账号' }).fill(successor)
  await carriedOut(page, '登记人员', { words: { 姓名: '演示·新任村支书' } })

  await former.getByRole('button', { name: '交接并离任' }).click()
  const handOver = `第一责任人交接：${UNIT}`
  await expect(page.getByRole('dialog', { name: handOver })).toContainText('期限和已有的超期不变')
  await carriedOut(page, handOver, { choose: { 接任人: `演示·新任村支书（${successor}）` }, words: { 依据: '演示任字〔2020〕2号' } }, '第一责任人交接')
  await carriedOut(page, '离任：演示·耿车镇示范三村负责人', { words: { 原因: '调任' } }, '离任')
  await page.goto(`${base()}/console/admin/units?unit=321302101293`)
  await expect(page.locator('section.detail dl.facts')).toContainText('演示·新任村支书')
})

test('a setting shows what it changes before it is saved', async ({ browser }) => {
  const page = await signedIn(browser, 'admin')
  await page.goto(`${base()}/console/admin/settings/rechecks`)
  const days = page.getByRole('spinbutton', { name: '第 3 次，销号后天数' })
  const chosen = (await days.inputValue()) === '180' ? '170' : '180'
  await days.fill(chosen)
  await days.press('Enter')
  const changes = page.locator('section.setting').getByRole('list', { name: '改动前后' })
  await expect(changes).toContainText(chosen)
  await page.getByRole('button', { name: '提交', exact: true }).click()
  await expect(page.getByRole('dialog')).toContainText('只对从执行之日起销号的点位生效')
  await carriedOut(page, '回头看天数：设定新的', {}, '提交')
  await expect(page.locator('section.card').first()).toContainText(chosen)
})

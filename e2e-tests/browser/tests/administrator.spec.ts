// What the administrator changes, on the screens: an official is followed by another, a setting with what it would change, what went wrong is tried again.
import { expect, test, type Route } from '@playwright/test'
import { carriedOut } from '../acts'
import { seriousAtBoth } from '../axe'
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
  await expect(page.getByRole('dialog')).toContainText('只对执行之日起销号的点位生效')
  await carriedOut(page, '回头看天数：设定新的', {}, '提交')
  await expect(page.locator('section.card').first()).toContainText(chosen)
})

/** What no healthy city has, said here: nothing of it reaches a service. */
const GIVEN_UP = { letter: 7, service: 'case-assignment', title: '案件交办', about: 'case', event: 'tip.accepted.v1', error: '数据库连不上（演示）' }
const UNSENT = {
  notification_id: '5f0c1d2e-0000-4000-8000-000000000007', about: 'unit-321302102', addressee_name: '演示·埠子镇负责人', attempts: 6, body: '', channel: 'mail', last_failure: '收件地址不存在（演示）',
  next_attempt: null, requested_at: '2020-07-01T01:00:00Z', sent_at: null, staff: 'leader-321302102', state: 'abandoned', subject: '', template: 'supervision_order', unit: null,
}

test('what a service gave up on is handed back to it, and a letter that did not arrive is sent again', async ({ browser }) => {
  const page = await signedIn(browser, 'admin')
  const tried: string[] = []
  const retried = (path: string) => tried.includes(path)
  const [handedBack, sentAgain] = [`/api/v1/admin/dead-letters/${GIVEN_UP.letter}/retry`, `/api/v1/notifications/${UNSENT.notification_id}/retry`]
  const taken = async (route: Route) => {
    const request = route.request()
    expect(request.method()).toBe('POST')
    expect(request.headers()['idempotency-key'], 'pressed twice it is done once').toBeTruthy()
    tried.push(new URL(request.url()).pathname)
    await route.fulfill({ json: { facts: 1 } })
  }
  for (const path of [handedBack, sentAgain]) await page.route((url) => url.pathname === path, taken)
  await page.route((url) => url.pathname === '/api/v1/admin/dead-letters', (route) => route.fulfill({ json: { dead_letters: retried(handedBack) ? [] : [GIVEN_UP] } }))
  await page.route((url) => url.pathname === '/api/v1/notifications', (route) => {
    const state = new URL(route.request().url()).searchParams.get('state')
    const now = { ...UNSENT, state: retried(sentAgain) ? 'waiting' : 'abandoned' }
    const notifications = state === now.state ? [now] : []
    return route.fulfill({ json: { notifications, next: null, server_away: null, total: notifications.length } })
  })
  await page.goto(`${base()}/console/admin/health`)

  const letter = page.locator('ul.list > li').filter({ hasText: GIVEN_UP.error })
  await expect(letter).toContainText('案件交办：案件')
  await letter.getByRole('button', { name: '交回重试' }).click()
  await expect(page.getByRole('dialog', { name: '交回重试' })).toContainText('交回“案件交办”再处理一次')
  expect(tried, 'nothing is done before it is confirmed').toEqual([])
  await carriedOut(page, '交回重试')
  await expect(page.getByText('没有搁置的消息。')).toBeVisible()

  const mail = page.locator('ul.list > li').filter({ hasText: UNSENT.addressee_name })
  await expect(page.getByText('没有送达 1')).toBeVisible()
  await expect(mail).toContainText('最近一次失败：收件地址不存在（演示）')
  expect(await seriousAtBoth(page), 'a page of what went wrong').toEqual([])
  await mail.getByRole('button', { name: '重新发送' }).click()
  await expect(page.getByRole('dialog', { name: '重新发送' })).toContainText(`立即再发一次给 ${UNSENT.addressee_name}`)
  await carriedOut(page, '重新发送')
  await expect(page.getByText('没有未送达的通知。')).toBeVisible()
  await page.getByText('等待发送 1').click()
  await expect(mail).toContainText('等待发送')
  await expect(mail.getByRole('button', { name: '重新发送' }), 'it is under way').toHaveCount(0)
  expect(tried).toEqual([handedBack, sentAgain])
  await page.context().close()
})

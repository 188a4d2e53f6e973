// The dispatcher at 3 a.m.: a site's tips into one case by keyboard, several cases to one unit, and what comes back twice.
import { expect, test, type APIRequestContext, type Page } from '@playwright/test'
import { command, unit } from '../acts'
import { seriousOn } from '../axe'
import { newPlace, reloadedUntil } from '../found'
import { base, desk, signedIn, type Desk } from '../people'

const TOWNSHIP = '321322102'

/** Somebody without an account tells by program what is there; answers with the tip's id. */
async function told(request: APIRequestContext, place: string): Promise<string> {
  const tip = { narrative: '夜里十一点后有刺鼻气味，货车运蓝色桶进出。', place: { text: place, division: TOWNSHIP }, seen: ['smell'] }
  const answer = await request.post(`${base()}/api/v1/tips`, { data: tip })
  expect(answer.ok(), await answer.text()).toBe(true)
  return ((await answer.json()) as { tip_id: string }).tip_id
}

/** The case that follows an acceptance by reaction. */
async function caseOf(at: Desk, tip: string): Promise<string> {
  let id = ''
  await expect(async () => {
    id = String((await at.get(`/api/v1/tips/${tip}`)).tip.case_id ?? '')
    expect(id).not.toBe('')
  }).toPass({ timeout: 60_000 })
  return id
}

async function listed(page: Page, place: string, said: string): Promise<void> {
  await page.locator('#main').getByPlaceholder(/地点/).first().fill(place)
  await expect(page.locator('#main')).toContainText(said, { timeout: 30_000 })
}

test('three tips of one site become one case, by keyboard alone', async ({ browser, request }) => {
  const place = newPlace('老酒厂后院')
  const at = await desk('dispatcher-city')
  const tips = [await told(request, place), await told(request, place), await told(request, place)]
  const page = await signedIn(browser, 'dispatcher-city')
  await page.goto(`${base()}/console/screening`)
  await listed(page, place, '共 3 条')
  // Out of the box for searching: there a letter is a letter.
  await page.keyboard.press('Tab')
  await page.keyboard.press('j')
  await expect(page.getByText('第 1 条，共 3 条')).toBeVisible()
  await expect(page.getByRole('heading', { level: 1, name: place })).toBeVisible()
  expect(await seriousOn(page), 'the queue with a tip at hand').toEqual([])
  await page.keyboard.press('s')
  const opening = page.getByRole('dialog', { name: '受理并立案' })
  await expect(opening.getByRole('textbox', { name: '案情摘要' })).toBeFocused()
  await page.keyboard.type('酒厂后院疑似夜间生产化工产品')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await expect(opening).toBeHidden()
  await expect(page.getByText('这一条已经办完，按 J 看下一条。')).toBeVisible()
  await expect(page.getByText('共 2 条', { exact: false }).first()).toBeVisible()
  // The case is opened by another service; the next tip shows it beside itself as soon as it is there.
  const alike = page.getByRole('button', { name: '1 并入这个案件' })
  await expect(async () => {
    await page.keyboard.press('j')
    await expect(alike).toBeVisible({ timeout: 3_000 })
  }).toPass({ timeout: 60_000 })
  await page.keyboard.press('1')
  const joining = page.getByRole('dialog', { name: '受理并并入案件' })
  await expect(joining).toContainText(place)
  await expect(joining.getByRole('button', { name: '受理并并入案件' })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(joining).toBeHidden()
  await expect(page.getByText('共 1 条', { exact: false }).first()).toBeVisible()
  // The last one is marked by a key and joined as several would be.
  await page.keyboard.press('j')
  await expect(page.getByText('第 1 条，共 1 条')).toBeVisible()
  await page.keyboard.press('x')
  await expect(page.getByText('已勾选 1 条')).toBeVisible()
  await page.getByRole('button', { name: '并入同一个案件' }).click()
  const into = page.getByRole('dialog', { name: '把 1 条线索并入同一个案件' })
  await into.getByPlaceholder('按地点、企业、案情或编号查找案件').fill(place)
  await into.getByRole('radio').first().check()
  expect(await seriousOn(page), 'several tips into one case').toEqual([])
  await into.getByRole('button', { name: '并入（1）' }).click()
  await expect(into).toBeHidden()
  await expect(page.getByText('没有由您甄审的线索')).toBeVisible()
  const cases = new Set(await Promise.all(tips.map((tip) => caseOf(at, tip))))
  expect(cases.size, 'one case for all three').toBe(1)
  await page.context().close()
})

test('several cases go to one unit at once; what two units return is designated', async ({ browser, request }) => {
  const place = newPlace('界河边厂房')
  const at = await desk('dispatcher-city')
  const cases: string[] = []
  for (const which of ['南侧', '北侧']) {
    const tip = await told(request, `${place}${which}`)
    await at.post(`/api/v1/tips/${tip}/accept`, { summary: `界河边厂房${which}疑似生产` })
    cases.push(await caseOf(at, tip))
  }
  const page = await signedIn(browser, 'dispatcher-city')
  await page.goto(`${base()}/console/assigning`)
  await listed(page, place, '共 2 件')
  await page.getByText('本页全选').click()
  await page.getByRole('button', { name: '都在胡集镇，交给胡集镇' }).click()
  await page.getByRole('textbox', { name: '交办要求' }).fill('今晚核查。')
  expect(await seriousOn(page), 'two cases to be assigned').toEqual([])
  await page.getByRole('button', { name: '交办这 2 件' }).click()
  await expect(page.getByText('全部办完，共 2 件。')).toBeVisible()

  const [disputed] = cases
  await (await desk('handler-huji')).post(`/api/v1/cases/${disputed}/return`, { reason: '点位在界河对岸，属钱集镇。' })
  await page.locator('#main').getByText('已退回', { exact: true }).click()
  await listed(page, place, '退回 1 次')
  await page.getByRole('checkbox', { name: new RegExp(`^勾选：${place.slice(0, 6)}`) }).check()
  await unit(page, page.locator('#main form').filter({ hasText: '承办单位' }), '承办单位', '钱集镇')
  await page.getByRole('button', { name: '交办这 1 件' }).click()
  await expect(page.getByText('全部办完，共 1 件。')).toBeVisible()

  await (await desk('leader-321322103')).post(`/api/v1/cases/${disputed}/return`, { reason: '土地权属在胡集镇。' })
  await page.locator('#main').getByText('待指定管辖', { exact: true }).click()
  await listed(page, place, '退回 2 次')
  await expect(page.getByText('两次退回的案件须逐件指定管辖')).toBeVisible()
  await page.getByRole('link', { name: '界河边厂房南侧疑似生产' }).click()
  await expect(page).toHaveURL(/\/console\/cases\//)
  await command(page, '指定管辖', { unit: { 交给哪个单位: '胡集镇' }, words: { 理由: '以土地权属为准。' } })
  await reloadedUntil(page, () => expect(page.locator('#main')).toContainText('胡集镇', { timeout: 3_000 }))
  expect((await at.get(`/api/v1/cases/${disputed}`)).case.owner).toBe(TOWNSHIP)
  await page.context().close()
})

test('whoever decides on what somebody else has just changed sees what changed, and keeps what was typed', async ({ browser, request }) => {
  const place = newPlace('河堤旧泵站')
  const colleague = await desk('dispatcher-city')
  const tip = await told(request, place)
  const page = await signedIn(browser, 'dispatcher-city')
  await reloadedUntil(page, async () => {
    await page.goto(`${base()}/console/tips/${tip}`)
    await expect(page.getByRole('button', { name: '受理并立案' })).toBeVisible({ timeout: 3_000 })
  })
  await page.getByRole('button', { name: '受理并立案' }).click()
  const dialog = page.getByRole('dialog', { name: '受理并立案' })
  const summary = dialog.getByRole('textbox', { name: '案情摘要' })
  await summary.fill('泵站内疑似夜间生产化工产品')
  await colleague.post(`/api/v1/tips/${tip}/reply`, { text: '请问罐车车牌是否看清？' })
  await expect(async () => expect((await colleague.get(`/api/v1/tips/${tip}`)).told).toHaveLength(1)).toPass({ timeout: 30_000 })
  await dialog.getByRole('button', { name: '受理并立案', exact: true }).click()
  const note = dialog.getByRole('alert').filter({ hasText: '这期间别人改过' })
  await expect(note).toContainText('您填写的内容都还在')
  await expect(note).toContainText('告知举报人')
  await expect(note).toContainText('您打开时：无')
  await expect(note).toContainText('现在：1 项')
  await expect(summary).toHaveValue('泵站内疑似夜间生产化工产品')
  expect(await seriousOn(page), 'a conflict').toEqual([])
  await dialog.getByRole('button', { name: '已看过变化，仍要提交' }).click()
  await expect(dialog).toBeHidden()
  await caseOf(colleague, tip)
  await page.context().close()
})

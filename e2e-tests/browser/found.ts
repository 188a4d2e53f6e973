// What several stories play on the way to a closed case: a tip reported, taken up, inspected on a phone, disposed of, closed.
import { expect, type Browser, type Page } from '@playwright/test'
import { command, opened, shows } from './acts'
import { seriousOn } from './axe'
import { base, citizen, PHONE, signedIn } from './people'
import { photo } from './photo'

const RECEIPT = /\d{4} \d{4} \d{4} \d{4}/

/** A place that no other run has; letters only, as numbers could be somebody's. */
export function newPlace(what: string): string {
  return `胡集镇${what}（${Array.from({ length: 6 }, () => 'abcdefgh'[Math.floor(Math.random() * 8)]).join('')}）`
}

/** Reloads until the page shows it: what other services do with an event takes a moment. */
export async function reloadedUntil(page: Page, shown: () => Promise<void>): Promise<void> {
  await expect(async () => {
    await page.reload()
    await shown()
  }).toPass({ timeout: 90_000 })
}
async function offered(page: Page, title: string): Promise<void> {
  await reloadedUntil(page, () => expect(page.getByRole('button', { name: title, exact: true })).toBeVisible({ timeout: 3_000 }))
}

/** Somebody fills in the public form; answers with the receipt. */
export async function reported(reporter: Page, place: string): Promise<string> {
  await reporter.goto(`${base()}/report`)
  await reporter.getByLabel('地点在哪里').fill(place)
  await reporter.getByLabel('属于哪个乡镇（街道）').selectOption({ label: '胡集镇' })
  await reporter.getByLabel('情况说明').fill('夜里十一点后有刺鼻气味，货车运蓝色桶进出。')
  await reporter.locator('input[type=file]').first().setInputFiles(photo())
  await reporter.getByRole('button', { name: '提交举报' }).click()
  await expect(reporter.locator('body')).toContainText(RECEIPT, { timeout: 60_000 })
  return (await reporter.locator('body').innerText()).match(RECEIPT)?.[0] ?? ''
}

/** The dispatcher screens the tip and gives the case to the township; answers with the page of the case. */
export async function takenUp(dispatcher: Page, place: string): Promise<string> {
  await dispatcher.goto(`${base()}/console/tips`)
  await dispatcher.getByRole('link', { name: place }).click()
  await command(dispatcher, '受理并立案', { words: { 案情摘要: '停产窑厂疑似夜间生产化工产品' } })
  await dispatcher.getByRole('link', { name: '查看案件' }).click()
  await expect(dispatcher).toHaveURL(/\/console\/cases\//)
  const page = dispatcher.url()
  await offered(dispatcher, '交办')
  await command(dispatcher, '交办', { unit: { 承办单位: '胡集镇' }, words: { 交办要求: '今晚核查。' } })
  return page
}

/** The form that is open, answered throughout. */
export async function inspectionFilled(handler: Page): Promise<void> {
  const form = handler.locator('form.inspection')
  await form.getByRole('textbox', { name: '核查人员' }).fill('演示甲（安监办主任）\n演示乙（派出所民警）')
  await opened(form.getByRole('combobox', { name: '场所类型' }))
  await handler.getByRole('option', { name: '闲置厂房' }).click()
  await form.getByRole('textbox', { name: '不能定位的原因' }).fill('手机没有信号')
  const checks = form.locator('fieldset')
  const many = await checks.count()
  expect(many, 'five checks and the three behind the wall').toBe(8)
  for (let index = 0; index < many; index += 1) {
    const check = checks.nth(index)
    await check.getByText(index === 3 || index > 4 ? '有' : '没有', { exact: true }).click()
    await check.getByRole('textbox').fill('进院逐间查看')
  }
  await shows(form.getByRole('group', { name: '现场照片', exact: true }))
  await form.getByText('确有化工生产或储存').click()
  await form.getByRole('textbox', { name: '情况说明' }).fill('两台反应釜正在生产，无任何证照。')
}

async function inspected(handler: Page): Promise<void> {
  await handler.getByRole('button', { name: '登记现场核查', exact: true }).first().click()
  await inspectionFilled(handler)
  const form = handler.locator('form.inspection')
  expect(await seriousOn(handler), 'the form of an inspection on a phone').toEqual([])
  await form.getByRole('button', { name: '提交核查结果' }).click()
  await expect(form).toBeHidden()
}

/** The township confirms and disposes of it on a phone, the county approves the plan and signs; answers with the township's page. */
export async function disposedOf(browser: Browser, page: string): Promise<Page> {
  const handler = await signedIn(browser, 'handler-huji', PHONE)
  await handler.goto(page)
  await command(handler, '签收')
  await inspected(handler)
  await command(handler, '定性分类', { choose: { 类别: 'C 类（无证无照及非法储存）' }, words: { 依据: '无证无照，利用停产窑厂生产化工产品。' } })
  const measured = { photos: ['处置前照片', '处置后照片'], words: { 说明: '已完成。' } }
  await offered(handler, '提交处置安全方案')
  await command(handler, '登记完成：彻底断水断电', measured)
  await command(handler, '提交处置安全方案', { words: { 风险辨识: '残余物料易燃', 防范措施: '先清洗置换', '现场负责人（姓名和职务）': '演示丙（副镇长）' } })
  const county = await signedIn(browser, 'leader-shuyang')
  await county.goto(page)
  await command(county, '批准安全方案', { signed: true })
  await handler.reload()
  for (const measure of ['彻底拆除生产设备', '彻底清理厂房', '彻底清理生产原材料和产品']) await command(handler, `登记完成：${measure}`, measured)
  await county.reload()
  await command(county, '复核通过并签字', { signed: true })
  await county.context().close()
  return handler
}

/** The reporter reads with the receipt how it ended. */
export async function toldToTheReporter(reporter: Page, receipt: string): Promise<void> {
  await expect(async () => {
    await reporter.goto(`${base()}/status`)
    await reporter.getByLabel('查询码').fill(receipt)
    await reporter.getByRole('button', { name: '查看进展' }).click()
    await expect(reporter.locator('body')).toContainText('办结', { timeout: 3_000 })
  }).toPass({ timeout: 90_000 })
}

/** From the public form to the closed case; answers with its page and the township's browser. */
export async function closedCase(browser: Browser, place: string): Promise<{ page: string; handler: Page; reporter: Page; receipt: string }> {
  const reporter = await citizen(browser)
  const receipt = await reported(reporter, place)
  const dispatcher = await signedIn(browser, 'dispatcher-city')
  const page = await takenUp(dispatcher, place)
  await dispatcher.context().close()
  const handler = await disposedOf(browser, page)
  return { page, handler, reporter, receipt }
}

/** What waits for somebody stands on the page of approvals, and leads to the tip. */
export async function goesToDoIt(page: Page, waiting: string, place: string): Promise<void> {
  await page.goto(`${base()}/console/approvals`)
  const group = page.locator('#main section').filter({ has: page.getByRole('heading', { name: waiting }) })
  const item = group.locator('ul.list > li').filter({ hasText: place })
  await reloadedUntil(page, () => expect(item).toBeVisible({ timeout: 3_000 }))
  await item.getByRole('link', { name: '去办理' }).click()
  await expect(page).toHaveURL(/\/console\/tips\//)
}

/** The running deadline of the first inspection. */
export const clockOf = (page: Page) => page.locator('section.card').filter({ has: page.getByRole('heading', { name: '时限', exact: true }) }).locator('ul.list > li').filter({ hasText: '首次现场核查' })

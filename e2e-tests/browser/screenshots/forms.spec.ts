// Takes what a case needs filled in, from the public form to its closing and after it: the inspection, plan, measures, signatures, each as who fills it in sees it.
import { expect, test, type Browser, type Page } from '@playwright/test'
import { command, shows } from '../acts'
import { inspectionFilled, newPlace, reloadedUntil, reported, takenUp } from '../found'
import { base, citizen, desk, PHONE, signedIn } from '../people'
import { both, dialogOf, nothingMissing, opened, taken } from './picture'

test.afterEach(nothingMissing)

const named = (page: Page, name: string) => page.getByRole('button', { name, exact: true })

/** What is done rarely is folded away, and folded again when the page has read anew what a command or a clock changed. */
async function unfolded(page: Page, button: string): Promise<void> {
  await expect(async () => {
    if (!(await named(page, button).first().isVisible())) await page.getByText('其他办理事项').click({ timeout: 3_000 })
    await expect(named(page, button).first()).toBeVisible({ timeout: 3_000 })
  }).toPass({ timeout: 10_000 })
}

/** What nothing is yet said about: the page while it waits, and what may be done then. */
async function dispatched(browser: Browser, place: string): Promise<string> {
  const dispatcher = await signedIn(browser, 'dispatcher-city')
  const address = await takenUp(dispatcher, place)
  for (const button of ['改派', '并案', '增加协办单位']) {
    await unfolded(dispatcher, button)
    await dialogOf(dispatcher, named(dispatcher, button), `dispatcher case ${button}`)
  }
  await dispatcher.context().close()
  return address
}

/** The township on the site: every dialog on the way, the form refused and filled in. */
async function onTheSite(handler: Page, address: string): Promise<void> {
  await handler.goto(address)
  await both(handler, 'handler case to acknowledge')
  for (const button of ['签收', '退回']) await dialogOf(handler, named(handler, button), `handler ${button}`)
  await command(handler, '签收')
  await both(handler, 'handler case to inspect')
  // The limit to be extended begins with the acknowledgement, in another service.
  await reloadedUntil(handler, () => unfolded(handler, '申请延期'))
  await dialogOf(handler, named(handler, '申请延期'), 'handler 申请延期')
  await named(handler, '登记现场核查').first().click()
  await named(handler, '提交核查结果').click()
  await both(handler, 'handler inspection refused')
  await handler.setViewportSize(PHONE)
  await taken(handler, 'handler inspection refused where it says so', false)
  await inspectionFilled(handler)
  await both(handler, 'handler inspection filled in')
  await named(handler, '提交核查结果').click()
  await expect(handler.locator('form.inspection')).toBeHidden()
  for (const button of ['定性分类', '提请县区甄别']) await dialogOf(handler, named(handler, button), `handler ${button}`)
}

/** From the class to the last photo, with the county's signatures between. */
async function disposal(browser: Browser, handler: Page, address: string): Promise<void> {
  await command(handler, '定性分类', { choose: { 类别: 'C 类（无证无照及非法储存）' }, words: { 依据: '无证无照，利用停产窑厂生产化工产品。' } })
  await reloadedUntil(handler, () => expect(named(handler, '提交处置安全方案')).toBeVisible({ timeout: 3_000 }))
  await both(handler, 'handler case to dispose of')
  const measured = { photos: ['处置前照片', '处置后照片'], words: { 说明: '已完成。' } }
  await dialogOf(handler, named(handler, '提交处置安全方案'), 'handler 提交处置安全方案')
  await dialogOf(handler, named(handler, '登记完成：彻底断水断电'), 'handler 登记完成', async (dialog) => {
    await shows(dialog.getByRole('group', { name: '处置前照片', exact: true }))
    await dialog.getByRole('button', { name: '登记完成：彻底断水断电' }).click()
  })
  await dialogOf(handler, named(handler, '移送责任人'), 'handler 移送责任人')
  await command(handler, '登记完成：彻底断水断电', measured)
  await command(handler, '提交处置安全方案', { words: { 风险辨识: '残余物料易燃', 防范措施: '先清洗置换', '现场负责人（姓名和职务）': '演示丙（副镇长）' } })
  const county = await signedIn(browser, 'leader-shuyang')
  await county.goto(address)
  await both(county, 'leader case with plan to approve')
  for (const button of ['批准安全方案', '退回安全方案']) await dialogOf(county, named(county, button), `leader ${button}`)
  await command(county, '批准安全方案', { signed: true })
  await handler.reload()
  for (const measure of ['彻底拆除生产设备', '彻底清理厂房', '彻底清理生产原材料和产品']) await command(handler, `登记完成：${measure}`, measured)
  await county.reload()
  await both(county, 'leader case to sign')
  await dialogOf(county, named(county, '复核不通过'), 'leader 复核不通过')
  await dialogOf(county, named(county, '复核通过并签字'), 'leader 复核通过并签字', async (dialog) => {
    await dialog.getByRole('button', { name: '复核通过并签字' }).click()
  })
  await command(county, '复核通过并签字', { signed: true })
  await county.context().close()
  await handler.reload()
  await both(handler, 'handler case closed')
  for (const button of ['报告死灰复燃', '提出警示曝光']) await dialogOf(handler, named(handler, button), `handler ${button}`)
}

test('a case, form by form', async ({ browser }) => {
  test.setTimeout(900_000)
  const place = newPlace('老窑厂')
  const reporter = await citizen(browser)
  const receipt = await reported(reporter, place)
  const address = await dispatched(browser, place)
  const handler = await signedIn(browser, 'handler-huji')
  await onTheSite(handler, address)
  await disposal(browser, handler, address)
  await reporter.goto(`${base()}/status`)
  await reporter.getByLabel('查询码').fill(receipt)
  await reporter.getByRole('button', { name: '查看进展' }).click()
  await both(reporter, 'public status of a closed case')
})

/** The township is at the number of findings that special supervision begins with. */
test('special supervision with data', async ({ browser }) => {
  const group = await desk('supervisor')
  const found = ['罐区未拆除，仍有残液', '厂房后墙新开一道门', '配电箱重新接线', '排查表与现场不符', '两处点位没有照片']
  for (const text of found) await group.post('/api/v1/supervision/321322102/findings', { source: 'city', gravity: 'ordinary', text, evidence: [] })
  const page = await signedIn(browser, 'supervisor')
  await page.goto(`${base()}/console/special-supervision`)
  await reloadedUntil(page, () => expect(page.getByText('胡集镇').first()).toBeVisible({ timeout: 3_000 }))
  await both(page, 'supervisor special supervision with data')
  await opened(page, '/console/findings')
  await both(page, 'supervisor findings with data')
})

const NARROWED = [
  ['accountability', 'list=obligations&overdue=true'], ['accountability', 'list=obligations&stage=rectification&unit=321322'],
  ['accountability', 'list=escalations&unit=321322102'], ['accountability', 'list=failures&kind=relapse'],
  ['cases', 'state=open&unit=321322'], ['cases', 'state=closed&class=C'], ['findings', 'unit=321322102&state=open'], ['figures', 'tab=trend'], ['figures', 'tab=board'], ['figures', 'unit=321322'],
]
test('lists that conditions narrow, with rows', async ({ browser }) => {
  const page = await signedIn(browser, 'inspector')
  const day = (await page.evaluate(async () => (await (await fetch('/api/v1/session')).json()) as { now: string })).now.slice(0, 10)
  for (const [path, query] of [...NARROWED, ['accountability', `list=escalations&until=${day}`]]) {
    await opened(page, `/console/${path}?${query}`)
    await both(page, `inspector ${path} by ${query}`)
  }
  await opened(page, '/console/facts')
  await page.getByRole('button', { name: '查找', exact: true }).last().click()
  await both(page, 'inspector facts found')
  await page.getByRole('tab', { name: '完整性核验' }).click()
  await named(page, '开始核验').click()
  await page.getByText(/记录完整：|发现问题，请立即/).first().waitFor({ timeout: 120_000 })
  await both(page, 'inspector facts verified')
  await page.getByRole('searchbox').or(page.locator('header form input')).first().fill('胡集镇')
  await page.keyboard.press('Enter')
  await page.waitForTimeout(500)
  await both(page, 'inspector search')
})

test('a replay at an instant', async ({ browser }) => {
  const inspector = await desk('inspector')
  const { cases } = (await inspector.get('/api/v1/cases?limit=100')) as { cases: Array<{ case_id: string; state: string }> }
  const page = await signedIn(browser, 'inspector')
  await opened(page, `/console/replay/cases/${cases.find((row) => row.state === 'closed')?.case_id}`)
  const step = page.locator('ol.steps > li').filter({ has: page.locator('strong', { hasText: '措施' }) }).first()
  await step.getByRole('button').first().click()
  await expect(page.getByText('与系统记录核对一致。')).toBeVisible()
  await both(page, 'inspector replay at an instant')
  await named(page, '查看').click()
  await page.waitForLoadState('networkidle')
  await both(page, 'inspector replay who saw it')
  await page.getByRole('textbox', { name: '在各步骤里查找文字' }).fill('处置')
  await both(page, 'inspector replay searched')
})

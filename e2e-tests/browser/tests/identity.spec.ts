// Who reported is seen by nobody alone: an inspector asks and says why, another post agrees, it is shown once, and the reporter reads of it.
import { expect, test, type Browser, type Page } from '@playwright/test'
import { command } from '../acts'
import { seriousOn } from '../axe'
import { goesToDoIt, newPlace } from '../found'
import { base, citizen, signedIn } from '../people'

const RECEIPT = /\d{4} \d{4} \d{4} \d{4}/
const PLACE = newPlace('老粮站')
const NAME = '上官某某'
const PHONE_NUMBER = '19900000057'
const REASON = '举报人反映遭到打击报复，需要当面核实。'

/** Somebody who says who they are; answers with the receipt. */
async function reportedByName(reporter: Page): Promise<string> {
  await reporter.goto(`${base()}/report`)
  await reporter.getByLabel('地点在哪里').fill(PLACE)
  await reporter.getByLabel('属于哪个乡镇（街道）').selectOption({ label: '胡集镇' })
  await reporter.getByLabel('情况说明').fill('夜里有货车运蓝色桶进出，还有人上门威胁我。')
  await reporter.locator('label[for=identity-named]').click()
  await reporter.getByLabel('怎么称呼您').fill(NAME)
  await reporter.locator('#phone').fill(PHONE_NUMBER)
  await reporter.getByRole('button', { name: '提交举报' }).click()
  await expect(reporter.locator('.receipt')).toContainText(RECEIPT, { timeout: 60_000 })
  return (await reporter.locator('.receipt').innerText()).match(RECEIPT)?.[0] ?? ''
}

async function readsTheStatus(reporter: Page, receipt: string): Promise<void> {
  await reporter.goto(`${base()}/status`)
  await reporter.getByLabel('查询码').fill(receipt)
  await reporter.getByRole('button', { name: '查看进展' }).click()
  await expect(reporter.locator('ol.steps')).toBeVisible()
}

/** Another post reads why, and agrees by signature. */
async function agreedTo(browser: Browser): Promise<void> {
  const leader = await signedIn(browser, 'leader-city')
  await goesToDoIt(leader, '申请查看举报人身份', PLACE)
  await expect(leader.locator('#main')).toContainText(REASON)
  await command(leader, '同意查看身份', { signed: true })
  await expect(leader.getByText('已批准，未查看')).toBeVisible()
  await expect(leader.getByRole('button', { name: '查看举报人身份' }), 'whoever agrees does not see it').toHaveCount(0)
  await leader.context().close()
}

test('an identity is opened by two posts, shown once, and the reporter reads who saw it and why', async ({ browser }) => {
  test.setTimeout(300_000)
  const reporter = await citizen(browser)
  const receipt = await reportedByName(reporter)
  const inspector = await signedIn(browser, 'inspector')
  await inspector.goto(`${base()}/console/tips`)
  await inspector.getByRole('link', { name: PLACE }).click()
  await expect(inspector.getByText('没有人申请查看举报人身份。')).toBeVisible()
  await command(inspector, '申请查看身份', { words: { 理由: REASON } })
  await expect(inspector.getByText('待批准', { exact: true })).toBeVisible()
  await expect(inspector.getByRole('button', { name: /同意查看身份|查看举报人身份/ }), 'nobody agrees to what they asked for').toHaveCount(0)
  await readsTheStatus(reporter, receipt)
  await expect(reporter.locator('body'), 'nobody has seen it yet').not.toContainText('谁查看过您的身份')

  await agreedTo(browser)
  await goesToDoIt(inspector, '已批准，等您查看', PLACE)
  await expect(inspector.locator('#main')).not.toContainText(NAME)
  await command(inspector, '查看举报人身份')
  const shown = inspector.getByRole('dialog', { name: '举报人身份', exact: true })
  await expect(shown).toContainText(NAME)
  await expect(shown).toContainText(PHONE_NUMBER)
  expect(await seriousOn(inspector), 'an identity that is shown').toEqual([])
  await shown.getByRole('button', { name: '看完了，关闭' }).click()
  await expect(shown).toBeHidden()
  await expect(inspector.getByText('已查看', { exact: true })).toBeVisible()
  await expect(inspector.locator('body')).not.toContainText(PHONE_NUMBER)
  await expect(inspector.getByRole('button', { name: '查看举报人身份' }), 'it is shown once').toHaveCount(0)

  await expect(async () => {
    await readsTheStatus(reporter, receipt)
    await expect(reporter.getByRole('heading', { name: '谁查看过您的身份' })).toBeVisible({ timeout: 3_000 })
  }).toPass({ timeout: 90_000 })
  await expect(reporter.locator('.said').filter({ hasText: REASON })).toContainText('纪委监委经申请并由另一岗位的人批准，查看过您的身份信息')
  await expect(reporter.locator('body')).not.toContainText(PHONE_NUMBER)
})

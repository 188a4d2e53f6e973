// The results of a stage go up on the screens: signed in person from the village to the county, sealed, sent back once by the
// city, signed anew and filed; and the supervision group accepts what was filed for the last stage.
import { expect, test, type Browser, type Page } from '@playwright/test'
import { command } from '../acts'
import { base, DESK, PHONE, signedIn } from '../people'

const COUNTY = '321322'
const STAGE = 'rectification'
/** Everybody below the county; a village signs on a phone. */
const BELOW = [
  { account: 'leader-huji-village-1', unit: '321322102291' },
  { account: 'leader-huji-village-2', unit: '321322102292' },
  { account: 'leader-huji-village-3', unit: '321322102293' },
  { account: 'leader-huji', unit: '321322102' },
  { account: 'leader-321322103', unit: '321322103' },
]

async function opensReport(page: Page, unit: string, stage = STAGE): Promise<void> {
  await page.goto(`${base()}/console/reports/${unit}/${stage}`)
  await expect(page.getByRole('heading', { name: '办到哪一步' })).toBeVisible()
}
async function standsAt(page: Page, state: string): Promise<void> {
  await expect(page.locator('dl.facts .el-tag').first()).toHaveText(state)
}

/** The list comes from the ledger; whoever signs reads it, and sees that its digest is the one that is signed. */
async function draftedAndSigned(page: Page): Promise<void> {
  const draft = page.getByRole('button', { name: /^(起草报告|重新起草)$/ })
  await command(page, await draft.innerText())
  await standsAt(page, '待签字')
  await expect(page.getByText('您的浏览器已按清单重新计算，指纹一致。')).toBeVisible()
  await command(page, '签字', { signed: true })
  await standsAt(page, '已签字')
}

async function signedBelow(browser: Browser): Promise<void> {
  for (const { account, unit } of BELOW) {
    const page = await signedIn(browser, account, account.includes('village') ? PHONE : DESK)
    await opensReport(page, unit)
    await draftedAndSigned(page)
    await expect(page.getByRole('button', { name: '签字', exact: true })).toHaveCount(0)
    await page.context().close()
  }
}

test('the report of a stage goes up from the village to the city', async ({ browser }) => {
  test.setTimeout(400_000)
  const county = await signedIn(browser, 'leader-shuyang')
  await opensReport(county, COUNTY)
  await expect(county.getByText('还有 2 个单位没有签字上报')).toBeVisible()
  await signedBelow(browser)

  await opensReport(county, COUNTY)
  await draftedAndSigned(county)
  await command(county, '盖章', { signed: true })
  await standsAt(county, '已盖章')

  const city = await signedIn(browser, 'leader-city')
  await opensReport(city, COUNTY)
  await command(city, '退回', { words: { '退回理由（哪里不清、哪里不实、哪里没有整治到位）': '胡集镇两处点位没有写明拆除情况。' } })
  await standsAt(city, '已退回')

  await opensReport(county, COUNTY)
  await expect(county.getByText('胡集镇两处点位没有写明拆除情况。')).toBeVisible()
  await draftedAndSigned(county)
  await command(county, '盖章', { signed: true })
  await opensReport(city, COUNTY)
  await command(city, '备案', { words: { 备案编号: '宿安备〔2020〕12号' }, signed: true })
  await standsAt(city, '已备案')
  await expect(city.locator('dl.facts')).toContainText('宿安备〔2020〕12号')
})

test('the supervision group accepts what was filed for the last stage', async ({ browser }) => {
  const supervisor = await signedIn(browser, 'supervisor')
  await opensReport(supervisor, COUNTY, 'acceptance')
  await standsAt(supervisor, '已备案')
  await command(supervisor, '验收通过', { words: { 验收意见: '抽查点位全部合格，台账与现场一致。' }, signed: true })
  await standsAt(supervisor, '已验收')
})

test('what a guarantee vouches for is read whole on a phone before it is signed, whichever way it is held', async ({ browser }) => {
  const page = await signedIn(browser, 'leader-shuyang', { width: PHONE.height, height: PHONE.width })
  await page.goto(`${base()}/console/reports/${COUNTY}/mobilisation`)
  await page.getByRole('button', { name: '向上一级作出保证' }).click()
  const text = page.getByRole('dialog').getByRole('textbox', { name: '保证内容' })
  await expect(text).toHaveValue(/由我承担责任。$/)
  await page.setViewportSize(PHONE)
  await expect.poll(() => text.evaluate((area: HTMLTextAreaElement) => area.scrollHeight - area.clientHeight)).toBeLessThanOrEqual(0)
  await page.context().close()
})

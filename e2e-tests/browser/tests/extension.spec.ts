// More time is asked for before a deadline passes, once: the township says why, the county signs, the new date holds, and the reporter reads of it.
import { expect, test, type Page } from '@playwright/test'
import { carriedOut, command } from '../acts'
import { clockOf, newPlace, reloadedUntil, reported, takenUp } from '../found'
import { base, citizen, desk, PHONE, signedIn } from '../people'

const PLACE = newPlace('河滩旧砂场')
const REASON = '连日暴雨，进场道路中断，雨停后即可到场。'
const DUE = /期限\s(\d+)年(\d+)月(\d+)日\s(\d\d:\d\d)/
/** As many as there were days of work in the first place is the most. */
const DAYS_MORE = 3
const A_DAY = 24 * 60 * 60 * 1000

/** The same, some days later: as it is typed and as it is shown. */
function later(shown: string): { typed: string; said: string } {
  const [, year, month, day, time] = DUE.exec(shown) ?? []
  const at = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)) + DAYS_MORE * A_DAY)
  return { typed: `${at.toISOString().slice(0, 10)} ${time}`, said: `${at.getUTCFullYear()}年${at.getUTCMonth() + 1}月${at.getUTCDate()}日 ${time}` }
}

/** Offered at all, even where it is folded away. */
const offered = (page: Page, name: string | RegExp) => page.getByRole('button', { name, includeHidden: true })

/** What is done rarely is folded away, unless there is nothing else to do. */
async function unfolded(page: Page, button: string): Promise<void> {
  const folded = page.locator('details:not([open]) > summary').filter({ hasText: '其他办理事项' })
  await reloadedUntil(page, async () => {
    await expect(page.getByText('其他办理事项')).toBeVisible({ timeout: 3_000 })
    if (await folded.count()) await folded.click({ timeout: 3_000 })
    await expect(page.getByRole('button', { name: button, exact: true })).toBeVisible({ timeout: 3_000 })
  })
}

/** Answers with the date that was asked for. */
async function asksFor(handler: Page): Promise<string> {
  const { typed, said } = later(await clockOf(handler).innerText())
  await handler.getByRole('button', { name: '申请延期' }).click()
  const dialog = handler.getByRole('dialog', { name: '申请延期' })
  await expect(dialog).toContainText('每项期限只能延一次')
  const until = dialog.getByRole('combobox', { name: '延到什么时候' })
  await until.fill(typed)
  await until.press('Enter')
  await carriedOut(handler, '申请延期', { choose: { 哪项时限: '首次现场核查' }, words: { 理由: REASON } })
  return said
}

test('a deadline is extended once, by the level above, before it passes', async ({ browser }) => {
  test.setTimeout(300_000)
  const reporter = await citizen(browser)
  const receipt = await reported(reporter, PLACE)
  const dispatcher = await signedIn(browser, 'dispatcher-city')
  const page = await takenUp(dispatcher, PLACE)
  await dispatcher.context().close()
  const handler = await signedIn(browser, 'handler-huji', PHONE)
  await handler.goto(page)
  await command(handler, '签收')
  await unfolded(handler, '申请延期')
  const until = await asksFor(handler)
  const asked = handler.locator('section.card').filter({ has: handler.getByRole('heading', { name: '延期申请' }) })
  await expect(asked).toContainText('待批准')
  await expect(asked).toContainText(`→ ${until}`)
  await expect(offered(handler, '申请延期'), 'asked for once').toHaveCount(0)
  await expect(offered(handler, /同意延期/), 'nobody grants it to themselves').toHaveCount(0)

  const county = await signedIn(browser, 'leader-shuyang')
  await county.goto(page)
  const grant = '同意延期：首次现场核查'
  await unfolded(county, grant)
  await county.getByRole('button', { name: grant, exact: true }).click()
  await expect(county.getByRole('dialog', { name: grant })).toContainText(`延至 ${until}。申请理由：${REASON}`)
  await carriedOut(county, grant, { signed: true })

  await reloadedUntil(handler, () => expect(clockOf(handler)).toContainText(`期限 ${until}`, { timeout: 3_000 }))
  await expect(asked).toContainText('已同意')
  await expect(offered(handler, '增加协办单位')).toBeAttached()
  await expect(offered(handler, '申请延期'), 'and granted once').toHaveCount(0)
  const leader = await desk('leader-huji')
  const again = { obligation: 'first_inspection', to: new Date(Date.now() + 365 * A_DAY).toISOString(), reason: REASON }
  await expect(leader.post(`/api/v1/cases/${page.split('/').pop()}/extensions`, again), 'nor for a colleague').rejects.toThrow('这项期限已经申请过延期')

  await expect(async () => {
    await reporter.goto(`${base()}/status`)
    await reporter.getByLabel('查询码').fill(receipt)
    await reporter.getByRole('button', { name: '查看进展' }).click()
    await expect(reporter.locator('ol.steps')).toContainText(`理由：${REASON}`, { timeout: 3_000 })
  }).toPass({ timeout: 90_000 })
  await expect(reporter.locator('ol.steps')).toContainText('经上一级同意延期')
})

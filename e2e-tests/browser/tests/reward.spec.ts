// The first tip of a site is rewarded: the desk proposes it by the fine, a leader of the city signs, it is paid, and the reporter reads of each.
import { expect, test, type Page } from '@playwright/test'
import { carriedOut, command } from '../acts'
import { seriousAtBoth, seriousOn } from '../axe'
import { closedCase, goesToDoIt, newPlace, toldToTheReporter } from '../found'
import { signedIn } from '../people'

const PLACE = newPlace('旧印染厂')
const FINE = '120000'

async function readOfIt(reporter: Page, receipt: string, said: string): Promise<void> {
  await expect(async () => {
    await toldToTheReporter(reporter, receipt)
    await expect(reporter.locator('body')).toContainText(said, { timeout: 3_000 })
  }).toPass({ timeout: 90_000 })
}

/** From the case that is closed to its tip, with the fine; answers with the amount as the page has it. */
async function proposed(dispatcher: Page, page: string): Promise<string> {
  await dispatcher.goto(page)
  await dispatcher.getByRole('link', { name: PLACE }).click()
  await expect(dispatcher.getByText('还没有提出奖励。')).toBeVisible()
  await dispatcher.getByRole('spinbutton', { name: '罚款金额（元）' }).fill(FINE)
  await dispatcher.getByRole('button', { name: '提出奖励' }).click()
  await expect(dispatcher.getByRole('dialog', { name: '提出奖励' })).toContainText('按罚款 120,000.00 元计算奖励金额')
  await carriedOut(dispatcher, '提出奖励')
  const proposal = dispatcher.locator('#main li').filter({ hasText: '待批准' })
  await expect(proposal).toContainText(/[\d,]+\.\d\d 元/)
  await expect(dispatcher.getByRole('button', { name: /批准奖励|登记奖励已发放/ }), 'nobody agrees to what they propose').toHaveCount(0)
  return (await proposal.innerText()).match(/([\d,]+\.\d\d) 元/)?.[1] ?? ''
}

test('the first tip of a closed site is rewarded, and the reporter reads how it stands', async ({ browser }) => {
  test.setTimeout(600_000)
  const { page, handler, reporter, receipt } = await closedCase(browser, PLACE)
  await handler.context().close()
  const dispatcher = await signedIn(browser, 'dispatcher-city')
  const amount = await proposed(dispatcher, page)
  const told = amount.replaceAll(',', '')
  await readOfIt(reporter, receipt, '已提出奖励，正在审批')

  const leader = await signedIn(browser, 'leader-city')
  await goesToDoIt(leader, '奖励等待批准', PLACE)
  await leader.getByRole('button', { name: '批准奖励', exact: true }).click()
  await expect(leader.getByRole('dialog', { name: '批准奖励' })).toContainText(`批准发放奖励 ${amount} 元`)
  expect(await seriousOn(leader), 'a reward to be signed').toEqual([])
  await carriedOut(leader, '批准奖励', { signed: true })
  await expect(leader.getByText('已批准，待发放')).toBeVisible()
  await readOfIt(reporter, receipt, `已批准奖励 ${told} 元`)

  await goesToDoIt(dispatcher, '奖励等待发放', PLACE)
  await command(dispatcher, '登记奖励已发放', { signed: true })
  await expect(dispatcher.locator('#main li').filter({ hasText: `${amount} 元` })).toContainText('已发放')
  await expect(dispatcher.getByRole('button', { name: '登记奖励已发放' }), 'it is paid once').toHaveCount(0)
  await expect(dispatcher.getByRole('button', { name: '提出奖励' })).toHaveCount(0)
  await readOfIt(reporter, receipt, `已发放奖励 ${told} 元`)
  // All that the page of a closed case can hold: the reward, that it is not solved, what is destroyed.
  await expect(reporter.getByRole('button', { name: '没有解决，请重新办理' })).toBeVisible()
  await reporter.getByText('不想让系统再留着我写的内容').click()
  await expect(reporter.locator('form#erase')).toBeVisible()
  expect(await seriousAtBoth(reporter), 'the progress of a closed case').toEqual([])
})

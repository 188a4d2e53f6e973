// A story on the screens, from the public form to the closed case; it comes back elsewhere, and the inspector replays it all.
import { expect, test, type Page } from '@playwright/test'
import { command } from '../acts'
import { seriousAtBoth } from '../axe'
import { closedCase, newPlace, reloadedUntil, toldToTheReporter } from '../found'
import { base, desk, signedIn } from '../people'

const AFTER_THE_RECHECK = 35 * 24 * 60 * 60
const PLACE = newPlace('老窑厂')
const NOW_AT = newPlace('木材加工厂')

/** The township goes back, finds the kettles next door, and says so; a case of its own is opened. */
async function comesBack(handler: Page, page: string): Promise<void> {
  await handler.goto(page)
  await reloadedUntil(handler, () => expect(handler.getByText('销号后 30 天：待核查')).toBeVisible({ timeout: 3_000 }))
  await command(handler, '报告死灰复燃', {
    choose: { 与本案的关系: '原设备转移使用' },
    words: { 发现的情况: '原反应釜两台转移到邻村木材加工厂内继续生产。', 现在的地点: NOW_AT },
    unit: { 所在乡镇或村居: '胡集镇' },
  })
  const relapses = handler.locator('dl.facts > div').filter({ hasText: '之后的死灰复燃' })
  await reloadedUntil(handler, () => expect(relapses).toBeVisible({ timeout: 3_000 }))
}

/** A case of its own waits for the dispatcher, urgent, and names the one that it came from. */
async function opensAnother(dispatcher: Page, page: string): Promise<void> {
  await dispatcher.goto(page)
  await dispatcher.getByRole('link', { name: NOW_AT }).click()
  const main = dispatcher.locator('#main')
  await expect(main.locator('dl.facts > div').filter({ hasText: '死灰复燃前的原案件' }).getByRole('link', { name: PLACE })).toBeVisible()
  await expect(main.getByText('紧急', { exact: true })).toBeVisible()
  await expect(dispatcher.getByRole('button', { name: '交办', exact: true })).toBeVisible()
}

/** Every lane is there; an hour before the closing it was still the township's; who looked at it stands below. */
async function replayed(inspector: Page, number: string): Promise<void> {
  await inspector.goto(`${base()}/console/replay/cases/${number}`)
  await expect(inspector.getByRole('heading', { name: '案件回放' })).toContainText(PLACE)
  const lanes = inspector.getByRole('group', { name: '看哪些方面' })
  for (const lane of ['线索', '案件', '处置', '时限与问责']) await expect(lanes.getByText(lane, { exact: true })).toBeVisible()
  const steps = inspector.locator('ol.steps')
  for (const step of ['收到举报线索', '案件办结', '发现死灰复燃', '记录问责事项']) await expect(steps).toContainText(step)
}

/** The slider goes back, key by key, to the step before the closing: the case is open, the measures are done. */
async function beforeTheClosing(inspector: Page): Promise<void> {
  const instant = inspector.getByRole('complementary', { name: '选定时刻' })
  const closing = inspector.locator('ol.steps > li').filter({ has: inspector.locator('strong', { hasText: /^案件办结$/ }) })
  const step = ((await closing.locator('button.link').first().textContent()) ?? '').replace(/\D/g, '')
  await closing.getByRole('button', { name: `第 ${step} 步` }).first().click()
  const slider = instant.getByRole('slider', { name: '选定时刻' })
  await expect(slider).toHaveAttribute('aria-valuenow', step)
  await slider.press('ArrowLeft')
  await expect(slider).toHaveAttribute('aria-valuenow', String(Number(step) - 1))
  await expect(closing).toHaveClass(/later/)
  await expect(instant.getByText('与系统记录核对一致。')).toBeVisible()
  await expect(instant.locator('strong').filter({ hasText: /^胡集镇$/ })).toBeVisible()
  await instant.getByText(/^看全部记录的情况/).click()
  const states = instant.locator('details.all > details[open]').filter({ has: inspector.locator('summary', { hasText: '案件' }) })
  await expect(states).not.toContainText('办结')
}

/** Whoever answers for the township has to explain the relapse. */
async function heldToAccount(inspector: Page): Promise<void> {
  await inspector.goto(`${base()}/console/accountability?list=failures&kind=relapse`)
  const failure = inspector.locator('ul.list > li').filter({ hasText: PLACE })
  await expect(failure).toContainText('死灰复燃')
  await expect(failure).toContainText('演示·胡集镇负责人')
  await expect(failure).toContainText('待说明')
}

/** Who looked at it until then, and the dossier of that instant in a window of its own. */
async function seenAndPrinted(inspector: Page): Promise<void> {
  await inspector.getByRole('button', { name: '查看', exact: true }).click()
  const sight = inspector.locator('section.card').filter({ has: inspector.getByRole('heading', { name: '谁能看到、谁看过' }) })
  await expect(sight).toContainText('能看到的单位和人员')
  await expect(sight.locator('ol.readings')).toContainText('演示·胡集镇承办人')
  const printed = inspector.waitForEvent('popup')
  await inspector.getByRole('link', { name: /打印案卷/ }).click()
  const dossier = await printed
  await expect(dossier.locator('body')).toContainText(PLACE)
  expect(await seriousAtBoth(dossier), 'a dossier').toEqual([])
}

test('from the public form to the closed case, its relapse and the replay', async ({ browser }) => {
  test.setTimeout(900_000)
  const { page, handler, reporter, receipt } = await closedCase(browser, PLACE)
  await toldToTheReporter(reporter, receipt)
  const number = page.split('/').pop() ?? ''

  const admin = await desk('admin')
  await admin.post('/api/v1/admin/clock/advance', { seconds: AFTER_THE_RECHECK })
  await comesBack(handler, page)
  await opensAnother(await signedIn(browser, 'dispatcher-city'), page)
  const inspector = await signedIn(browser, 'inspector')
  await replayed(inspector, number)
  await beforeTheClosing(inspector)
  await seenAndPrinted(inspector)
  await heldToAccount(inspector)
})

// Whoever was pressed explains, the level above judges: on the screens, by the persons whom the call named.
import { expect, test } from '@playwright/test'
import { carriedOut } from '../acts'
import { base, PHONE, signedIn } from '../people'

test('a leader explains a missed deadline, and the level above judges it', async ({ browser }) => {
  const text = `案件移交时遗漏，已指定专人每日核对（${Date.now()}）`
  const leader = await signedIn(browser, 'leader-huji', PHONE)
  await leader.goto(`${base()}/console/accountability?list=escalations&explanation=awaited`)
  const owed = leader.locator('ul.list > li').filter({ has: leader.getByRole('button', { name: '提交说明' }) }).first()
  await expect(owed, 'the highest call is the one that is owed, by a day').toContainText('最迟说明')
  await leader.goto(`${base()}/console/accountability?list=escalations&explanation=overtaken`)
  const asked = leader.locator('ul.list > li').filter({ has: leader.getByRole('button', { name: '补充说明（不是必须）' }), hasNotText: '移送纪委监委' }).first()
  await expect(asked, 'a higher call asks in its stead, and whoever explains is heard all the same').toContainText('已由更高一级督促代替')
  await asked.getByRole('button', { name: '补充说明（不是必须）' }).click()
  await carriedOut(leader, '补充说明', { words: { 没有按期完成的原因和补救措施: text } })
  await leader.goto(`${base()}/console/accountability?list=escalations&explanation=submitted`)
  const explained = leader.locator('ul.list > li').filter({ hasText: text })
  await expect(explained).toContainText('已说明，待认定')
  await expect(explained.getByRole('button'), 'nobody judges own work').toHaveCount(0)

  const above = await signedIn(browser, 'leader-shuyang')
  await above.goto(`${base()}/console/accountability?list=escalations&explanation=submitted`)
  const judged = above.locator('ul.list > li').filter({ hasText: text })
  await judged.getByRole('button', { name: '认定说明成立', exact: true }).click()
  await carriedOut(above, '认定说明成立', { words: { '意见（对方会看到）': '整改措施具体，予以认可。' }, signed: true })
  await expect(judged, 'it waits no longer').toHaveCount(0)

  await leader.goto(`${base()}/console/accountability?list=escalations&explanation=accepted`)
  await expect(explained).toContainText('说明成立')
  await expect(explained).toContainText('整改措施具体，予以认可。')
})

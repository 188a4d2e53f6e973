// A call that nobody had time to type: its recording is the tip, somebody listens and writes it down, another one is added later.
import { expect, test } from '@playwright/test'
import { seriousOn } from '../axe'
import { newPlace } from '../found'
import { base, signedIn } from '../people'
import { recording } from '../recording'

test('a recorded call is taken down, listened to, and written down', async ({ browser }) => {
  const place = newPlace('旧码头')
  const page = await signedIn(browser, 'operator-city')
  await page.goto(`${base()}/console/call`)
  await page.getByRole('textbox', { name: '在哪里' }).fill(place)
  await page.getByText('更多：坐标、录音、照片、反映单位或干部').click()
  const choose = page.locator('label').filter({ hasText: '选择录音' }).locator('input[type=file]')
  await choose.setInputFiles({ name: '说明.txt', mimeType: 'text/plain', buffer: Buffer.from('no recording') })
  // Until the browser has read the file the sheet says so.
  await expect(async () => {
    await page.keyboard.press('Control+Enter')
    await expect(page.getByText('只能上传 MP3、WAV、M4A 或 OGG 录音')).toBeVisible({ timeout: 2_000 })
  }).toPass()
  await page.getByRole('list', { name: '通话录音' }).getByRole('button', { name: '移除' }).click()
  await choose.setInputFiles(recording())
  expect(await seriousOn(page), 'a call sheet with a recording').toEqual([])
  await page.getByRole('button', { name: /^登记/ }).click()
  await expect(page.getByText('请把查询码念给举报人')).toBeVisible()

  await page.goto(`${base()}/console/transcripts`)
  await page.getByRole('button', { name: place }).click()
  await page.getByRole('button', { name: '播放第 1 段录音' }).click()
  const player = page.getByLabel('第 1 段通话录音')
  await expect(player).toBeVisible()
  await expect.poll(() => player.evaluate((audio: HTMLAudioElement) => audio.duration), 'the browser can play it').toBeGreaterThan(0)
  expect(await seriousOn(page), 'listening and writing').toEqual([])
  await page.getByRole('textbox', { name: '反映的情况' }).fill('来电人称旧码头夜里卸桶，有刺鼻气味。')
  await page.keyboard.press('Control+Enter')
  await expect(page.getByText('已保存。')).toBeVisible()
  await expect(page.getByRole('button', { name: place })).toHaveCount(0)

  const dispatcher = await signedIn(browser, 'dispatcher-city')
  await dispatcher.goto(`${base()}/console/tips`)
  await dispatcher.getByRole('link', { name: place }).click()
  await expect(dispatcher.locator('#main')).toContainText('来电人称旧码头夜里卸桶，有刺鼻气味。')
  await dispatcher.locator('label').filter({ hasText: '补存通话录音' }).locator('input[type=file]').setInputFiles(recording('第二通.wav'))
  await expect(dispatcher.getByText('录音已密封保存。')).toBeVisible()
  await expect(dispatcher.getByRole('button', { name: '播放第 2 段录音' })).toBeVisible()
  expect(await seriousOn(dispatcher), 'a tip with recordings').toEqual([])
  await dispatcher.context().close()
  await page.context().close()
})

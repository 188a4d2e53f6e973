// What the public form does more where scripts run, and all of it by keyboard: proof of work, danger, draft, position, photos, receipt.
import { expect, test, type Browser, type BrowserContext, type Locator, type Page } from '@playwright/test'
import { createHash } from 'node:crypto'
import { newPlace } from '../found'
import { base, citizen, PHONE } from '../people'
import { photo } from '../photo'

const RECEIPT = /\d{4} \d{4} \d{4} \d{4}/
const DRAFT = 'mingcha-draft'

/** Notes what a form is sent with; files by their names. */
async function noting(page: Page): Promise<() => Promise<Record<string, string[]>>> {
  await page.addInitScript(() => {
    document.addEventListener('formdata', (event) => {
      const said: Record<string, string[]> = {}
      for (const [name, value] of (event as FormDataEvent).formData) (said[name] ??= []).push(typeof value === 'string' ? value : value.name)
      sessionStorage.setItem('noted', JSON.stringify(said))
    }, true)
  })
  return async () => JSON.parse((await page.evaluate(() => sessionStorage.getItem('noted'))) ?? '{}') as Record<string, string[]>
}
async function opened(browser: Browser, options: Parameters<Browser['newContext']>[0] = {}): Promise<{ page: Page; context: BrowserContext }> {
  const context = await browser.newContext({ viewport: PHONE, locale: 'zh-CN', timezoneId: 'Asia/Shanghai', ...options })
  return { page: await context.newPage(), context }
}
const draftOf = (page: Page): Promise<string | null> => page.evaluate((key) => localStorage.getItem(key), DRAFT)

/** Whether the hash of number, challenge and zeros begins with as many zero bits as the challenge asks for. */
function isSolved(challenge: string, proof: string): boolean {
  const message = Buffer.alloc(16 * 1024)
  message.writeBigUInt64BE(BigInt(proof))
  message.write(challenge, 8, 'latin1')
  const bits = Number(challenge.split('.')[2])
  return createHash('sha256').update(message).digest().readUInt32BE(0) >>> (32 - bits) === 0
}

test('a report goes with the work that proves it, and its receipt can be copied', async ({ browser }) => {
  const { page, context } = await opened(browser, { permissions: ['clipboard-read', 'clipboard-write'] })
  const noted = await noting(page)
  await page.goto(`${base()}/report`)
  await page.getByLabel('地点在哪里').fill(newPlace('砖窑'))
  await page.getByLabel('情况说明').fill('夜里有货车进出。')
  await page.getByRole('button', { name: '提交举报' }).click()
  await expect(page.locator('.receipt')).toContainText(RECEIPT, { timeout: 60_000 })
  const { challenge, proof } = await noted()
  expect(proof?.[0], 'a proof was sent').toMatch(/^\d+$/)
  expect(isSolved(challenge?.[0] ?? '', proof?.[0] ?? ''), 'and it is one').toBe(true)
  const receipt = (await page.locator('.receipt').innerText()).match(RECEIPT)?.[0] ?? ''
  await page.getByRole('button', { name: '复制查询码' }).click()
  await expect(page.locator('#copied')).toHaveText(/已复制/)
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(receipt.replaceAll(' ', ''))
  await context.close()
})

test('danger waits for nothing', async ({ browser }) => {
  const page = await citizen(browser)
  const noted = await noting(page)
  // The work never ends here, and what is sent is answered here: nobody is called out by a test.
  await page.addInitScript(() => (crypto.subtle.digest = () => new Promise<ArrayBuffer>(() => undefined)))
  await page.route('**/report', (route) => (route.request().method() === 'POST' ? route.fulfill({ contentType: 'text/html', body: '<h1>sent</h1>' }) : route.continue()))
  await page.goto(`${base()}/report`)
  await page.getByLabel('现在就有危险').check()
  await page.getByLabel('地点在哪里').fill('胡集镇旧砖瓦厂')
  await page.getByLabel('情况说明').fill('着火了。')
  await page.getByRole('button', { name: '提交举报' }).click()
  await expect(page.getByRole('heading', { name: 'sent' })).toBeVisible({ timeout: 10_000 })
  expect(await noted()).toMatchObject({ danger: ['yes'], proof: [''], narrative: ['着火了。'] })
  await page.context().close()
})

test('a draft is kept if wanted, without who somebody is, and goes when it is dropped or sent', async ({ browser }) => {
  const place = newPlace('旧窑')
  const { page, context } = await opened(browser, { permissions: ['geolocation'], geolocation: { latitude: 33.96123, longitude: 118.27456, accuracy: 12 } })
  const [narrative, keep, restored] = [page.getByLabel('情况说明'), page.getByLabel('在这台设备上保存草稿'), page.getByText('已恢复上次的草稿')]
  await page.goto(`${base()}/report`)
  await page.getByLabel('地点在哪里').fill(place)
  await narrative.fill('夜里有刺鼻气味。')
  expect(await draftOf(page), 'nothing is kept unasked').toBeNull()
  await keep.check()
  await page.getByLabel('刺鼻的气味').check()
  await page.locator('label[for=identity-named]').click()
  await page.getByLabel('怎么称呼您').fill('王某某')
  await page.locator('#phone').fill('19900000012')
  await page.getByText('是否反映某个单位或干部').click()
  await page.getByLabel('反映的是谁、什么事').fill('某干部通风报信')
  await page.getByRole('button', { name: '用我现在的位置' }).click()
  await expect(page.locator('#position-taken')).toBeVisible()
  await page.locator('#photos').setInputFiles(photo('院门.png'))
  await narrative.fill('夜里有刺鼻气味，有货车。')
  const kept = (await draftOf(page)) ?? ''
  expect(JSON.parse(kept)).toMatchObject({ place, narrative: '夜里有刺鼻气味，有货车。', seen: ['smell'] })
  expect(kept).not.toMatch(/王某某|19900000012|通风报信|33\.96|118\.27|院门/)

  await page.reload()
  await expect(restored).toBeVisible()
  await expect(narrative).toHaveValue('夜里有刺鼻气味，有货车。')
  await expect(page.getByLabel('刺鼻的气味')).toBeChecked()
  await expect(page.locator('#phone')).toHaveValue('')
  await expect(page.locator('#official_said')).toHaveValue('')
  await page.getByRole('button', { name: '删除草稿' }).click()
  await expect(page.getByLabel('地点在哪里')).toHaveValue('')
  await expect(page.getByLabel('地点在哪里')).toBeFocused()
  expect(await draftOf(page)).toBeNull()

  await page.getByLabel('地点在哪里').fill(place)
  await narrative.fill('夜里有货车。')
  await keep.check()
  expect(await draftOf(page)).toContain('夜里有货车')
  await page.getByRole('button', { name: '提交举报' }).click()
  await expect(page.locator('.receipt')).toContainText(RECEIPT, { timeout: 60_000 })
  await expect.poll(() => draftOf(page), { message: 'what was sent is kept no longer' }).toBeNull()
  await context.close()
})

test('a position takes the place of its words, and can be taken back or refused', async ({ browser }) => {
  const { page, context } = await opened(browser, { permissions: ['geolocation'], geolocation: { latitude: 33.96123, longitude: 118.27456, accuracy: 12 } })
  await page.goto(`${base()}/report`)
  const [place, take] = [page.locator('#place'), page.getByRole('button', { name: '用我现在的位置' })]
  await take.click()
  await expect(page.locator('#position-taken')).toContainText('误差约 12 米')
  expect(await page.locator('form#report').evaluate((form: HTMLFormElement) => ['latitude', 'longitude'].map((name) => new FormData(form).get(name)))).toEqual(['33.96123', '118.27456'])
  await expect(place).not.toHaveAttribute('required')
  await page.getByRole('button', { name: '不用这个位置' }).click()
  await expect(page.locator('#position-taken')).toBeHidden()
  await expect(place).toHaveAttribute('required')
  await expect(take).toBeFocused()
  expect(await page.locator('[name=latitude]').inputValue()).toBe('')
  await context.close()

  const refusing = await citizen(browser)
  await refusing.goto(`${base()}/report`)
  await refusing.getByRole('button', { name: '用我现在的位置' }).click()
  await expect(refusing.getByText('没有定到位置，请用文字写明地点。')).toBeVisible()
  await refusing.context().close()
})

test('a heavy photo is made lighter before it goes over a poor line', async ({ browser }) => {
  const page = await citizen(browser)
  await page.goto(`${base()}/report`)
  const before = await page.evaluate(async () => {
    const canvas = document.createElement('canvas')
    canvas.width = canvas.height = 2600
    const surface = canvas.getContext('2d')!
    // Noise is what a camera's file is heavy with.
    const noise = surface.createImageData(canvas.width, canvas.height)
    for (let index = 0; index < noise.data.length; index += 1) noise.data[index] = index % 4 === 3 ? 255 : Math.random() * 256
    surface.putImageData(noise, 0, 0)
    const taken = await new Promise<Blob>((done) => canvas.toBlob((blob) => done(blob!), 'image/jpeg', 1))
    const chosen = new DataTransfer()
    chosen.items.add(new File([taken], '重.jpg', { type: 'image/jpeg' }))
    const input = document.querySelector<HTMLInputElement>('#photos')!
    input.files = chosen.files
    input.dispatchEvent(new Event('change', { bubbles: true }))
    return taken.size
  })
  const goes = () => page.locator('form#report').evaluate((form: HTMLFormElement) => (new FormData(form).getAll('photos') as File[]).filter((one) => one.size > 0).map((one) => one.size))
  await expect.poll(async () => (await goes())[0] ?? before, { timeout: 30_000 }).toBeLessThan(before / 2)
  expect(await goes()).toHaveLength(1)
  await expect(page.locator('#photos-says')).toHaveText('')
  await page.context().close()
})

test('photos join one by one, one is dropped, and too many or too large are said', async ({ browser }) => {
  const page = await citizen(browser)
  await page.goto(`${base()}/report`)
  const [all, taken, list] = [page.locator('#photos'), page.locator('#photos-taken'), page.locator('#photos-list > li')]
  const sent = (): Promise<string[]> => page.locator('form#report').evaluate((form: HTMLFormElement) => new FormData(form).getAll('photos').map((one) => (one as File).name).filter(Boolean))
  await all.setInputFiles([photo('一.png'), photo('二.png')])
  await taken.setInputFiles(photo('三.png'))
  await expect(list).toHaveCount(3)
  expect(await sent()).toEqual(['一.png', '二.png', '三.png'])
  await page.getByRole('button', { name: '去掉照片 2' }).click()
  await expect(list).toHaveCount(2)
  expect(await sent()).toEqual(['一.png', '三.png'])
  await all.setInputFiles({ name: '大.png', mimeType: 'image/png', buffer: Buffer.alloc(10 * 1024 * 1024 + 1) })
  await expect(page.locator('#photos-says')).toContainText('超过 10 MB')
  await all.setInputFiles(['四.png', '五.png', '六.png', '七.png'].map((name) => photo(name)))
  await expect(page.locator('#photos-says')).toContainText('最多 5 张')
  expect(await sent()).toEqual(['一.png', '三.png', '四.png', '五.png', '六.png'])
  await page.context().close()
})

/** Tab until it has the keyboard. */
async function tabTo(page: Page, what: Locator): Promise<void> {
  for (let presses = 0; presses < 60; presses += 1) {
    if (await what.evaluate((element) => element === document.activeElement)) return
    await page.keyboard.press('Tab')
  }
  await expect(what, 'Tab comes to it').toBeFocused()
}

test('by keyboard alone: past the head, refused, to the mistake, corrected, sent', async ({ browser }) => {
  const page = await citizen(browser)
  await page.goto(`${base()}/report`)
  await page.keyboard.press('Tab')
  const skip = page.getByRole('link', { name: '跳到正文' })
  await expect(skip).toBeFocused()
  await expect(skip).toBeInViewport()
  await page.keyboard.press('Enter')
  await page.keyboard.press('Tab')
  await expect(page.getByLabel('现在就有危险'), 'the head is left behind').toBeFocused()
  // The browser's own check would stop it before ours is seen.
  await page.locator('form#report').evaluate((form: HTMLFormElement) => (form.noValidate = true))
  await tabTo(page, page.getByLabel('情况说明'))
  await page.keyboard.type('夜里有刺鼻气味。')
  await tabTo(page, page.getByRole('button', { name: '提交举报' }))
  await page.keyboard.press('Enter')
  const summary = page.getByRole('alert').filter({ hasText: '还没有提交成功' })
  await expect(summary).toBeFocused()
  await page.keyboard.press('Tab')
  await expect(summary.getByRole('link').first()).toBeFocused()
  await page.keyboard.press('Enter')
  const place = page.getByLabel('地点在哪里')
  await expect(place).toBeFocused()
  await page.keyboard.type(newPlace('窑厂'))
  await tabTo(page, page.getByRole('button', { name: '提交举报' }))
  await page.keyboard.press('Enter')
  await expect(page.locator('.receipt')).toContainText(RECEIPT, { timeout: 60_000 })
  await page.context().close()
})

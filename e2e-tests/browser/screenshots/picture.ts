// How pictures are taken: where they are written, at which widths, and how much of a page is on one.
import { expect, type Locator, type Page } from '@playwright/test'
import { mkdirSync } from 'node:fs'
import { resolve } from 'node:path'
import { base, DESK, PHONE } from '../people'

const FOLDER = resolve(import.meta.dirname, '../../../target/browser/screenshots')
/** A history of hundreds of steps goes on as it begins. */
const TALLEST = 4_000
mkdirSync(FOLDER, { recursive: true })

/** What could not be taken; the rest is taken all the same. */
const missing: string[] = []

/** After each test: a picture that is not there is a failure, not a gap in a folder. */
export function nothingMissing(): void {
  expect(missing.splice(0), 'what could not be taken').toEqual([])
}

/** The whole page; of what lies over a page, what somebody sees of it. */
export async function taken(page: Page, name: string, whole = true): Promise<void> {
  await page.waitForLoadState('networkidle')
  // What is off the screen is not drawn, for speed; on a picture it is.
  await page.evaluate((whole) => {
    const drawn = new CSSStyleSheet()
    drawn.replaceSync('* { content-visibility: visible !important; }')
    document.adoptedStyleSheets = [drawn]
    if (whole) window.scrollTo({ top: 0, behavior: 'instant' })
  }, whole)
  const width = page.viewportSize()?.width ?? 0
  const tall = await page.evaluate(() => document.documentElement.scrollHeight)
  const file = (part: string) => resolve(FOLDER, `${name.replace(/[^a-z0-9\u4e00-\u9fff]+/gi, '-')}${part}-${width}.png`)
  if (!whole) {
    await page.screenshot({ path: file('') })
    return
  }
  await page.screenshot({ path: file(''), fullPage: true, clip: { x: 0, y: 0, width, height: Math.min(tall, TALLEST) } })
  if (tall <= TALLEST) return
  const height = Math.min(tall - TALLEST, TALLEST)
  await page.screenshot({ path: file('-end'), fullPage: true, clip: { x: 0, y: tall - height, width, height } })
}

/** At both widths, without reading it twice: a window that is made narrow shows the same as a narrow one. */
export async function both(page: Page, name: string, whole = true): Promise<void> {
  for (const size of [DESK, PHONE]) {
    await page.setViewportSize(size)
    await page.waitForTimeout(200)
    await taken(page, name, whole)
  }
  await page.setViewportSize(DESK)
}

export async function opened(page: Page, place: string): Promise<void> {
  await page.goto(`${base()}${place}`, { waitUntil: 'networkidle' })
}

/** What a button opens over the page, down to its buttons; then it is left as it was. */
export async function dialogOf(page: Page, button: Locator, name: string, fill?: (dialog: Locator) => Promise<void>): Promise<void> {
  if (!(await button.first().waitFor({ timeout: 5_000 }).then(() => true, () => false))) {
    missing.push(`no button for ${name}`)
    return
  }
  await button.first().click()
  const dialog = page.getByRole('dialog').last()
  // Some buttons unfold a form on the page instead.
  if (!(await dialog.waitFor({ timeout: 3_000 }).then(() => true, () => false))) {
    if (!(await page.locator('#main form').count())) missing.push(`nothing opened for ${name}`)
    await both(page, name)
    return
  }
  await page.waitForTimeout(400)
  if (fill) await fill(dialog)
  await both(page, name, false)
  await page.setViewportSize(PHONE)
  const below = await dialog.evaluate((box) => box.getBoundingClientRect().bottom > window.innerHeight)
  if (below) {
    await dialog.locator('.dialog-buttons').last().scrollIntoViewIfNeeded()
    await taken(page, `${name} end`, false)
  }
  await page.setViewportSize(DESK)
  const cancel = dialog.getByRole('button', { name: '取消', exact: true })
  if (await cancel.count()) await cancel.first().click()
  else await page.keyboard.press('Escape')
  await page.waitForTimeout(400)
  const givenUp = page.getByRole('button', { name: '放弃填写', exact: true })
  if (await givenUp.isVisible()) await givenUp.click()
  await expect(dialog).toBeHidden()
}

// What axe finds on a page that would keep somebody from using it.
import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { DESK, PHONE } from './people'

/** Each serious finding and where it is; `unasked` names rules that cannot be judged there. */
export async function seriousOn(page: Page, unasked: string[] = []): Promise<string[]> {
  // What is still fading in has the colours of neither before nor after. What moves without end is not waited for.
  await page.evaluate(async () => {
    const ends = document.getAnimations().filter((one) => one.playState === 'running' && one.effect?.getComputedTiming().endTime !== Infinity)
    await Promise.all(ends.map((one) => one.finished.catch(() => undefined)))
  })
  // What is off the screen is not drawn, for speed: there it has neither its size nor its words, and axe would judge a stand-in.
  await page.evaluate(() => {
    const drawn = new CSSStyleSheet()
    drawn.replaceSync('* { content-visibility: visible !important; }')
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, drawn]
  })
  const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']).disableRules(unasked).analyze()
  await page.evaluate(() => {
    document.adoptedStyleSheets = document.adoptedStyleSheets.slice(0, -1)
  })
  const serious = violations.filter((one) => one.impact === 'serious' || one.impact === 'critical')
  return serious.map((one) => `${one.id}: ${one.help}\n${one.nodes.slice(0, 5).map((node) => `    ${node.target.join(' ')}  ${node.failureSummary?.split('\n')[1] ?? ''}`).join('\n')}`)
}

/** The same at a desk and on a phone, without opening it twice. */
export async function seriousAtBoth(page: Page, unasked: string[] = []): Promise<string[]> {
  const found: string[] = []
  for (const size of [PHONE, DESK]) {
    await page.setViewportSize(size)
    found.push(...(await seriousOn(page, unasked)).map((one) => `at ${size.width}: ${one}`))
  }
  return found
}

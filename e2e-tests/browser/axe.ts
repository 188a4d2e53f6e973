// What axe finds on a page that would keep somebody from using it.
import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'

/** Each serious finding and where it is. */
export async function seriousOn(page: Page): Promise<string[]> {
  // What is still fading in has the colours of neither before nor after. What moves without end is not waited for.
  await page.evaluate(async () => {
    const ends = document.getAnimations().filter((one) => one.playState === 'running' && one.effect?.getComputedTiming().endTime !== Infinity)
    await Promise.all(ends.map((one) => one.finished.catch(() => undefined)))
  })
  const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']).analyze()
  const serious = violations.filter((one) => one.impact === 'serious' || one.impact === 'critical')
  return serious.map((one) => `${one.id}: ${one.help}\n${one.nodes.slice(0, 5).map((node) => `    ${node.target.join(' ')}  ${node.failureSummary?.split('\n')[1] ?? ''}`).join('\n')}`)
}

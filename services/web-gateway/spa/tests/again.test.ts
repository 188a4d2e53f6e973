// That what the page of a draw says was copied was copied, and that anybody can draw again without our program.
import { enableAutoUnmount, flushPromises, mount } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import DrawAgain from '@/pages/supervision/DrawAgain.vue'
import type { Draw } from '@/pages/supervision/draw'
import { draws as texts } from '@/texts/supervision'

vi.setConfig({ testTimeout: 60_000 })
enableAutoUnmount(afterEach)
const clipboard = (value: unknown) => Object.defineProperty(navigator, 'clipboard', { value, configurable: true })
const before = Object.getOwnPropertyDescriptor(navigator, 'clipboard')
beforeEach(() => void clipboard(undefined))
afterEach(() => (before ? Object.defineProperty(navigator, 'clipboard', before) : Reflect.deleteProperty(navigator, 'clipboard')))

const draw = { draw_id: 'd1', round: 1, percent: 40, at_least: 1, digits: null, list: [], digest: '', seed: null, chosen: [] } as unknown as Draw
async function shown() {
  const page = mount(DrawAgain, { props: { draw } })
  await flushPromises()
  return page
}
type Shown = Awaited<ReturnType<typeof shown>>
async function copies(page: Shown): Promise<string> {
  await page.findAll('details button')[0]?.trigger('click')
  await flushPromises()
  return page.get('details [role=status]').text()
}

describe('a draw done again', () => {
  it('says that it was copied only if it was', async () => {
    const writeText = vi.fn(() => Promise.resolve())
    clipboard({ writeText })
    expect(await copies(await shown())).toBe(texts.copied('python3 redraw.py draw.json'))
    expect(writeText).toHaveBeenCalledWith('python3 redraw.py draw.json')
    clipboard({ writeText: () => Promise.reject(new Error('refused')) })
    expect(await copies(await shown())).toBe(texts.notCopied)
  })
  it('offers no copying where there is no clipboard', async () => {
    const page = await shown()
    expect(page.findAll('details button')).toHaveLength(0)
    expect(page.text()).toContain('python3 redraw.py draw.json')
  })
  it('hands out the list and the program as the public page does', async () => {
    expect((await shown()).findAll('a[download]').map((one) => [one.attributes('href'), one.attributes('download')])).toEqual([['/api/v1/draws/d1', 'draw.json'], ['/draws/redraw.py', '']])
  })
})

// What the oldest browsers lack is done by older means, and whoever has an older one yet is told what to do.
import { readFileSync } from 'node:fs'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { randomId } from '@/older'
import { copied, lastFitting, reversed } from '@/parts/arrays'

afterEach(() => void vi.unstubAllGlobals())

describe('lists', () => {
  it('are searched from behind and turned around without being changed', () => {
    const list = Object.freeze([1, 4, 3, 6, 5])
    const even = (one: number) => one % 2 === 0
    expect([lastFitting(list, even), lastFitting([1], even), lastFitting([], even)]).toEqual([6, undefined, undefined])
    expect([reversed(list), list]).toEqual([[5, 6, 3, 4, 1], [1, 4, 3, 6, 5]])
  })
  it('are copied with all that is in them', () => {
    const whole = { days: [{ from: null, to: '2020-06-01' }] }
    const copy = copied(whole)
    copy.days[0]!.to = ''
    expect(whole).toEqual({ days: [{ from: null, to: '2020-06-01' }] })
  })
})

describe('a random id', () => {
  it('is a UUID of version 4, another each time', () => {
    const ids = Array.from({ length: 20 }, randomId)
    expect(ids.filter((one) => !/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(one))).toEqual([])
    expect(new Set(ids).size).toBe(20)
  })
})

describe('the page before the console', () => {
  it('says what happens and names the browsers for which it is built, without any style or script of its own', () => {
    const page = readFileSync('index.html', 'utf8')
    const oldest = /OLDEST = \['chrome(\d+)', 'safari([\d.]+)', 'firefox(\d+)'\]/.exec(readFileSync('vite.config.ts', 'utf8'))
    const [, chrome, safari, firefox] = oldest ?? []
    const shown = new DOMParser().parseFromString(page, 'text/html')
    const said = shown.querySelector('#app')?.textContent ?? ''
    expect(said).toContain('正在打开工作台')
    expect(said).toContain(`Chrome 或 Edge ${chrome} 以上、Firefox ${firefox} 以上`)
    expect(said).toContain(`iOS ${safari} 以上`)
    expect([shown.querySelectorAll('style, [style]').length, [...shown.scripts].filter((one) => !one.src).length]).toEqual([0, 0])
  })
})

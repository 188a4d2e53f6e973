// What an administrator is shown of a change before it is made.
import { flushPromises, mount } from '@vue/test-utils'
import ElementPlus from 'element-plus'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import ImportChanges from '@/pages/admin/ImportChanges.vue'
import WhatMoves from '@/pages/admin/WhatMoves.vue'
import { foresight, said } from '@/texts/admin'
import { special } from '@/texts/supervision'

const clock = { unit: '321322102', unit_name: '胡集镇', obligation: 'acknowledge', obligation_title: '签收', from: '2020-06-01T15:59:59Z', to: '2020-06-02T15:59:59Z', no_longer_missed: true }
const foreseen = (later: number, sooner: number) => ({ running: 9, later, sooner, moved: later + sooner ? [clock] : [] })

describe('what a setting would move', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  it('is told in numbers and by the clocks themselves', async () => {
    const page = mount(WhatMoves, { props: { foresee: () => Promise.resolve(foreseen(2, 1)), draft: 1 }, global: { plugins: [ElementPlus] } })
    await flushPromises()
    expect(page.text()).toContain('正在计算的时限有 9 个：2 个推迟到期，1 个提前到期')
    expect(page.text()).toContain('胡集镇　签收')
    expect(page.text()).toContain('改后不再超期')
    expect(page.text()).toContain('前 1 个')
  })

  it('is asked once for many clicks, and says when nothing moves', async () => {
    const foresee = vi.fn(() => Promise.resolve(foreseen(0, 0)))
    const page = mount(WhatMoves, { props: { foresee, draft: 1 }, global: { plugins: [ElementPlus] } })
    await flushPromises()
    for (const draft of [2, 3, 4]) await page.setProps({ draft })
    await vi.advanceTimersByTimeAsync(1_000)
    await flushPromises()
    expect(foresee).toHaveBeenCalledTimes(2)
    expect(page.text()).toContain('都不受影响')
  })
})

describe('the numbers of special supervision', () => {
  it('are called the same wherever they stand', () => {
    expect(said.counted).toEqual(special.names)
    expect(foresight.numbers({ open_findings: 1, grave_findings: 2, failures: 3, overdue: 4 })).toBe('未整改的督导问题 1、突出问题 2、问责事项 3、超期事项（不含答复督促） 4')
  })
})

describe('what a table would change', () => {
  const changes = (many: number) => Array.from({ length: many }, (_, place) => ({ row: place + 2, code: `3213221022${place}`, is_new: place > 0, cells: place > 0 ? [] : [{ column: '单位名称', before: '示范三村', after: '' }] }))

  it('is told cell by cell, and what is new as that', () => {
    const page = mount(ImportChanges, { props: { changes: changes(2), onlyChecked: true }, global: { plugins: [ElementPlus] } })
    expect(page.find('h2').text()).toBe('会新增或改动的 2 行')
    expect(page.findAll('tbody tr').map((row) => row.findAll('td')[2]?.text())).toEqual(['单位名称：示范三村 → （空）', '新增'])
    expect(page.find('button').exists()).toBe(false)
  })

  it('comes in pages when it is long', async () => {
    const page = mount(ImportChanges, { props: { changes: changes(450), onlyChecked: false }, global: { plugins: [ElementPlus] } })
    expect(page.find('h2').text()).toBe('新增或改动的 450 行')
    expect(page.findAll('tbody tr')).toHaveLength(200)
    await page.get('button').trigger('click')
    await page.get('button').trigger('click')
    expect(page.findAll('tbody tr')).toHaveLength(450)
    expect(page.find('button').exists()).toBe(false)
  })
})

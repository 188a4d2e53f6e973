// A picker of units in a city of thousands: what fits is found by name or code, and never drawn by the thousand.
import { mount } from '@vue/test-utils'
import ElementPlus, { ElTreeSelect } from 'element-plus'
import { nextTick } from 'vue'
import { describe, expect, it, vi } from 'vitest'
import UnitPicker from '@/parts/UnitPicker.vue'
import { units, type UnitEntry } from '@/parts/units'

const api = vi.hoisted(() => ({ GET: vi.fn(() => new Promise(() => undefined)) }))
vi.mock('@/api/client', async (original) => ({ ...(await original<object>()), api }))

const one = (code: string, name: string, parent: string | null, level: string) => ({ code, name, parent, level, kind: 'government', merged_into: null }) as unknown as UnitEntry

describe('a picker of units', () => {
  it('offers the first of those that fit, and says that there are more', async () => {
    units.value = [one('321300', '宿迁市', null, 'city'), ...Array.from({ length: 150 }, (_, index) => one(`3213${index}`, `第 ${index} 村`, '321300', 'village'))]
    const shown = mount(UnitPicker, { props: { modelValue: undefined }, global: { plugins: [ElementPlus] } })
    const select = shown.getComponent(ElTreeSelect)
    const fits = (typed: string) => units.value.filter((unit) => (select.props('filterNodeMethod') as (typed: string, node: object) => boolean)(typed, { value: unit.code, name: unit.name }))
    expect(fits('村')).toHaveLength(60)
    await nextTick()
    expect(Object.keys(select.vm.$slots)).toContain('footer')
    expect(fits('149').map((unit) => unit.name)).toEqual(['第 149 村'])
    expect(fits('3213149').map((unit) => unit.code)).toEqual(['3213149'])
    expect(fits('')).toHaveLength(151)
    await nextTick()
    expect(Object.keys(select.vm.$slots)).not.toContain('footer')
    shown.unmount()
  })
})

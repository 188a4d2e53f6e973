// What every page leans on: bodies of commands, what is missing, times, receipts, the tree of units.
import { describe, expect, it } from 'vitest'
import { Problem } from '@/api/problems'
import { duration, grouped, moment, spoken, timeLeft, yuan } from '@/format'
import { bodyOf, missing, type Command } from '@/parts/commands'
import { treeOf, type UnitEntry } from '@/parts/units'

const command: Command = {
  title: '交办',
  path: '/api/v1/cases/7/assign',
  also: { urgency: 'normal' },
  fields: [
    { name: 'to', label: '交给', kind: 'unit', required: true },
    { name: 'place.text', label: '地点', kind: 'line' },
    { name: 'photos', label: '照片', kind: 'photos', required: true, when: (values) => values.to === '321322' },
  ],
}

describe('commands', () => {
  it('puts every value where its name says and leaves out what is empty', () => {
    const body = bodyOf(command, { to: '321322102', 'place.text': '  胡集镇  ', photos: [] })
    expect(body).toEqual({ urgency: 'normal', to: '321322102', place: { text: '胡集镇' } })
  })
  it('asks only for what is asked', () => {
    expect(missing(command, { to: '321322102' })).toEqual({})
    expect(Object.keys(missing(command, { to: '321322', photos: [] }))).toEqual(['photos'])
    expect(Object.keys(missing(command, { to: ' ' }))).toEqual(['to'])
  })
})

describe('times', () => {
  it('are told in the city, whatever the machine thinks', () => {
    expect(moment('2020-05-31T18:05:00Z')).toBe('2020年6月1日 02:05')
    expect(moment(null)).toBe('')
    expect(moment('soon')).toBe('soon')
  })
  it('say what is left as people count it', () => {
    expect(timeLeft(5 * 86400, 3)).toBe('还剩 3 个工作日')
    expect(timeLeft(5400, 0)).toBe('还剩 1 小时 30 分')
    expect(timeLeft(-90000, 0)).toBe('已超 1 天 1 小时')
    expect(timeLeft(null, null)).toBe('')
    expect(duration(20)).toBe('不到 1 分钟')
  })
})

describe('sentences', () => {
  it('say days and instants as people write them', () => {
    expect(spoken('集中整治阶段，2020-07-31 结束')).toBe('集中整治阶段，2020年7月31日结束')
    expect(spoken('起 2026-11-27 01:18:04，到期 2026-11-30 23:59:59')).toBe('起 2026年11月27日 01:18，到期 2026年11月30日 23:59')
    expect(spoken('2020-05-31T18:05:00Z')).toBe('2020年6月1日 02:05')
  })
  it('leave telephone numbers, numbers of records and nothing alone', () => {
    expect(spoken('0527-12350 1234-56-78901')).toBe('0527-12350 1234-56-78901')
    expect(spoken('0b1aea17-c37d-89dd-ae81-45e19277634a')).toBe('0b1aea17-c37d-89dd-ae81-45e19277634a')
    expect(spoken(null)).toBe('')
  })
})

describe('numbers', () => {
  it('are read out in groups and paid in yuan', () => {
    expect(grouped('1234-5678 90123456')).toBe('1234 5678 9012 3456')
    expect(yuan(150_000)).toBe('1,500.00 元')
  })
})

describe('units', () => {
  it('hang together, and one whose superior is not known stands for itself', () => {
    const unit = (code: string, parent: string | null) => ({ code, parent, name: code, kind: 'government', level: 'county' }) as UnitEntry
    const tree = treeOf([unit('1', null), unit('2', '1'), unit('3', '9')])
    expect(tree.map((node) => node.value)).toEqual(['1', '3'])
    expect(tree[0]?.children.map((node) => node.value)).toEqual(['2'])
    const village = { ...unit('v', '2'), name: '示范一村', level: 'village' }
    expect(treeOf([unit('2', null), village])[0]?.children.map(({ label, name }) => [label, name]), 'chosen, it says whose it is').toEqual([['2示范一村', '示范一村']])
  })
})

describe('problems', () => {
  it('of the network say that nothing is lost, and of others what the catalogue says', () => {
    expect(Problem.of(new TypeError('failed to fetch')).remedy).toContain('还在')
    const told = new Problem({ status: 412, code: 'platform.outdated', detail: '别人改过' })
    expect([told.isConflict, told.isPassing]).toEqual([true, false])
    expect(Problem.of(told)).toBe(told)
  })
})

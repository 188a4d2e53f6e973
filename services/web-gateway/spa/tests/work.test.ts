// What rows and links say: an item of the work list without repeating itself, a linked case by its place or by its number.
import { flushPromises, mount, RouterLinkStub } from '@vue/test-utils'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import CaseLink from '@/pages/home/CaseLink.vue'
import { saidOf, type WorkItem } from '@/pages/home/workItems'

const api = vi.hoisted(() => ({ GET: vi.fn() }))
vi.mock('@/api/client', async (original) => ({ ...(await original<object>()), api }))
const CASE = '0b1aea17-c37d-89dd-ae81-45e19277634a'
const answer = (data: unknown) => Promise.resolve({ data, response: new Response(null, { status: 200 }) })
const item = (more: Partial<WorkItem>) => ({ kind: 'obligation', title: '', place: '', what: '', report: null, ...more }) as WorkItem

describe('an item of the work list', () => {
  it('says its place once and nothing that its title says', () => {
    expect(saidOf(item({ title: '案件交办', place: '邻村仓库', what: '邻村仓库：案件交办' }))).toBe('邻村仓库')
    expect(saidOf(item({ title: '说明问责事项', place: '老窑厂', what: '死灰复燃：老窑厂死灰复燃：两台反应釜转移到邻村。' }))).toBe('老窑厂　死灰复燃：两台反应釜转移到邻村。')
    expect(saidOf(item({ title: '说明问责事项', place: '老窑厂', what: '抽查不合格：老窑厂：院内仍有原料桶。' }))).toBe('老窑厂　抽查不合格：院内仍有原料桶。')
    expect(saidOf(item({ title: '线索甄审', place: '旧砖瓦厂', what: '举报线索甄审' }))).toBe('旧砖瓦厂　举报线索甄审')
  })
  it('tells tips without a place apart by their numbers', () => {
    expect(saidOf(item({ title: '线索甄审', what: '举报线索甄审', tip_id: CASE }))).toBe('线索 0b1aea17　举报线索甄审')
    expect(saidOf(item({ title: '线索甄审', what: '线索甄审', tip_id: CASE }))).toBe('线索 0b1aea17')
    expect(saidOf(item({ title: '线索甄审', what: '线索甄审', place: '老窑厂', tip_id: CASE }))).toBe('老窑厂')
  })
  it('says days as people write them', () => {
    expect(saidOf(item({ title: '起草结果报告', what: '集中整治阶段，2020-07-31 结束', report: '321322-rectification' }))).toBe('集中整治阶段，2020年7月31日结束')
  })
  it('says of which stage a report is, and what was missed', () => {
    expect(saidOf(item({ kind: 'report_to_accept', title: '验收', report: '321322-acceptance' }))).toBe('检查验收阶段的结果报告')
    expect(saidOf(item({ kind: 'escalation_to_answer', title: '催办：答复督促', place: '老窑厂', what: '签收' }))).toBe('老窑厂　没有按期完成：签收')
    expect(saidOf(item({ kind: 'referral_to_consider', title: '移送纪委监委：决定是否立案', place: '老窑厂', what: '签收' }))).toBe('老窑厂　没有按期完成：签收')
  })
})

describe('a linked case', () => {
  const shown = () => mount(CaseLink, { props: { caseId: CASE }, global: { stubs: { RouterLink: RouterLinkStub } } })
  beforeEach(() => void api.GET.mockReset())
  it('is called by its place, and leads to it', async () => {
    api.GET.mockImplementation(() => answer({ cases: [{ case_id: 'another', place: { text: '别处' } }, { case_id: CASE, place: { text: '胡集镇老窑厂' } }] }))
    const link = shown()
    expect(link.text(), 'while it is read').toBe('案件 0b1aea17')
    await flushPromises()
    expect(link.text()).toBe('胡集镇老窑厂')
    expect(link.getComponent(RouterLinkStub).props('to')).toBe(`/cases/${CASE}`)
  })
  it('is called by what it is about if it has no place', async () => {
    api.GET.mockImplementation(() => answer({ cases: [{ case_id: CASE, place: null, summary: '夜间生产' }] }))
    const link = shown()
    await flushPromises()
    expect(link.text()).toBe('夜间生产')
  })
  it('is a number without a link to whoever may not see it', async () => {
    api.GET.mockImplementation(() => answer({ cases: [{ case_id: 'another', place: { text: '别处' } }] }))
    const link = shown()
    await flushPromises()
    expect(link.text()).toBe('案件 0b1aea17（不由本单位承办）')
    expect(link.findComponent(RouterLinkStub).exists()).toBe(false)
  })
})

// What the lists of accountability say: the rung apart from duty and place, what is late in red, and what runs before what is done.
import { enableAutoUnmount, flushPromises, mount } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Component } from 'vue'
import { createMemoryHistory, createRouter } from 'vue-router'
import AccountabilityPage from '@/pages/oversight/AccountabilityPage.vue'
import EscalationList from '@/pages/oversight/EscalationList.vue'
import FactSearch from '@/pages/oversight/FactSearch.vue'
import { explanation } from '@/pages/oversight/answers'
import { owed } from '@/pages/oversight/owed'
import { actAs } from '@/session'
import { accountability as texts, facts } from '@/texts/oversight'
import { about } from '@/texts/signing'

const api = vi.hoisted(() => ({ GET: vi.fn() }))
vi.mock('@/api/client', async (original) => ({ ...(await original<object>()), api }))
const answer = (data: unknown) => Promise.resolve({ data, response: new Response(null, { status: 200 }) })
vi.setConfig({ testTimeout: 60_000 })
enableAutoUnmount(afterEach)
beforeEach(() => {
  api.GET.mockReset()
  actAs('inspector')
})

async function shownAt(component: Component, path: string) {
  const router = createRouter({ history: createMemoryHistory(), routes: [{ path: '/:any(.*)*', component: { template: '<p />' } }] })
  await router.push(path)
  const shown = mount(component, { global: { plugins: [router], stubs: { UnitPicker: true, FoundSelect: true } } })
  await flushPromises()
  return { shown, router }
}
const SITE = '胡集镇废弃养殖场（fidxhnwg）'

describe('what is owed', () => {
  it('is told apart from where and on what occasion', () => {
    expect(owed(`${SITE}：签收`, '签收')).toEqual({ title: '', where: SITE, about: '' })
    expect(owed(`就移送纪委监委作出说明：${SITE}：签收`, '答复督促')).toEqual({ title: '答复督促（移送纪委监委）', where: SITE, about: '因“签收”没有按期完成' })
    expect(owed('就督办作出说明：公告验收抽签', '答复督促'), 'a duty of no place').toEqual({ title: '答复督促（督办）', where: '', about: '因“公告验收抽签”没有按期完成' })
    expect(owed('就催办作出说明：胡集镇（老街：东头）', '答复督促').where).toBe('胡集镇（老街：东头）')
    expect(owed(`${SITE}：立即处置（断水断电、停产或关闭）`, '立即处置')).toEqual({ title: '', where: SITE, about: '立即处置（断水断电、停产或关闭）' })
    expect(owed('底数不清：上报遗漏点位：老街', '说明问责事项'), 'what nobody knows stays as it was written').toEqual({ title: '', where: '底数不清：上报遗漏点位：老街', about: '' })
    expect(owed('举报线索甄审', '线索甄审'), 'as the services wrote it until November 2026').toEqual({ title: '', where: '', about: '' })
  })
})

describe('calls', () => {
  const row = (more: object) => ({
    about_name: null, about_person: null, about_unit: '1', about_unit_name: '胡集镇', answer_due: '2020-06-05T15:59:59Z', clock: 'c', deadline: '2020-06-01T15:59:59Z', explained_at: null, issued: '2020-06-02T16:00:05Z', explanation: 'awaited', explanation_text: null, judgement_note: null,
    obligation: 'answer_escalation', reached: '2020-06-02T15:59:59Z', repetition: 0, rung: 'referral', subject: 'case-1', title: '移送纪委监委', to_name: null, to_person: null, to_unit: '1', to_unit_name: '胡集镇', what: `就督办作出说明：${SITE}：签收`, ...more,
  })
  const tags = async (path: string, rows: object[]) => {
    api.GET.mockImplementation((asked: string) => (asked === '/api/v1/escalations' ? answer({ escalations: rows, next: null, total: rows.length }) : answer({ units: [] })))
    const { shown } = await shownAt(EscalationList, path)
    return { shown, said: shown.findAll('.list > li > .head > .el-tag').map((tag) => [tag.text(), ['danger', 'warning', 'info'].find((kind) => tag.classes(`el-tag--${kind}`))]) }
  }
  it('are late, awaited or answered, in red only where the day has passed', async () => {
    const rows = [row({}), row({ answer_due: '2999-01-01T00:00:00Z', repetition: 1 }), row({ explanation: 'accepted', repetition: 2 }), row({ explanation: 'submitted', repetition: 3 })]
    const { shown, said } = await tags('/accountability', rows)
    expect(said).toEqual([[texts.unexplained, 'danger'], ['待说明', 'warning'], ['说明成立', 'info'], ['已说明，待认定', 'warning']])
    expect(shown.findAll('.list > li').map((one) => one.find('.quiet .red').exists())).toEqual([true, false, false, false])
    expect(shown.get('.list > li strong').text()).toBe('没有按期完成：答复督促')
    expect(shown.get('.list > li').text()).toContain(SITE)
    expect(shown.get('.list > li').text()).toContain('答复督促（督办），因“签收”没有按期完成')
  })
  it('that a higher one has overtaken are explained by whoever wants to, and by no day', async () => {
    actAs('leader')
    const late = row({ explanation: 'overtaken', obligation: 'acknowledge', rung: 'reminder' })
    expect([explanation(late).title, explanation(late).about?.at(-1)]).toEqual([texts.explainMore, about.overtaken])
    expect(explanation({ ...late, explanation: 'awaited' }).about?.at(-1)).toMatch(/^已超/)
  })
  it('say how they were judged', async () => {
    const { shown } = await tags('/accountability', [row({ explanation: 'accepted', judgement_note: '属实' }), row({ explanation: 'not_accepted', judgement_note: '不实', repetition: 1 })])
    expect(shown.findAll('.list > li').map((one) => [texts.judged(true, '属实'), texts.judged(false, '不实')].find((said) => one.text().includes(said)))).toEqual(['认定：说明成立。意见：属实', '认定：说明不成立。意见：不实'])
  })
  it('begin with what is not settled, whichever way somebody comes, and say who has to explain', async () => {
    const referred = row({ obligation: 'acknowledge', to_unit: '9', to_unit_name: '市纪委监委', about_name: '张三' })
    api.GET.mockImplementation((asked: string) => (asked === '/api/v1/escalations' ? answer({ escalations: [referred], next: null, total: 1 }) : answer({ units: [] })))
    actAs('leader')
    expect((await shownAt(AccountabilityPage, '/accountability')).router.currentRoute.value.query).toEqual({ list: 'escalations', explanation: 'open' })
    actAs('inspector')
    const { shown, router } = await shownAt(AccountabilityPage, '/accountability')
    expect(router.currentRoute.value.query, 'whatever was referred is theirs to decide').toEqual({ list: 'escalations', rung: 'referral' })
    expect(shown.text()).toContain(texts.onlyReferred)
    expect(api.GET.mock.calls.filter(([path]) => path === '/api/v1/escalations').map(([, given]) => [given.params.query.explanation, given.params.query.rung])).toEqual([['open', undefined], [undefined, 'referral']])
    expect(shown.get('.list > li .meta').text().replace(/\s/g, ' ')).toBe('说明人：胡集镇 张三移送给：市纪委监委')
    expect(shown.get('.list > li').text(), 'an inspector asks when it was sent').toContain(texts.issuedAt)
  })
  it('say what was looked into already, and offer another inquiry as another', async () => {
    const looked = row({ obligation: 'acknowledge', clock: 'acknowledge#1' })
    const inquiries = [{ subject: 'case-1', clock: 'acknowledge#1', closed_at: '2020-06-20T00:00:00Z' }, { subject: 'case-2', clock: 'acknowledge#1', closed_at: null }]
    api.GET.mockImplementation((asked: string) => (asked === '/api/v1/escalations' ? answer({ escalations: [looked, { ...looked, clock: 'acknowledge#2', to_consider: true }], next: null, total: 2 }) : asked === '/api/v1/accountability/inquiries' ? answer({ inquiries }) : answer({ units: [] })))
    const { shown } = await shownAt(EscalationList, '/accountability')
    const offered = shown.findAll('.list > li').map((one) => [one.text().includes(texts.inquired(false)), one.findAll('button').map((button) => button.text())])
    expect(offered).toEqual([[true, [texts.investigateAgain]], [false, [texts.investigate]]])
    expect(shown.findAll('.list > li').map((one) => [one.text().includes(texts.toDecide), one.get('button').classes('el-button--primary')]), 'what waits for a decision stands out').toEqual([[false, false], [true, true]])
  })
  it('of a past day are late by that day', async () => {
    expect((await tags('/accountability?as_of=2020-06-03', [row({})])).said).toEqual([['待说明', 'warning']])
  })
})

describe('what is to be done in time', () => {
  const clock = { clock: 'screen_tip#1', due: '2999-01-01T00:00:00Z', missed_at: null, moved_by: null, moved_from: null, obligation: 'screen_tip', overdue: false, person: null, person_name: null, rung: null, started: '', stopped_at: null, stopped_by: null, title: '线索甄审', unit: '1', unit_name: '市安委办', what: '举报线索甄审', working_days_left: 2 }
  it('begins with what runs, whichever way somebody comes, and says which of many alike it is', async () => {
    api.GET.mockImplementation((asked: string) => (asked === '/api/v1/obligations' ? answer({ obligations: [{ ...clock, subject: 'tip-aef2f392-c37d-89dd-ae81-45e19277634a' }], next: null, total: 1 }) : answer({ units: [] })))
    const { shown, router } = await shownAt(AccountabilityPage, '/accountability?list=obligations')
    expect(router.currentRoute.value.query).toEqual({ list: 'obligations', running: 'true' })
    expect(api.GET.mock.calls.filter(([path]) => path === '/api/v1/obligations').map(([, given]) => given.params.query.running)).toEqual([true])
    expect(shown.get('.list > li').text()).toContain('线索 编号 aef2f392')
    expect(shown.text()).toContain(texts.total(1))
    expect(shown.get('.list > li .el-tag').text()).toContain('2 个工作日')
    expect(shown.get('.chips').text(), 'the rest is one touch away').toBe(texts.running)
  })
  it('leaves an address with conditions as it is', async () => {
    api.GET.mockImplementation((asked: string) => (asked === '/api/v1/obligations' ? answer({ obligations: [], next: null, total: 0 }) : answer({ units: [] })))
    expect((await shownAt(AccountabilityPage, '/accountability?list=obligations&missed=true')).router.currentRoute.value.query).toEqual({ list: 'obligations', missed: 'true' })
  })
})

describe('records that were found', () => {
  const fact = (position: number, name: string, body: object) => ({ actor: null, at: '2020-06-01T02:00:00Z', data_json: JSON.stringify(body), event_id: `e${position}`, lane: 'mail', lane_title: '通知', name, position, revision: 1, stream: 'notification-1', title: name })
  const found = (positions: number[]) => api.GET.mockImplementation((asked: string) => (asked === '/api/v1/audit/facts' ? answer({ facts: positions.map((at) => fact(at, 'notification.requested.v1', { addressee: { kind: 'receipt' }, subject: '督办' })), next: null }) : answer({ units: [], staff: [] })))
  it('say once why numbers are missing between them, and to whom a letter went', async () => {
    found([672, 666])
    const { shown } = await shownAt(FactSearch, '/facts')
    expect(shown.text()).toContain(facts.gapsInspector)
    expect(shown.get('.list > li').text()).toContain(`${facts.reporter}：督办`)
    actAs('supervisor')
    expect((await shownAt(FactSearch, '/facts')).shown.text(), 'who looked at what is not the supervisors\' to see').toContain(facts.gaps)
    found([672, 671])
    expect((await shownAt(FactSearch, '/facts')).shown.text()).not.toContain(facts.gaps)
  })
})

// The dialog of commands: choices that are searched, the keyboard's way in and back, mistakes at their field, what was typed, the signature.
import { enableAutoUnmount, flushPromises, mount } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { nextTick } from 'vue'
import { ElMessage, ElMessageBox } from 'element-plus'
import { carryOut, fits, type Command } from '@/parts/commands'
import { beginning, draftOf, isTouched, keep, restored } from '@/parts/commandDraft'
import CommandDialog from '@/parts/CommandDialog.vue'
import PasswordField from '@/parts/PasswordField.vue'
import { accepted, decidedOn } from '@/parts/revisions'
import { controlOf, focusBack, showMistakes, submits } from '@/parts/controls'
import { resume } from '@/session'

const api = vi.hoisted(() => ({ submit: vi.fn(), GET: vi.fn() }))
vi.mock('@/api/client', async (original) => ({ ...(await original<object>()), submit: api.submit, api: { GET: api.GET } }))
// The library's dialog comes with a movement, and the machine may be busy.
const PATIENCE = { timeout: 20_000 }
vi.setConfig({ testTimeout: 60_000 })
enableAutoUnmount(afterEach)
afterEach(() => {
  ElMessageBox.close()
  document.body.innerHTML = ''
  sessionStorage.clear()
  vi.useRealTimers()
  api.submit.mockReset()
})

const towns = ['胡集镇', '沭城街道', '庙头镇', '韩山镇', '华冲镇', '桑墟镇', '悦来镇', '刘集镇', '李恒镇'].map((label, index) => ({ value: `32132210${index}`, label }))
const command: Command = {
  title: '交办', path: '/api/v1/cases/7/assign', consequence: '立即通知。',
  fields: [{ name: 'note', label: '要求', kind: 'line', required: true }, { name: 'place.text', label: '地点', kind: 'words', required: true }],
}
async function opened(given: Command = command) {
  document.body.innerHTML = '<main id="main" tabindex="-1"><button id="press">交办</button></main>'
  const press = document.getElementById('press') as HTMLElement
  press.focus()
  const shown = mount(CommandDialog, { attachTo: document.body, global: { stubs: { transition: false } } })
  const done = carryOut(given)
  await flushPromises()
  await vi.waitFor(() => expect(document.querySelector('form.command')).not.toBeNull(), PATIENCE)
  return { shown, done, press, form: document.querySelector('form.command') as HTMLFormElement }
}

describe('choices', () => {
  it('are found by any part of their words, in any order, or by code', () => {
    const choice = { value: '321322102', label: '沭阳县 胡集镇人民政府' }
    expect(['集镇', '人民 沭阳', '322102', ''].map((typed) => fits(choice, typed))).toEqual([true, true, true, true])
    expect(fits(choice, '胡集 泗洪')).toBe(false)
  })
  it('are searched only if they are many', async () => {
    const field = (many: number) => ({ name: 'to', label: '交给', kind: 'choice' as const, choices: towns.slice(0, many) })
    const few = await opened({ ...command, fields: [field(8)] })
    expect(few.form.querySelector('input[role=combobox]')?.hasAttribute('readonly')).toBe(true)
    few.shown.unmount()
    const many = await opened({ ...command, fields: [field(9)] })
    expect(many.form.querySelector('input[role=combobox]')?.hasAttribute('readonly')).toBe(false)
  })
})

describe('a second command before the page has read again', () => {
  it('is decided on what the first has made of it, and on nothing that nobody has seen', () => {
    expect(decidedOn('/api/v1/disposals/7/measures', 3)).toBe(3)
    accepted('/api/v1/disposals/7/measures', 3, 4)
    expect([decidedOn('/api/v1/disposals/7/review/pass', 3), decidedOn('/api/v1/disposals/7/measures', 6)], 'what was read later counts').toEqual([4, 6])
    expect([decidedOn('/api/v1/disposals/8/measures', 3), decidedOn('/api/v1/cases/7/assign', 3), decidedOn('/api/v1/disposals/7/measures', undefined)]).toEqual([3, 3, undefined])
    accepted('/api/v1/disposals/9/measures', undefined, 9)
    accepted('/api/v1/reports/draft', 3, 9)
    expect(decidedOn('/api/v1/reports/draft', 4), 'the address of a draft does not say whose').toBe(4)
    expect(decidedOn('/api/v1/disposals/9/measures', 5), 'a command that looked at nothing proves nothing').toBe(5)
  })
})

describe('the dialog', () => {
  it('says what it is about, and what each of few choices means; what was said of the last one does not lie over it', async () => {
    const closed = vi.spyOn(ElMessage, 'closeAll')
    const { form } = await opened({ ...command, about: ['督办：签收没有按期完成'], fields: [{ name: 'class', label: '类别', kind: 'choice', choices: [{ value: 'a', label: 'A 类', note: '依法关闭。' }, { value: 'b', label: 'B 类', note: '责令停产。' }] }] })
    expect(closed).toHaveBeenCalled()
    expect(form.querySelector('.about')?.textContent).toBe('督办：签收没有按期完成')
    expect([...form.querySelectorAll('.stacked .el-radio')].map((one) => one.textContent?.trim())).toEqual(['A 类依法关闭。', 'B 类责令停产。'])
  })
})

describe('the keyboard', () => {
  it('starts in the first field, and comes back to what was pressed', async () => {
    const { form, press, done } = await opened()
    await vi.waitFor(() => expect(document.activeElement).toBe(form.querySelector('input')), PATIENCE)
    ;(form.querySelector('.dialog-buttons button') as HTMLElement).click()
    expect(await done).toBeNull()
    await vi.waitFor(() => expect(document.activeElement).toBe(press), PATIENCE)
  })
  it('comes back to the page if what was pressed has gone', () => {
    vi.useFakeTimers()
    document.body.innerHTML = '<main id="main" tabindex="-1"><button id="press"></button></main>'
    const press = document.getElementById('press') as HTMLElement
    focusBack(press)
    expect(document.activeElement).toBe(press)
    press.remove()
    ;(document.activeElement as HTMLElement | null)?.blur()
    vi.advanceTimersByTime(500)
    expect(document.activeElement?.id).toBe('main')
  })
  it('sends by Enter only from fields of one line', () => {
    document.body.innerHTML = '<input type="text" id="a"><input role="combobox" id="b"><input type="checkbox" id="c"><div class="el-date-editor"><input id="d"></div><textarea id="e"></textarea><input type="password" id="f">'
    expect([...'abcdef'].filter((id) => submits(document.getElementById(id)))).toEqual(['a', 'f'])
  })
  it('goes to the choice that is chosen', () => {
    document.body.innerHTML = '<div id="item"><input type="radio" id="a"><input type="radio" id="b" checked></div>'
    expect(controlOf(document.getElementById('item') as HTMLElement)?.id).toBe('b')
  })
})

describe('mistakes', () => {
  it('are said once, stand at their field, and the first has the keyboard', async () => {
    const { form } = await opened()
    form.dispatchEvent(new Event('submit', { cancelable: true, bubbles: true }))
    await flushPromises()
    await nextTick()
    expect(form.querySelector('[role=alert].unseen')?.textContent).toBe('有 2 处需要改正：要求、地点。')
    const input = form.querySelector('input') as HTMLInputElement
    expect([document.activeElement, input.getAttribute('aria-invalid')]).toEqual([input, 'true'])
    await vi.waitFor(() => expect(document.getElementById(input.getAttribute('aria-describedby') ?? '')?.textContent).toBe('请填写“要求”。'), PATIENCE)
    expect(api.submit).not.toHaveBeenCalled()
  })
  it('leave a field when it is right', () => {
    document.body.innerHTML = '<form><div data-field="place.text"><textarea></textarea></div></form>'
    const [form, area] = [document.querySelector('form') as HTMLElement, document.querySelector('textarea') as HTMLElement]
    showMistakes(form, { 'place.text': '请填写。' })
    expect(area.getAttribute('aria-describedby')).toBe('mistake-place-text')
    showMistakes(form, {})
    expect(area.hasAttribute('aria-invalid')).toBe(false)
  })
})

describe('a command that nobody answered', () => {
  it('is the same one when it is sent again, and another when it was changed meanwhile', async () => {
    const { form } = await opened()
    const fill = (tag: 'input' | 'textarea', text: string) => {
      const field = form.querySelector(tag) as HTMLInputElement
      field.value = text
      field.dispatchEvent(new Event('input', { bubbles: true }))
    }
    const send = async () => {
      form.dispatchEvent(new Event('submit', { cancelable: true, bubbles: true }))
      await flushPromises()
    }
    fill('input', '今晚核查')
    fill('textarea', '旧窑厂')
    api.submit.mockRejectedValue(new Error('network'))
    await send()
    await send()
    fill('textarea', '旧砖厂')
    await send()
    const keys = api.submit.mock.calls.map((call) => call[2] as string)
    expect(keys).toHaveLength(3)
    expect(keys[1]).toBe(keys[0])
    expect(keys[2]).not.toBe(keys[0])
  })
})

describe('what was typed', () => {
  const box = () => document.querySelector<HTMLElement>('.el-message-box')
  const press = (words: string) => [...document.querySelectorAll<HTMLElement>('button')].find((one) => one.textContent?.trim() === words && !one.closest('[style*="display: none"]'))?.click()
  async function typed(form: HTMLFormElement) {
    const input = form.querySelector('input') as HTMLInputElement
    input.value = '今晚核查'
    input.dispatchEvent(new Event('input', { bubbles: true }))
    await nextTick()
  }
  const escape = () => document.querySelector('.el-dialog')?.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', code: 'Escape', bubbles: true }))
  beforeEach(async () => {
    api.GET.mockResolvedValue({ data: { account: 'handler', now: new Date().toISOString(), roles: [] } })
    await resume()
  })
  it('goes only if whoever typed it says so', async () => {
    const { form, done } = await opened()
    await typed(form)
    escape()
    await vi.waitFor(() => expect(box()?.textContent).toContain('确定放弃吗'), PATIENCE)
    press('继续填写')
    await vi.waitFor(() => expect(box()?.closest('.el-overlay')?.getAttribute('style') ?? 'display: none').toContain('none'), PATIENCE)
    expect((document.querySelector('form.command input') as HTMLInputElement).value).toBe('今晚核查')
    press('取消')
    await vi.waitFor(() => expect(box()?.textContent).toContain('确定放弃吗'), PATIENCE)
    press('放弃填写')
    expect(await done).toBeNull()
    expect(sessionStorage.length).toBe(0)
  })
  it('is not asked about if there is nothing', async () => {
    const { done } = await opened()
    escape()
    expect(await done).toBeNull()
    expect(box()).toBeNull()
  })
  it('about a case is there again after the tab was lost, can be cleared, and is gone once sent', async () => {
    const first = await opened()
    await typed(first.form)
    await vi.waitFor(() => expect(sessionStorage.length).toBe(1), PATIENCE)
    first.shown.unmount()
    const second = await opened()
    expect([second.form.querySelector('input')?.value, second.form.querySelector('[role=status]')?.textContent]).toEqual(['今晚核查', expect.stringContaining('未提交的内容')])
    press('清空重填')
    await vi.waitFor(() => expect(box()?.textContent).toContain('确定清空吗'), PATIENCE)
    box()?.querySelectorAll<HTMLElement>('.el-message-box__btns button')[0]?.click()
    await vi.waitFor(() => expect(document.querySelector<HTMLInputElement>('form.command input')?.value).toBe(''), PATIENCE)
    expect(sessionStorage.length).toBe(0)
    await typed(second.form)
    const words = second.form.querySelector('textarea') as HTMLTextAreaElement
    words.value = '旧窑厂'
    words.dispatchEvent(new Event('input', { bubbles: true }))
    await vi.waitFor(() => expect(sessionStorage.length).toBe(1), PATIENCE)
    api.submit.mockResolvedValue({ revision: 4 })
    second.form.dispatchEvent(new Event('submit', { cancelable: true, bubbles: true }))
    expect(await second.done).toEqual({ revision: 4 })
    expect(sessionStorage.length).toBe(0)
  })
  it('about tips and staff is kept nowhere', () => {
    const on = (path: string): string | null => draftOf({ ...command, path }, 'handler')
    expect(['/api/v1/tips/7/accept', '/api/v1/admin/staff', '/api/v1/custody/7/requests', '/api/v1/intake/calls'].map(on)).toEqual([null, null, null, null])
    expect(['/api/v1/cases/7/assign', '/api/v1/disposals/7/measures', '/api/v1/accountability/unit-7/explanations'].map(on)).not.toContain(null)
    expect(draftOf(command, undefined), 'nobody is signed in').toBeNull()
  })
  it('is kept apart for each measure and each person, and only as far as it fits', () => {
    const measure = (title: string): Command => ({ ...command, title, fields: [{ name: 'before', label: '前', kind: 'photos' }, { name: 'to', label: '交给', kind: 'choice', choices: towns }, { name: 'sure', label: '确定', kind: 'yes' }] })
    keep(measure('断水'), 'handler', { before: ['e1'], to: '32132210', sure: false }, 0)
    expect(restored(measure('断水'), 'handler')?.values, 'that choice is not offered').toEqual({ before: ['e1'], sure: false })
    expect([restored(measure('断电'), 'handler'), restored(measure('断水'), 'leader')]).toEqual([null, null])
    keep(measure('断水'), 'handler', beginning(measure('断水')), 0)
    expect(restored(measure('断水'), 'handler')).toBeNull()
    expect([isTouched(measure('断水'), { before: [], to: '', sure: false }), isTouched(measure('断水'), { sure: true })]).toEqual([false, true])
  })
})

describe('the signature', () => {
  it('is asked for by its name, and capitals that are locked are said', async () => {
    const { form } = await opened({ ...command, fields: [], signature: true })
    const input = form.querySelector('input[type=password]') as HTMLInputElement
    expect([input.getAttribute('autocomplete'), form.querySelector(`label[for="${input.id}"]`)?.textContent]).toEqual(['current-password', '请输入您的登录密码确认'])
    const field = mount(PasswordField, { props: { modelValue: '', label: '密码' } })
    const press = new KeyboardEvent('keydown', { key: 'A' })
    Object.defineProperty(press, 'getModifierState', { value: () => true })
    field.find('input').element.dispatchEvent(press)
    await nextTick()
    expect(field.get('[role=status]').text()).toContain('大写锁定')
  })
})

// Where the keyboard is in a form: on its first field, on its first mistake, and back where it came from.

const CONTROLS = 'input:not([type=hidden]):not([disabled]):not([tabindex="-1"]), textarea:not([disabled])'

/** What of a field takes the keyboard: of several choices the one that is chosen. */
export function controlOf(item: ParentNode): HTMLElement | null {
  return item.querySelector<HTMLElement>('input[type=radio]:checked') ?? item.querySelector<HTMLElement>(CONTROLS) ?? item.querySelector<HTMLElement>('button:not([disabled])')
}

/** The field of that name. */
function itemOf(form: ParentNode, name: string): HTMLElement | null {
  return form.querySelector<HTMLElement>(`[data-field="${CSS.escape(name)}"]`)
}

/** Says of every field whether it is wrong and which words say why; the keyboard goes to the first that is. */
export function showMistakes(form: ParentNode, mistakes: Readonly<Record<string, string>>): void {
  let first: HTMLElement | null = null
  for (const item of form.querySelectorAll<HTMLElement>('[data-field]')) {
    const name = item.dataset.field ?? ''
    for (const control of item.querySelectorAll<HTMLElement>(CONTROLS)) {
      if (mistakes[name]) {
        control.setAttribute('aria-invalid', 'true')
        control.setAttribute('aria-describedby', mistakeId(name))
      } else {
        control.removeAttribute('aria-invalid')
        control.removeAttribute('aria-describedby')
      }
    }
    if (mistakes[name]) first ??= itemOf(form, name)
  }
  if (!first) return
  first.scrollIntoView({ block: 'center' })
  const control = controlOf(first)
  // A field of days opens its calendar when it is given the keyboard, over the very words that say what is wrong.
  if (control?.closest('.el-date-editor')) {
    first.tabIndex = -1
    first.focus({ preventScroll: true })
  } else control?.focus({ preventScroll: true })
}

export function mistakeId(name: string): string {
  return `mistake-${name.replace(/[^\w-]/g, '-')}`
}

/** Whether Enter in there means that all is filled in: one-line fields, not those that choose by Enter. */
export function submits(target: EventTarget | null): boolean {
  return target instanceof HTMLInputElement && ['text', 'password', 'number', 'email', 'tel'].includes(target.type) && target.getAttribute('role') !== 'combobox' && !target.closest('.el-date-editor')
}

/** Back to what was pressed; if that has gone, or goes with what is read anew, to the page itself. */
export function focusBack(to: HTMLElement | null): void {
  const page = document.getElementById('main')
  const back = (): void => {
    if (document.activeElement && document.activeElement !== document.body) return
    if (to?.isConnected && !to.hasAttribute('disabled')) to.focus({ preventScroll: true })
    else page?.focus({ preventScroll: true })
  }
  back()
  for (const after of [400, 1500]) setTimeout(back, after)
}

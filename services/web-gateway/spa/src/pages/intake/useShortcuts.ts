// Keys of a page: by their place on the keyboard, so that a Chinese input method does not swallow them, and never while somebody types.
import { computed, onBeforeUnmount, onMounted, toValue, type ComputedRef, type MaybeRefOrGetter } from 'vue'
import { asked } from '@/parts/commands'
import { session } from '@/session'

export interface Shortcut {
  /** As the event names it: `KeyJ`, `Digit1`, `F8`. */
  code: string
  /** What it does, as the list of keys says it. */
  label: string
  act: () => void
  /** What the list of keys shows; made from the code if absent. */
  shown?: string
  /** Works while somebody types as well: only for keys that write nothing. */
  always?: boolean
}

/** What stands on the key. */
export function keyName(shortcut: Pick<Shortcut, 'code' | 'shown'>): string {
  return shortcut.shown ?? shortcut.code.replace(/^(Key|Digit)/, '')
}

function types(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  return target.isContentEditable || target.matches('textarea, select, [role="combobox"], input:not([type="checkbox"]):not([type="radio"]):not([type="button"])')
}

/** A closed dialog may stay in the document, but takes no room in it; one that fades away hears no key any more. */
function dialogIsOpen(): boolean {
  return Array.from(document.querySelectorAll('.el-overlay-dialog, .el-overlay-message-box')).some((one) => one.getClientRects().length > 0 && !one.closest('.dialog-fade-leave-active, .fade-in-linear-leave-active'))
}

/** Whether a key press is meant for the page and not for a field, a dialog or the browser. */
export function isForThePage(event: KeyboardEvent, always = false): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || event.isComposing || event.defaultPrevented) return false
  if (asked.value !== null || session.ended || dialogIsOpen()) return false
  return always || !types(event.target)
}

/** Listens while the page is shown; what the page offers now decides which keys do something. */
export function useShortcuts(offered: MaybeRefOrGetter<readonly Shortcut[]>): ComputedRef<readonly Shortcut[]> {
  function press(event: KeyboardEvent): void {
    const shortcut = toValue(offered).find((one) => one.code === event.code)
    if (!shortcut || !isForThePage(event, shortcut.always)) return
    event.preventDefault()
    shortcut.act()
  }
  onMounted(() => document.addEventListener('keydown', press))
  onBeforeUnmount(() => document.removeEventListener('keydown', press))
  return computed(() => toValue(offered))
}

/** Whoever opened a command by a key goes on by key: its first field, or its button if there is nothing to fill in. */
export async function focusDialog(): Promise<void> {
  // The dialog takes the focus to itself some time while it opens; whoever has moved within the form is left alone.
  for (let turn = 0; turn < 15 && asked.value !== null; turn += 1) {
    await new Promise((resolve) => setTimeout(resolve, 60))
    const form = document.querySelector('form.command')
    if (form && !form.contains(document.activeElement)) form.querySelector<HTMLElement>('input:not([type="hidden"]), textarea, button[type="submit"]')?.focus()
  }
}

// A list that follows the ledger: read again when something happened, unless somebody has read on and would lose their place.
import { ref, watch, type Ref } from 'vue'
import { asked } from './commands'
import type { Pages } from './usePages'
import { live } from '@/shell/live'

const PAGE = 50

export interface Live {
  /** Something happened that the list does not show. */
  behind: Ref<boolean>
  catchUp: () => Promise<void>
}

/** One page that follows the ledger: what a command sets going elsewhere, such as its clocks, is there a moment later. What
    somebody decides on while they fill something in stays as they have read it until they are done: a conflict is told from it. */
export function useLiveReading(again: () => Promise<unknown>, held: () => boolean = () => false): void {
  let missed = false
  watch([() => live.position, () => asked.value !== null || held()] as const, ([now, busy], [before]) => {
    // The first event only tells where the ledger stands.
    missed ||= before !== 0 && now !== before
    if (busy || !missed) return
    missed = false
    void again()
  })
}

/** More than a `page` means that somebody has read on; `held`, that they are at something that a new list would take away. */
export function useLive(pages: Pick<Pages<unknown>, 'rows' | 'reading'>, { page = PAGE, held = () => false }: { page?: number; held?: () => boolean } = {}): Live {
  const behind = ref(false)
  async function catchUp(): Promise<void> {
    await pages.reading.again()
    behind.value = false
  }
  watch(() => live.position, (now, before) => {
    // The first event only tells where the ledger stands.
    if (before === 0 || now === before) return
    if (pages.rows.value.length > page || held()) behind.value = true
    else void pages.reading.again()
  })
  // Whatever reads the list anew brings it up to date.
  watch(pages.reading.data, () => (behind.value = false))
  return { behind, catchUp }
}

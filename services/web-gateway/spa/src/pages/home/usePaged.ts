// A list that is read page by page: the first page anew whenever the filters change, the next ones behind it.
import { ref, type Ref } from 'vue'
import { useReading, type Reading } from '@/parts/useReading'
import { Problem } from '@/api/problems'

export interface Page<T> {
  items: T[]
  total: number
  next?: string | null
}

export interface Paged<T> {
  items: Ref<T[]>
  total: Ref<number>
  next: Ref<string | null>
  reading: Reading<Page<T>>
  /** The next page is under way. */
  more: Ref<boolean>
  moreProblem: Ref<Problem | null>
  readOn: () => Promise<void>
}

/** Reads pages by the cursor of the page before; an answer to old filters is never appended to a list of new ones. */
export function usePaged<T>(read: (after: string) => Promise<Page<T>>): Paged<T> {
  const items = ref<T[]>([]) as Ref<T[]>
  const total = ref(0)
  const next = ref<string | null>(null)
  const more = ref(false)
  const moreProblem = ref<Problem | null>(null) as Ref<Problem | null>
  let list = 0
  const reading = useReading(async () => {
    const mine = ++list
    const page = await read('')
    if (mine === list) {
      items.value = page.items
      total.value = page.total
      next.value = page.next ?? null
      moreProblem.value = null
    }
    return page
  })
  async function readOn(): Promise<void> {
    const [after, mine] = [next.value, list]
    if (!after || more.value) return
    more.value = true
    moreProblem.value = null
    try {
      const page = await read(after)
      if (mine !== list) return
      items.value = [...items.value, ...page.items]
      next.value = page.next ?? null
    } catch (thrown) {
      moreProblem.value = Problem.of(thrown)
    } finally {
      more.value = false
    }
  }
  return { items, total, next, reading, more, moreProblem, readOn }
}

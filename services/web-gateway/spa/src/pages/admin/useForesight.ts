// What a draft would do, read anew once somebody has stopped changing it: nobody who clicks through a holiday wants every answer.
import { onBeforeUnmount, watch } from 'vue'
import { useReading, type Reading } from '@/parts/useReading'

const PAUSE = 600

export function useForesight<T>(foresee: () => Promise<T>, draft: () => unknown): Reading<T> {
  const reading = useReading(foresee)
  let waiting: ReturnType<typeof setTimeout> | undefined
  watch(draft, () => {
    clearTimeout(waiting)
    waiting = setTimeout(() => void reading.again(), PAUSE)
  })
  onBeforeUnmount(() => clearTimeout(waiting))
  return reading
}

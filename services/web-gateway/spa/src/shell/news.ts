// What is new for somebody: work that has come, and notices that were sent to them or to their unit.
import { computed, shallowRef } from 'vue'
import { keepSeen, readSeen, sum } from './seen'
import { api, ask, fresh } from '@/api/client'
import type { components } from '@/api/schema'
import { session } from '@/session'

type Item = components['schemas']['WorkItem']
type Notice = components['schemas']['Notification']

const work = shallowRef<Item[]>([])
const notices = shallowRef<Notice[]>([])
const seen = shallowRef<Set<string>>(new Set())
let whose = ''

export const newWork = computed(() => work.value.filter((item) => !seen.value.has(sum(item.id ?? ''))))
export const newNotices = computed(() => notices.value.filter((notice) => !seen.value.has(sum(notice.notification_id ?? ''))))
export const news = computed(() => newWork.value.length + newNotices.value.length)
export { notices }

/** Reads what there is; a failure leaves what is known. */
export async function readNews(): Promise<void> {
  const account = session.view?.account ?? ''
  const key = `${account} ${session.role}`
  if (whose !== key) {
    whose = key
    work.value = []
    notices.value = []
    seen.value = readSeen(account)
  }
  const [items, sent] = await Promise.all([
    session.role === 'admin' ? { items: [] } : ask(() => api.GET('/api/v1/work', { params: { query: fresh({ limit: 200 }) } })),
    ask(() => api.GET('/api/v1/notifications/mine', { params: { query: { limit: 30 } } })),
  ])
  // Somebody else, or another role, by now.
  if (whose !== key) return
  work.value = items.items ?? []
  notices.value = sent.notifications ?? []
}

/** All that is there has been looked at. */
export function markSeen(): void {
  const all = new Set(seen.value)
  for (const item of work.value) all.add(sum(item.id ?? ''))
  for (const notice of notices.value) all.add(sum(notice.notification_id ?? ''))
  seen.value = all
  keepSeen(session.view?.account ?? '', all)
}

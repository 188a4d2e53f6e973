// What is new for somebody: work that has come, and notices that were sent to them or to their unit.
import { computed, shallowRef } from 'vue'
import type { RouteLocationRaw } from 'vue-router'
import { keepSeen, readSeen, sum } from './seen'
import { api, ask, fresh } from '@/api/client'
import type { components } from '@/api/schema'
import { workLink } from '@/pages/home/workItems'
import { session } from '@/session'
import { rungs } from '@/texts/common'

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

/** Lists where what a notice says of a unit stands, by its template; its own list comes before the page of a case that it is about. */
const OWN_LISTS: Record<string, string> = { finding_recorded: '/findings', task_assigned: '/conference-tasks', special_supervision: '/special-supervision', area_asked: '/reports' }
/** An answer was judged: which kind of answer only its title tells. */
const JUDGED: ReadonlyArray<readonly [string, string]> = [['督导问题', '/findings'], ['联席会议任务', '/conference-tasks']]
const ACCOUNTS: Record<string, string> = { failure_recorded: 'failures', answer_judged: 'failures', ...Object.fromEntries([...Object.keys(rungs), 'explanation_judged'].map((template) => [template, 'escalations'])) }

/** The page where an item of work is done; what has none of its own is done from the list of work. */
export function workPage(item: Item): RouteLocationRaw {
  return workLink(item) ?? '/'
}
/** The page of what a notice is about; null if there is none. */
export function noticePage(notice: Pick<Notice, 'about' | 'subject' | 'template'>): RouteLocationRaw | null {
  const { about = '', subject = '', template = '' } = notice
  const unit = about.startsWith('unit-') ? { unit: about.slice('unit-'.length) } : {}
  const list = OWN_LISTS[template] ?? (template === 'answer_judged' ? JUDGED.find(([what]) => subject.includes(what))?.[1] : undefined)
  if (list) return { path: list, query: unit }
  if (template === 'password_set') return '/profile'
  const page = /^(case|tip)-(.+)$/.exec(about)
  if (page) return `/${page[1]}s/${page[2]}`
  return ACCOUNTS[template] ? { path: '/accountability', query: { list: ACCOUNTS[template], ...unit } } : null
}

// Where a piece of news leads: beside the news themselves, as only the opened panel needs it.
import { bell } from '@/texts/everyone'
import type { RouteLocationRaw } from 'vue-router'
import type { components } from '@/api/schema'
import { workLink, type WorkItem } from '@/pages/home/workItems'
import { rungs } from '@/texts/common'
import { shell } from '@/texts/shell'

type Notice = components['schemas']['Notification']

/** Lists where what a notice says of a unit stands, by its template; its own list comes before the page of a case that it is about. */
const OWN_LISTS: Record<string, string> = { finding_recorded: '/findings', task_assigned: '/conference-tasks', special_supervision: '/special-supervision', area_asked: '/reports' }
/** An answer was judged: which kind of answer only its title tells. */
const JUDGED: ReadonlyArray<readonly [string, string]> = [['督导问题', '/findings'], ['联席会议任务', '/conference-tasks']]
const ACCOUNTS: Record<string, string> = { failure_recorded: 'failures', answer_judged: 'failures', ...Object.fromEntries([...Object.keys(rungs), 'explanation_judged'].map((template) => [template, 'escalations'])) }

/** The page where an item of work is done; what has none of its own is done from the list of work. */
export function workPage(item: WorkItem): RouteLocationRaw {
  return workLink(item) ?? '/'
}
/** The page of what a notice is about; null if there is none. */
export function noticePage(notice: Pick<Notice, 'about' | 'subject' | 'template'>): RouteLocationRaw | null {
  const { about = '', subject = '', template = '' } = notice
  const unit = about.startsWith('unit-') ? { unit: about.slice('unit-'.length) } : {}
  const list = OWN_LISTS[template] ?? (template === 'answer_judged' ? JUDGED.find(([what]) => subject.includes(what))?.[1] : undefined)
  if (list) return { path: list, query: unit }
  if (template === 'password_set') return '/profile'
  // Whoever is asked to deal with the rest of it does not handle the case.
  if (template === 'case_passed_on') return null
  const page = /^(case|tip)-(.+)$/.exec(about)
  if (page) return `/${page[1]}s/${page[2]}`
  return ACCOUNTS[template] ? { path: '/accountability', query: { list: ACCOUNTS[template], ...unit } } : null
}

/** What a notice is about, or where it is, if its letter has a line for that: many have the same subject. */
export function aboutIn(body: string): string {
  const lines = body.split('\n')
  for (const begins of [bell.about, shell.placeLine]) {
    const line = lines.find((one) => one.startsWith(begins))
    // Whoever reads it here has signed in already.
    if (line) return line.slice(begins.length).replace(shell.signInToSee, '')
  }
  return ''
}

// What a search finds in a role, said in its empty field: only some may look through tips.
import { pages } from '@/pages'
import { shell } from '@/texts/shell'

export function findsIn(role: string): string {
  return pages.some((page) => page.route.name === 'tips' && (!page.roles || page.roles.includes(role))) ? shell.findsWithTips : shell.finds
}

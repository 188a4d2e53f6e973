// Names of staff by their accounts: asked for once where one is shown, and kept while somebody is signed in.
import { reactive } from 'vue'
import { api, ask } from '@/api/client'

const names = reactive(new Map<string, string>())
const wanted = new Set<string>()
let soon: ReturnType<typeof setTimeout> | undefined
/** So many accounts are looked up at once; the rest follows. */
const AT_ONCE = 4

/** The name of whoever has that account; until it is known, and if nobody has it any more, the account itself. */
export function personName(account: string | null | undefined): string {
  if (!account) return ''
  const known = names.get(account)
  if (known !== undefined) return known || account
  wanted.add(account)
  soon ??= setTimeout(() => void look())
  return account
}

/** The name if it is known by now: for what is sent, where an account would be wrong. */
export function knownName(account: unknown): string | undefined {
  return (typeof account === 'string' && names.get(account)) || undefined
}

/** What an answer of the directory says of them anyway. */
export function learn(staff: ReadonlyArray<{ account?: string; name?: string }>): void {
  for (const { account, name } of staff) if (account && name) names.set(account, name)
}

async function look(): Promise<void> {
  soon = undefined
  const accounts = [...wanted].slice(0, AT_ONCE)
  await Promise.all(accounts.map(async (account) => {
    wanted.delete(account)
    try {
      learn((await ask(() => api.GET('/api/v1/staff', { params: { query: { text: account, limit: 50 } } }))).staff)
      // Nobody who is still there: not asked for again.
      if (!names.has(account)) names.set(account, '')
    } catch {
      // The account stands there meanwhile; the next page asks again.
    }
  }))
  if (wanted.size > 0) soon ??= setTimeout(() => void look())
}

/** Whoever comes next asks for themselves. */
export function forgetPeople(): void {
  names.clear()
  wanted.clear()
  clearTimeout(soon)
  soon = undefined
}

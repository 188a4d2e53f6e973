// Photos fetched once and lent to whoever shows them; given back, they leave the memory. Recordings are fetched each time.
import { credentialsNow, sessionAgain } from '@/api/client'
import { Problem } from '@/api/problems'
import { photos as words } from '@/texts/everyone'

interface Kept {
  address: Promise<string>
  users: number
}
const kept = new Map<string, Kept>()

export interface Lent {
  address: string
  back: () => void
}

/** An address in this page for a photo, or for its thumbnail; whoever is done with it gives it back. */
export async function lend(id: string, small = false): Promise<Lent> {
  // Another role is another reading, which the gateway decides anew.
  const key = `${credentialsNow()?.role ?? ''} ${id}${small ? ' small' : ''}`
  const photo = kept.get(key) ?? { address: read(id, small), users: 0 }
  kept.set(key, photo)
  photo.users += 1
  let given = false
  const back = (): void => {
    if (given) return
    given = true
    photo.users -= 1
    if (photo.users > 0) return
    if (kept.get(key) === photo) kept.delete(key)
    void photo.address.then(URL.revokeObjectURL, () => undefined)
  }
  try {
    return { address: await photo.address, back }
  } catch (thrown) {
    back()
    throw thrown
  }
}

function read(id: string, small: boolean): Promise<string> {
  return fetched(`/api/v1/evidence/${encodeURIComponent(id)}${small ? '?small=true' : ''}`, words.unreadable)
}

/** An address in this page for the recording of a call; whoever has heard it revokes it. */
export function recording(tip: string, id: string): Promise<string> {
  return fetched(`/api/v1/tips/${encodeURIComponent(tip)}/recordings/${encodeURIComponent(id)}`, words.unplayable)
}

async function fetched(path: string, missing: string): Promise<string> {
  let response = await get(path)
  if (response.status === 401 && credentialsNow()) {
    await sessionAgain()
    response = await get(path)
  }
  if (!response.ok) throw new Problem({ status: response.status, code: 'console.evidence', detail: missing })
  return URL.createObjectURL(await response.blob())
}

function get(path: string): Promise<Response> {
  const role = credentialsNow()?.role
  return fetch(path, { headers: role ? { 'X-Mingcha-Role': role } : {} }).catch((thrown: unknown) => {
    throw Problem.of(thrown)
  })
}

// One file to the gateway, with progress; an ended session is begun again, a lost connection waited for.
import { PART, uploadInParts } from './inParts'
import { credentialsNow, sessionAgain } from '@/api/client'
import { missed, reached } from '@/api/connection'
import { Problem } from '@/api/problems'
import { photos as words } from '@/texts/everyone'

/** The gateway waits no longer either. */
const LONGEST = 180_000
/** The line is there, and not good enough: the same again by itself would only use it up. */
export const TOO_SLOW = 'console.too_slow'

export interface Upload {
  /** From 0 to 1. */
  progress: (done: number) => void
  /** The same for every try of the same photo: it is kept once. */
  key: string
  signal?: AbortSignal
}

/** Where a file goes, and in which field of the form. */
export interface Place {
  path: string
  field: string
  /** What is said if nothing else is. */
  refused: string
}
const PHOTO: Place = { path: '/api/v1/evidence', field: 'photo', refused: words.refused }

/** Sends a photo, a large one in parts; answers with its evidence id. */
export async function upload(file: Blob, name: string, how: Upload): Promise<string> {
  if (file.size > PART) return await uploadInParts(file, name, how)
  const { evidence_id: id } = await sendFile(PHOTO, file, name, how)
  if (typeof id !== 'string') throw new Problem({ status: 0, code: 'console.upload', detail: PHOTO.refused })
  return id
}

/** Sends a file; answers with what the gateway says of it. */
export async function sendFile(to: Place, file: Blob, name: string, how: Upload): Promise<Record<string, unknown>> {
  try {
    return await once(to, file, name, how)
  } catch (thrown) {
    if (!(thrown instanceof Problem) || thrown.status !== 401 || !credentialsNow()) throw thrown
    await sessionAgain()
    return await once(to, file, name, how)
  }
}

function once(to: Place, file: Blob, name: string, { progress, key, signal }: Upload): Promise<Record<string, unknown>> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open('POST', to.path)
    request.setRequestHeader('Idempotency-Key', key)
    const lent = credentialsNow()
    if (lent) {
      request.setRequestHeader('X-CSRF-Token', lent.csrfToken)
      if (lent.role) request.setRequestHeader('X-Mingcha-Role', lent.role)
    }
    request.timeout = LONGEST
    request.upload.onprogress = (event) => event.lengthComputable && progress(event.loaded / event.total)
    request.onerror = () => {
      missed()
      reject(Problem.of(new Error('network')))
    }
    request.ontimeout = () => reject(new Problem({ status: 0, code: TOO_SLOW, detail: words.tooSlow, remedy: words.tooSlowRemedy }))
    request.onabort = () => reject(new Problem({ status: 0, code: 'console.aborted', detail: words.stopped }))
    request.onload = () => {
      reached()
      const answer = read(request.responseText)
      if (request.status < 300) resolve(answer)
      else reject(new Problem({ code: 'console.upload', detail: to.refused, ...answer, status: request.status, retry_after: Number(request.getResponseHeader('Retry-After')) || null }))
    }
    signal?.addEventListener('abort', () => request.abort())
    const form = new FormData()
    form.append(to.field, file, name)
    request.send(form)
  })
}

function read(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text || '{}') as Record<string, unknown>
  } catch {
    return {}
  }
}

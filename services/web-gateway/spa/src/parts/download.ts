// A file from the gateway, asked for in the role in which somebody acts, saved under the name it was given.
import { credentialsNow, sessionAgain } from '@/api/client'
import { missed, reached } from '@/api/connection'
import { Problem } from '@/api/problems'
import { exporting } from '@/texts/everyone'

/** How many bytes have come, and of how many; nought if that is not known. */
export type Progress = (come: number, of: number) => void

/** The name in a Content-Disposition, its UTF-8 form first. */
export function nameIn(disposition: string | null, otherwise: string): string {
  const spelled = /filename\*=UTF-8''([^;]+)/i.exec(disposition ?? '')?.[1]
  if (spelled) {
    try {
      return decodeURIComponent(spelled)
    } catch {
      // Not spelled as it should be: the plain form is there as well.
    }
  }
  return /filename="([^"]+)"/i.exec(disposition ?? '')?.[1] ?? otherwise
}

/** Bytes as people say them. */
export function amount(bytes: number): string {
  return bytes < 1024 * 1024 ? `${Math.ceil(bytes / 1024)} KB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`
}

/** Fetches an exported table and hands it to the browser as a file; answers with its name. */
export async function download(address: string, query: Readonly<Record<string, string>>, progress: Progress = () => undefined): Promise<string> {
  const asked = new URLSearchParams(Object.entries(query).filter(([, value]) => value !== ''))
  let response = await get(`${address}?${asked}`)
  if (response.status === 401 && credentialsNow()) {
    await sessionAgain()
    response = await get(`${address}?${asked}`)
  }
  if (!response.ok) {
    const told = (await response.json().catch(() => ({}))) as Record<string, unknown>
    throw new Problem({ code: 'console.download', ...exporting.refused, ...told, status: response.status })
  }
  const name = nameIn(response.headers.get('content-disposition'), `${address.split('/').at(-1)}.${query.format ?? 'xlsx'}`)
  const file = await all(response, progress)
  const local = URL.createObjectURL(file)
  const link = document.createElement('a')
  link.href = local
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(local), 10_000)
  return name
}

async function get(address: string): Promise<Response> {
  const role = credentialsNow()?.role
  try {
    const response = await fetch(address, { headers: role ? { 'X-Mingcha-Role': role } : {} })
    reached()
    return response
  } catch (thrown) {
    missed()
    throw Problem.of(thrown)
  }
}

/** All that comes; a connection that breaks in the middle leaves no half of a file. */
async function all(response: Response, progress: Progress): Promise<Blob> {
  const of = Number(response.headers.get('content-length') ?? 0) || 0
  const reader = response.body?.getReader()
  if (!reader) return await response.blob()
  const parts: BlobPart[] = []
  let come = 0
  try {
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      parts.push(part.value as BlobPart)
      come += part.value.byteLength
      progress(come, of)
    }
  } catch {
    missed()
    throw new Problem({ status: 0, code: 'console.download', ...exporting.brokenOff })
  }
  return new Blob(parts, { type: response.headers.get('content-type') ?? '' })
}

// A file from the gateway, asked for in the role in which somebody acts, saved under the name it was given.
import { credentialsNow } from '@/api/client'
import { Problem } from '@/api/problems'

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

/** Fetches an exported list and hands it to the browser as a file. */
export async function download(list: string, query: Readonly<Record<string, string>>): Promise<void> {
  const lent = credentialsNow()
  const asked = new URLSearchParams(Object.entries(query).filter(([, value]) => value !== ''))
  const response = await fetch(`/api/v1/exports/${list}?${asked}`, { headers: lent?.role ? { 'X-Mingcha-Role': lent.role } : {} }).catch((thrown: unknown) => {
    throw Problem.of(thrown)
  })
  if (!response.ok) {
    const told = (await response.json().catch(() => ({}))) as Record<string, unknown>
    throw new Problem({ code: 'console.download', detail: '没有导出成功。', ...told, status: response.status })
  }
  const address = URL.createObjectURL(await response.blob())
  const link = document.createElement('a')
  link.href = address
  link.download = nameIn(response.headers.get('content-disposition'), `${list}.${query.format ?? 'xlsx'}`)
  link.click()
  setTimeout(() => URL.revokeObjectURL(address), 10_000)
}

// A photo in parts: what has arrived is not sent again after the line broke off.
import { sendFile, type Upload } from './upload'
import { api, ask, SIGNED } from '@/api/client'
import { Problem } from '@/api/problems'
import { photos as words } from '@/texts/everyone'

/** In bytes; some seconds on a poor line. A photo that is not larger goes in one. */
export const PART = 256 * 1024
/** What the gateway has may be gone, e.g. after signing in anew: then from the beginning, but not for ever. */
const STARTS = 3

/** Sends a photo from where it was broken off, if it was; answers with its evidence id. */
export async function uploadInParts(file: Blob, name: string, how: Upload): Promise<string> {
  const path = { upload_id: how.key }
  const from = async (): Promise<number> => (await ask(() => api.GET('/api/v1/evidence/uploads/{upload_id}', { params: { path }, signal: how.signal }))).received
  const share = (done: number) => how.progress(Math.min(1, done / file.size))
  let received = await from()
  for (let start = 1; start <= STARTS; start++) {
    share(received)
    while (received < file.size) {
      const [at, part] = [received, file.slice(received, received + PART)]
      const place = { path: `/api/v1/evidence/uploads/${how.key}/parts/${at}`, field: 'part', refused: words.refused }
      const reply = await sendFile(place, part, name, { ...how, progress: (done) => share(at + done * part.size) })
      received = Number(reply.received)
      if (!(received > at)) break
    }
    if (received === file.size) {
      try {
        return (await ask(() => api.POST('/api/v1/evidence/uploads/{upload_id}/finish', { params: { path, header: { ...SIGNED, 'Idempotency-Key': how.key } }, body: { upload_id: how.key, bytes: file.size }, signal: how.signal }))).evidence_id
      } catch (thrown) {
        if (!(thrown instanceof Problem) || thrown.code !== 'gateway.upload_incomplete') throw thrown
      }
    }
    received = await from()
  }
  throw new Problem({ status: 0, code: 'console.upload', detail: words.refused })
}

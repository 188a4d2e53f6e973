// One photo to the gateway, with progress.
import { credentialsNow } from '@/api/client'
import { Problem } from '@/api/problems'

/** Sends a photo; answers with its evidence id. `progress` goes from 0 to 1. */
export function upload(file: File, progress: (done: number) => void): Promise<string> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open('POST', '/api/v1/evidence')
    const lent = credentialsNow()
    if (lent) {
      request.setRequestHeader('X-CSRF-Token', lent.csrfToken)
      if (lent.role) request.setRequestHeader('X-Mingcha-Role', lent.role)
    }
    request.upload.onprogress = (event) => event.lengthComputable && progress(event.loaded / event.total)
    request.onerror = () => reject(Problem.of(new Error('network')))
    request.onload = () => {
      const answer = JSON.parse(request.responseText || '{}') as Record<string, unknown>
      if (request.status < 300 && typeof answer.evidence_id === 'string') resolve(answer.evidence_id)
      else reject(new Problem({ status: request.status, code: 'console.upload', detail: '照片没有传上去。', ...answer }))
    }
    const form = new FormData()
    form.append('photo', file)
    request.send(form)
  })
}

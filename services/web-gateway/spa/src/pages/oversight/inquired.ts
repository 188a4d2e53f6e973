// Which subjects discipline inspection has looked into already: whoever opens an inquiry sees the earlier ones first.
import { api, ask, fresh } from '@/api/client'
import type { components } from '@/api/schema'
import { session } from '@/session'
import { accountability as texts } from '@/texts/oversight'
import { useReading } from '@/parts/useReading'

type Inquiry = components['schemas']['InquiryItem']
/** Of a city there are dozens; of more than this the newest are known. */
const MOST = 200

/** Inquiries as inspectors see them; nobody else has any. */
export function useInquired() {
  const reading = useReading<Inquiry[]>(async () => {
    if (session.role !== 'inspector') return []
    return (await ask(() => api.GET('/api/v1/accountability/inquiries', { params: { query: fresh({ limit: MOST }) } }))).inquiries
  })
  /** What is said of the inquiries into the same: those that the clock led to, or those of the subject that no clock did. */
  function said(subject: string, clock: string | null): string {
    const same = (reading.data.value ?? []).filter((one) => one.subject === subject && one.clock === clock)
    if (same.length === 0) return ''
    return texts.inquired(same.some((one) => !one.closed_at))
  }
  return { said, again: reading.again }
}

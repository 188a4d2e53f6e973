// What went wrong, as the gateway says it (RFC 9457), or as the network does.
import { troubles } from '@/texts/common'
import type { components } from './schema'

type Details = components['schemas']['ProblemDetails']

const CONFLICTS = ['platform.outdated_view', 'platform.conflict']

/** A refusal or failure with the sentence to show and what to do about it. */
export class Problem extends Error {
  constructor(readonly details: Partial<Details> & { status: number; code: string; detail: string; /** Seconds, by the header `Retry-After`. */ retry_after?: number | null }) {
    super(details.detail)
    this.name = 'Problem'
  }
  get status(): number {
    return this.details.status
  }
  get code(): string {
    return this.details.code
  }
  get detail(): string {
    return this.details.detail
  }
  get remedy(): string {
    return this.details.remedy ?? ''
  }
  get source(): string {
    return this.details.source ?? ''
  }
  get field(): string {
    return this.details.field ?? ''
  }
  /** After how many seconds the gateway asks to be tried again, if it says so. */
  get retryAfter(): number | undefined {
    const seconds = Number(this.details.retry_after ?? undefined)
    return seconds > 0 ? seconds : undefined
  }
  /** Somebody else changed it after it was read. */
  get isConflict(): boolean {
    return this.status === 412 || CONFLICTS.includes(this.code)
  }
  /** Nothing was decided: trying again is right. */
  get isPassing(): boolean {
    return this.status === 0 || this.status === 429 || this.status >= 500
  }

  /** Whatever was thrown, as something that can be shown. */
  static of(thrown: unknown): Problem {
    if (thrown instanceof Problem) return thrown
    return new Problem({ status: 0, code: 'console.unreachable', ...troubles.unreachable })
  }
}

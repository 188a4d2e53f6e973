// What can be said against a new password before it is sent.
import { profile } from '@/texts/everyone'

const LEAST = 10

/** The first mistake; nothing if there is none. */
export function passwordMistake(current: string, next: string, repeat: string): string {
  if (!current) return profile.empty
  if ([...next].length < LEAST) return profile.short
  if (next === current) return profile.same
  return next === repeat ? '' : profile.differs
}

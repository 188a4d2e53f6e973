// What an obligation is about, apart: the services write place, duty and occasion one behind the other, with colons in between.
import { accountability as texts, obligations } from '@/texts/oversight'

export interface Owed {
  /** The place, or whatever else was written of it. */
  where: string
  /** To what it is an answer, or which duty of the place is meant where the title names another. */
  about: string
}

/** `就督办作出说明：老砖瓦厂：签收` is about 老砖瓦厂, and an answer to what was asked about 签收. */
export function owed(what: string, title: string): Owed {
  const parts = what.split('：').map((part) => part.trim()).filter(Boolean)
  const about: string[] = []
  while (parts[0]?.endsWith(texts.answering)) about.push(parts.shift() ?? '')
  const last = parts.at(-1) ?? ''
  // Before 2026-11-28 the services wrote 举报线索甄审 of every tip, and no place.
  if (last === title || (parts.length === 1 && last.endsWith(title))) parts.pop()
  else if (parts.length > 1 && isDuty(last)) about.push(parts.pop() ?? '')
  return { where: parts.join('：'), about: about.join('：') }
}
/** The services add to some what it comes to: 立即处置（断水断电、停产或关闭）. */
function isDuty(said: string): boolean {
  return Object.values(obligations).some((duty) => said === duty || said.startsWith(`${duty}（`))
}

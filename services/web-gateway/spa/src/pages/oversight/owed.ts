// What an obligation is about, apart: the services write place, duty and occasion one behind the other, with colons in between.
import { accountability as texts, obligations } from '@/texts/oversight'

export interface Owed {
  /** What is owed, where its title says less: to which call an explanation is due. */
  title: string
  /** The place, or whatever else was written of it. */
  where: string
  /** Why an explanation is asked for, or which duty of the place is meant where the title names another. */
  about: string
}

/** `就督办作出说明：老砖瓦厂：签收` is owed to the 督办, because 签收 was late, at 老砖瓦厂. */
export function owed(what: string, title: string): Owed {
  const parts = what.split('：').map((part) => part.trim()).filter(Boolean)
  const calls: string[] = []
  while (parts[0]?.endsWith(texts.answering)) calls.push((parts.shift() ?? '').replace(texts.answering, '').replace(texts.answeringTo, ''))
  let duty = ''
  const last = parts.at(-1) ?? ''
  // Before 2026-11-28 the services wrote 举报线索甄审 of every tip, and no place.
  if (last === title || (parts.length === 1 && last.endsWith(title))) parts.pop()
  else if ((parts.length > 1 || calls.length > 0) && isDuty(last)) duty = parts.pop() ?? ''
  return {
    title: calls.length ? texts.owedFor(calls.join('，')) : '', where: parts.join('：'),
    about: calls.length && duty ? texts.owedBecause(duty) : duty,
  }
}
/** The services add to some what it comes to: 立即处置（断水断电、停产或关闭）. */
function isDuty(said: string): boolean {
  return Object.values(obligations).some((duty) => said === duty || said.startsWith(`${duty}（`))
}

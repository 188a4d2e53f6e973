// What a condition of a list is called and what its value means: figures bring any of them, and nobody reads codes.
import words from '@words'
import { unitName } from './units'
import { spoken } from '@/format'
import { classes, common } from '@/texts/common'
import { lists } from '@/texts/everyone'

/** The words of the values, by the name of the condition; what only a condition can ask for stands among the choices. */
const WORDS: Record<string, Record<string, string>> = {
  stage: words.stage, obligation: words.obligation, closed_as: words.closing, spot_check: words.spot_check, urgency: words.urgency, class: classes, state: { ...words.case_state, ...words.report_state },
  origin: words.origin, progress: words.tip_state, channel: words.channel, rung: words.rung, explanation: words.explanation,
}
const CHOICES: Record<string, string> = words.choice
const TITLES: Record<string, string> = words.condition
const YES_NO: Record<string, string> = { true: common.yes, false: common.no }
const OF_UNITS = ['unit', 'owner']

/** `抽查：抽查不合格`; codes that nobody has heard of are never shown by themselves. */
export function conditionSaid(name: string, value: string): string {
  return `${TITLES[name] ?? lists.otherCondition}：${valueSaid(name, value)}`
}
function valueSaid(name: string, value: string): string {
  if (OF_UNITS.includes(name)) return unitName(value)
  return CHOICES[`${name}_${value}`] ?? WORDS[name]?.[value] ?? YES_NO[value] ?? spoken(value)
}

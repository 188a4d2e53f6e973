// What a condition of a list is called and what its value means: figures bring any of them, and nobody reads codes.
import { unitName } from './units'
import { spoken } from '@/format'
import { channels, classes, rungs, stages, states, tipStates } from '@/texts/common'
import { closings, origins } from '@/texts/cases'
import { conditionTitles as titles, conditionValues as values, urgencyWords } from '@/texts/everyone'
import { explanationStates, obligations, reached, reportStates } from '@/texts/oversight'
import { checkStates } from '@/texts/supervision'

/** The words of the values, by the name of the condition. */
const WORDS: Record<string, Record<string, string>> = {
  stage: stages, obligation: obligations, closed_as: { ...closings, ...values.closedAs }, measures: values.measures, did: values.did, spot_check: checkStates, urgency: urgencyWords,
  class: { ...classes, ...values.class }, state: { ...states, ...reportStates, ...values.state }, origin: origins, progress: tipStates, channel: channels, rung: rungs, explanation: explanationStates, reached,
}
const OF_UNITS = ['unit', 'owner']

/** `抽查：抽查不合格`; codes that nobody has heard of are never shown by themselves. */
export function conditionSaid(name: string, value: string): string {
  return `${titles[name] ?? titles.other ?? ''}：${valueSaid(name, value)}`
}
function valueSaid(name: string, value: string): string {
  if (OF_UNITS.includes(name)) return unitName(value)
  return WORDS[name]?.[value] ?? values.yesNo[value] ?? spoken(value)
}

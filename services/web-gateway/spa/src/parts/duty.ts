// What is due next in a case, and whose it is.
import words from '@words'
import { common } from '@/texts/common'

const OBLIGATIONS: Readonly<Record<string, string>> = words.obligation

/** Beside the time that is left; with who owes it where that is not who has the case: nobody is charged with what another owes. */
export function dutySaid(row: { owner?: string | null; next_unit?: string | null; next_unit_name?: string | null; next_obligation?: string | null }): string {
  const duty = OBLIGATIONS[row.next_obligation ?? ''] ?? common.afterwards
  return row.next_unit && row.next_unit !== row.owner ? `${row.next_unit_name ?? ''}：${duty}` : duty
}

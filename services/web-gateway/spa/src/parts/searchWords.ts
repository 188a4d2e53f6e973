// What somebody looks for: kept in this page only, in no address and no history.
import { ref } from 'vue'

export const searchWords = ref('')

/** Receipts belong to reporters: sixteen digits are never sent as a search. */
export function isReceipt(text: string): boolean {
  return /^\d{16}$/.test(text.replace(/[\s-]/g, ''))
}

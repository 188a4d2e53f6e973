// Answers by which what was read earlier may be out of date: something is not there any more, or is another by now.
import { reactive, readonly } from 'vue'

const state = reactive({ times: 0 })
const DOUBTFUL = [404, 409, 410]

/** Counts up with every such answer; whoever keeps something reads it again. */
export const doubt = readonly(state)

export function doubted(status: number): void {
  if (DOUBTFUL.includes(status)) state.times += 1
}

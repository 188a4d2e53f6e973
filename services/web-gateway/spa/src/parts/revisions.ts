// What one's own commands have made of a case meanwhile: whoever is quicker than the page reads itself again has not overlooked anybody.
const own = new Map<string, number>()

/** `/api/v1/disposals/7` of `/api/v1/disposals/7/measures`; nothing where the address does not say which record it is. */
function recordOf(path: string): string | null {
  return /^(\/api\/v1\/(?:cases|disposals|tips)\/[^/]+)\//.exec(path)?.[1] ?? null
}

/** A command was accepted on what the page had read: what came of it is known to whoever gave it. */
export function accepted(path: string, read: number | undefined, revision: number | undefined): void {
  const record = recordOf(path)
  if (record && read !== undefined && revision !== undefined) own.set(record, revision)
}

/** The revision on which the next command is decided: what the page has read, or what the last command has made of it. */
export function decidedOn(path: string, read: number | undefined): number | undefined {
  return read === undefined ? undefined : Math.max(read, own.get(recordOf(path) ?? '') ?? 0)
}

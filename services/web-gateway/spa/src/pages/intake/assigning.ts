// Whom several cases are likely given to: the township in which all of them lie, or the county.

interface Located {
  township?: string | null
  county?: string | null
}

/** The lowest area that holds all of them; nothing if there is none below the city. */
export function commonArea(rows: readonly Located[]): string {
  const same = (of: (row: Located) => string | null | undefined): string => {
    const first = rows[0] ? of(rows[0]) : null
    return first && rows.every((row) => of(row) === first) ? first : ''
  }
  return same((row) => row.township) || same((row) => row.county)
}

// The number of a lottery as it is read out: six balls and one more, two digits each.

/** `03 07 12 19 22 30 + 05`, in one piece; a number of another length as it was typed. */
export function seedSaid(seed: string): string {
  if (!/^\d{14}$/.test(seed)) return seed
  const balls = seed.match(/\d\d/g) ?? []
  return [...balls.slice(0, 6), '+', balls[6]].join('\u00a0')
}

// Passwords that can be read out over a telephone: no letter or digit that is mistaken for another.

const LETTERS = 'abcdefghjkmnpqrstuvwxyz23456789'
const GROUPS = 4
const GROUP = 4

/** Four groups of four, some 79 bits. */
export function madeUp(): string {
  const drawn: string[] = []
  while (drawn.length < GROUPS * GROUP) {
    // Beyond the last whole multiple some letters would come up more often than others.
    for (const byte of crypto.getRandomValues(new Uint8Array(32))) if (byte < 256 - (256 % LETTERS.length)) drawn.push(LETTERS[byte % LETTERS.length] ?? '')
  }
  return Array.from({ length: GROUPS }, (_, index) => drawn.slice(index * GROUP, (index + 1) * GROUP).join('')).join('-')
}

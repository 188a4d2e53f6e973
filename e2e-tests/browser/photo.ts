// Photos that no two of are alike: what was shown before is refused as proof of what was done since.
import { crc32, deflateSync } from 'node:zlib'
import { randomBytes } from 'node:crypto'

const SIDE = 96

function chunk(kind: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(kind, 'latin1'), data])
  const length = Buffer.alloc(4)
  length.writeUInt32BE(data.length)
  const sum = Buffer.alloc(4)
  sum.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, sum])
}

/** A PNG of coloured squares, as a file input takes it. */
export function photo(name = '现场.png'): { name: string; mimeType: string; buffer: Buffer } {
  const colours = randomBytes(16 * 3)
  const rows: Buffer[] = []
  for (let y = 0; y < SIDE; y += 1) {
    const row = Buffer.alloc(1 + SIDE * 3)
    for (let x = 0; x < SIDE; x += 1) {
      const square = (Math.floor(y / 24) * 4 + Math.floor(x / 24)) * 3
      colours.copy(row, 1 + x * 3, square, square + 3)
    }
    rows.push(row)
  }
  const head = Buffer.alloc(13)
  head.writeUInt32BE(SIDE, 0)
  head.writeUInt32BE(SIDE, 4)
  head.set([8, 2, 0, 0, 0], 8)
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  return { name, mimeType: 'image/png', buffer: Buffer.concat([signature, chunk('IHDR', head), chunk('IDAT', deflateSync(Buffer.concat(rows))), chunk('IEND', Buffer.alloc(0))]) }
}

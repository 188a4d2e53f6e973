// A recording of a call that a browser can play: a tenth of a second of silence, different each time.

const RATE = 8_000
const SAMPLES = RATE / 10

/** As a telephone exchange exports it, for an input of files. */
export function recording(name = '通话.wav'): { name: string; mimeType: string; buffer: Buffer } {
  const header = Buffer.alloc(44)
  header.write('RIFF', 0)
  header.writeUInt32LE(36 + SAMPLES, 4)
  header.write('WAVEfmt ', 8)
  header.writeUInt32LE(16, 16)
  // PCM, one channel, eight bits.
  header.writeUInt16LE(1, 20)
  header.writeUInt16LE(1, 22)
  header.writeUInt32LE(RATE, 24)
  header.writeUInt32LE(RATE, 28)
  header.writeUInt16LE(1, 32)
  header.writeUInt16LE(8, 34)
  header.write('data', 36)
  header.writeUInt32LE(SAMPLES, 40)
  const samples = Buffer.from(Array.from({ length: SAMPLES }, () => 126 + Math.floor(Math.random() * 5)))
  return { name, mimeType: 'audio/wav', buffer: Buffer.concat([header, samples]) }
}

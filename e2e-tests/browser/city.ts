// Starts a whole city from the binaries under test, and stops it when all is done.
import { spawn } from 'node:child_process'
import { resolve } from 'node:path'

const ROOT = resolve(import.meta.dirname, '../..')
/** Twelve services, a campaign and two stories, on a machine that may be busy. */
const LONGEST_START = 600_000

export default async function start(): Promise<() => Promise<void>> {
  if (process.env.MINGCHA_BASE) return async () => {}
  const target = process.env.CARGO_TARGET_DIR ?? resolve(ROOT, 'target')
  const city = spawn(resolve(target, 'debug/city'), ['--played'], {
    cwd: ROOT,
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, MINGCHA_WEB_GATEWAY__CONSOLE_FOLDER: resolve(ROOT, 'services/web-gateway/spa/dist') },
  })
  const ended = new Promise<void>((done) => city.once('exit', () => done()))
  const told = await new Promise<string>((told, failed) => {
    let said = ''
    const late = setTimeout(() => failed(new Error(`the city is not ready: ${said}`)), LONGEST_START)
    city.once('exit', (code) => failed(new Error(`the city ended with ${code}: ${said}`)))
    city.stdout.on('data', (part: Buffer) => {
      said += part.toString()
      const line = said.split('\n').find((line) => line.startsWith('{"base"') && line.endsWith('}'))
      if (line) {
        clearTimeout(late)
        told(line)
      }
    })
  })
  const { base, password } = JSON.parse(told) as { base: string; password: string }
  process.env.MINGCHA_BASE = base
  process.env.MINGCHA_PASSWORD = password
  return async () => {
    city.stdin.end()
    await ended
  }
}

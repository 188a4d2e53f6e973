// What a page weighs with all that it loads, each file once, and whether anything of it comes from elsewhere.
import type { Page, Response } from '@playwright/test'
import { readdirSync, statSync } from 'node:fs'
import { resolve } from 'node:path'
import { base } from './people'

export interface Weight {
  /** The bytes of all that has come so far, not compressed. */
  bytes: () => Promise<number>
  foreign: string[]
}

/** Begins to weigh; `counted` says of an answer whether it is weighed. */
export function weighing(page: Page, counted: (response: Response) => boolean = () => true): Weight {
  const bodies = new Map<string, Promise<number>>()
  const foreign: string[] = []
  page.on('response', (response) => {
    const url = response.url()
    if (!url.startsWith(base())) foreign.push(url)
    // A body that cannot be read fails the test: it would count as nothing.
    const hasBody = response.status() < 300 || response.status() >= 400
    if (hasBody && counted(response)) bodies.set(url, response.body().then((body) => body.length))
  })
  return {
    foreign,
    bytes: async () => (await Promise.all(bodies.values())).reduce((sum, one) => sum + one, 0),
  }
}

/** Code, style and the page itself; what a list holds is another matter. */
export function isCode(response: Response): boolean {
  return ['document', 'script', 'stylesheet', 'font'].includes(response.request().resourceType())
}

/** The bytes of scripts and styles that the page has loaded since its address was opened, kept or fetched. */
export function codeOf(page: Page): Promise<number> {
  return page.evaluate(() => {
    const files = performance.getEntriesByType('resource').filter((one) => /\.(?:js|css)$/.test(new URL(one.name).pathname)) as PerformanceResourceTiming[]
    return [...new Map(files.map((one) => [one.name, one.decodedBodySize])).values()].reduce((sum, one) => sum + one, 0)
  })
}

const BUILT = resolve(import.meta.dirname, '../../services/web-gateway/spa/dist/assets')

/** Every script and style of the console as it was built, by its name without the digest. */
export function builtFiles(): Array<{ name: string; kind: string; bytes: number }> {
  return readdirSync(BUILT).flatMap((file) => {
    const [, name, kind] = /^(.*)-[\w-]{8}\.(js|css)$/.exec(file) ?? []
    return name && kind ? [{ name, kind, bytes: statSync(resolve(BUILT, file)).size }] : []
  })
}

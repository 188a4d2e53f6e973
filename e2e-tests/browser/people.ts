// Who plays: somebody with a browser, somebody of the staff with the console open, and the API for what a story needs ready.
import { expect, request as programs, type Browser, type BrowserContextOptions, type Page } from '@playwright/test'

export const base = (): string => process.env.MINGCHA_BASE ?? 'http://127.0.0.1:8080'
const password = (): string => process.env.MINGCHA_PASSWORD ?? ''

export const PHONE = { width: 390, height: 844 }
export const DESK = { width: 1440, height: 900 }

/** What somebody who sees badly has asked their system for. */
export type Colours = Pick<BrowserContextOptions, 'contrast' | 'forcedColors'>

/** A page of the console, signed in. */
export async function signedIn(browser: Browser, account: string, size = DESK): Promise<Page> {
  const context = await browser.newContext({ viewport: size, locale: 'zh-CN', timezoneId: 'Asia/Shanghai' })
  const page = await context.newPage()
  await page.goto(`${base()}/console/sign-in`)
  await page.getByLabel('账号').fill(account)
  await page.getByLabel('密码').fill(password())
  await page.getByRole('button', { name: '登录' }).click()
  await expect(page.locator('#main h1').first()).toBeVisible()
  return page
}

/** Somebody with a browser and no account; `scripts: false` is a browser that runs none. */
export async function citizen(browser: Browser, options: { scripts?: boolean; size?: typeof PHONE; colours?: Colours } = {}): Promise<Page> {
  const context = await browser.newContext({
    ...options.colours,
    viewport: options.size ?? PHONE,
    javaScriptEnabled: options.scripts ?? true,
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
  })
  return context.newPage()
}

/** The API as an account calls it. */
export interface Desk {
  get: (path: string) => Promise<Record<string, any>>
  post: (path: string, body: object) => Promise<Record<string, any>>
}

export async function desk(account: string): Promise<Desk> {
  // Each with cookies of its own: who signs in over another ends that one's session.
  const request = await programs.newContext()
  const session = await request.post(`${base()}/api/v1/session`, { data: { account, password: password() } })
  expect(session.ok(), await session.text()).toBe(true)
  const { csrf_token: csrf } = (await session.json()) as { csrf_token: string }
  const cookie = session.headersArray().filter((header) => header.name.toLowerCase() === 'set-cookie').map((header) => header.value.split(';')[0]).join('; ')
  const headers = { cookie, 'x-csrf-token': csrf }
  return {
    async get(path) {
      const answer = await request.get(`${base()}${path}`, { headers })
      expect(answer.ok(), `${path}: ${await answer.text()}`).toBe(true)
      return answer.json()
    },
    async post(path, body) {
      const answer = await request.post(`${base()}${path}`, { headers: { ...headers, 'idempotency-key': crypto.randomUUID() }, data: body })
      expect(answer.ok(), `${path}: ${await answer.text()}`).toBe(true)
      return answer.json()
    },
  }
}

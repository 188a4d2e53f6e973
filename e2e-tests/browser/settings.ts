// What the tests and the screenshots have in common: our own Chromium, a city of their own, a clock in Suqian.
import type { PlaywrightTestConfig } from '@playwright/test'

/** No page may be slow to a person; a machine that builds something else beside is given more. */
const PATIENCE = 30_000

export const settings: PlaywrightTestConfig = {
  globalSetup: './city.ts',
  outputDir: '../../target/browser/results',
  // One city, one story at a time: two people at one desk would take each other's work.
  workers: 1,
  fullyParallel: false,
  retries: 0,
  timeout: 120_000,
  expect: { timeout: PATIENCE },
  reporter: [['list']],
  use: {
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    actionTimeout: PATIENCE,
    navigationTimeout: PATIENCE,
    screenshot: 'only-on-failure',
    launchOptions: {
      executablePath: process.env.MINGCHA_CHROMIUM,
      args: ['--no-sandbox', '--disable-dev-shm-usage', '--lang=zh-CN'],
    },
  },
}

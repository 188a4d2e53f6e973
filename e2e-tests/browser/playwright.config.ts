// The browser tests: each role's story, what axe finds, what pages weigh.
import { defineConfig } from '@playwright/test'
import { settings } from './settings'

export default defineConfig({ ...settings, testDir: 'tests' })

// `make screenshots`: every page at two widths, written to a folder to be looked at.
import { defineConfig } from '@playwright/test'
import { settings } from './settings'

export default defineConfig({ ...settings, testDir: 'screenshots', timeout: 600_000 })

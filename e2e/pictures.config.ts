import { defineConfig } from '@playwright/test'
import common from './playwright.config.ts'

/** `npm run pictures`: plays the flow in the demo and writes docs/pictures. */
export default defineConfig(common, { testDir: 'pictures', outputDir: 'test-results/pictures', timeout: 240_000, workers: 1 })

import { defineConfig } from '@playwright/test'
import { chromiumPath } from './harness/chromium.ts'

const database = process.env.HOOKFLASH_E2E_DATABASE ?? 'sqlite'
// About the screen or the network alone: looked at once, on SQLite.
const withoutDatabase = ['axe', 'company-sign-in', 'directory', 'groups', 'handover', 'incoming', 'keyboard', 'licence', 'network', 'offers', 'people', 'sipe', 'tones', 'views', 'wallboard', 'xmpp'].map(
  (name) => `**/${name}.spec.ts`,
)

export default defineConfig({
  testDir: 'tests',
  testIgnore: database === 'postgres' ? withoutDatabase : [],
  grepInvert: database === 'postgres' ? /axe finds nothing/ : [],
  outputDir: `test-results/${database}`,
  timeout: 120_000,
  expect: { timeout: 10_000 },
  fullyParallel: false,
  workers: 2,
  retries: 0,
  forbidOnly: true,
  reporter: [['list']],
  use: {
    browserName: 'chromium',
    viewport: { width: 1280, height: 720 },
    locale: 'en-GB',
    permissions: ['microphone', 'notifications', 'clipboard-write'],
    screenshot: 'only-on-failure',
    actionTimeout: 10_000,
    launchOptions: { executablePath: chromiumPath() },
  },
})

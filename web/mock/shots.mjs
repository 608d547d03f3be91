// Plays the desk against the stand-in, photographs every state and runs axe on each.
// Usage: npm run build && npm run shots [-- dark|light|narrow|de]
import { AxeBuilder } from '@axe-core/playwright'
import { mkdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium } from 'playwright-core'
import { startMock } from './server.mjs'

const look = process.argv[2] ?? 'light'
const folder = new URL(`./shots/${look}/`, import.meta.url).pathname
const profile = join(tmpdir(), `hookflash-shots-${process.pid}`)
const flags = ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream']

let violations = 0
const complaints = []

async function main() {
  await rm(folder, { recursive: true, force: true })
  await mkdir(folder, { recursive: true })
  const mock = await startMock()
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: process.env.CHROMIUM ?? '/usr/lib/chromium/chromium', headless: true, args: flags,
    viewport: look === 'narrow' ? { width: 860, height: 720 } : { width: 1280, height: 720 },
    contrast: look === 'contrast' ? 'more' : 'no-preference',
    colorScheme: look === 'dark' ? 'dark' : 'light', locale: look === 'de' ? 'de-DE' : 'en-GB',
  })
  const page = context.pages()[0]
  page.on('console', (message) => ['error', 'warning'].includes(message.type()) && complaints.push(message.text()))
  page.on('pageerror', (error) => complaints.push(String(error)))
  try {
    await play(page, mock)
  } finally {
    await context.close()
    mock.close()
    await rm(profile, { recursive: true, force: true })
  }
  for (const complaint of new Set(complaints)) console.log(`console: ${complaint.slice(0, 400)}`)
  console.log(`axe violations: ${violations}`)
  process.exitCode = violations === 0 ? 0 : 1
}

let shot = 0
async function snap(page, name) {
  // Animations of Fluent take up to 400 ms; axe would measure colours in mid-fade.
  await page.waitForTimeout(700)
  shot += 1
  await page.screenshot({ path: join(folder, `${String(shot).padStart(2, '0')}-${name}.png`) })
  const { violations: found } = await new AxeBuilder({ page }).exclude('[data-tabster-dummy]').analyze()
  for (const one of found) {
    violations += 1
    console.log(`${name}: ${one.id} (${one.impact}) ${one.nodes.slice(0, 3).map((node) => `${node.target.join(' ')} :: ${node.any[0]?.message ?? node.all[0]?.message ?? ''}`).join(' | ')}`)
  }
}

const id = (page, name) => page.getByTestId(name)

async function openExperts(page) {
  if (look !== 'narrow') return
  const button = page.getByRole('button', { name: /^(Experts|Experten)/ })
  if (await button.isVisible()) await button.click()
}

async function play(page, { url, desk }) {
  await page.goto(url)
  await id(page, 'sign-in-name').fill('dana')
  await id(page, 'sign-in-password').fill('wrong')
  await id(page, 'sign-in-submit').click()
  await page.getByRole('alert').waitFor()
  await snap(page, 'sign-in-wrong')
  await id(page, 'sign-in-password').fill('right password')
  await page.keyboard.press('Enter')
  await id(page, 'idle').waitFor()
  await snap(page, 'idle')
  await id(page, 'agent-state').click()
  await snap(page, 'agent-menu')
  await page.keyboard.press('Escape')
  desk.agent_ready()
  desk.offerCall()
  await id(page, 'offer').waitFor()
  await snap(page, 'offer')
  await page.keyboard.press('Control+Enter')
  await id(page, 'interaction').waitFor()
  await snap(page, 'call')
  await page.keyboard.press('m')
  await page.keyboard.press('h')
  await page.locator('[data-held=true]').waitFor()
  await page.keyboard.press('k')
  await snap(page, 'hold-keypad')
  await page.keyboard.press('Escape')
  await page.keyboard.press('h')
  await consult(page, desk)
  await wrapUp(page, desk)
  if (look !== 'narrow') await pages(page, url)
}

async function consult(page, desk) {
  await id(page, 'attached-tick-X-Customer-Number').check()
  await id(page, 'attached-tick-X-Case').check()
  await openExperts(page)
  if (look === 'narrow') await id(page, 'expert-search').click()
  else await page.keyboard.press('/')
  await page.keyboard.type('p')
  await id(page, 'expert-result-0').waitFor()
  await snap(page, 'search')
  await id(page, 'expert-search').fill('osk')
  await page.getByText('Lindqvist').first().waitFor()
  await page.waitForFunction(() => document.querySelectorAll('[role=option]').length === 1)
  await page.keyboard.press('Enter')
  await id(page, 'ask-question').fill('Customer changed her IBAN, now the SEPA mandate is refused with AM04. On the line. What do I do?')
  await snap(page, 'ask')
  await page.keyboard.press('Enter')
  await id(page, 'invitation-countdown').waitFor()
  await snap(page, 'inviting')
  await id(page, 'ask-another').waitFor()
  await snap(page, 'declined')
  await page.keyboard.press('a')
  await page.waitForFunction(() => document.querySelector('[data-testid=ask-question]')?.value.startsWith('Customer changed'))
  await snap(page, 'ask-another-by-key')
  await page.keyboard.press('Escape')
  await id(page, 'ask-another').waitFor()
  await id(page, 'expert-search').fill('tom')
  await page.waitForFunction(() => document.querySelectorAll('[role=option]').length === 1)
  await page.keyboard.press('Enter')
  await snap(page, 'ask-another-form')
  await page.keyboard.press('Enter')
  await page.locator('[data-state=no_answer]').waitFor()
  await snap(page, 'no-answer')
  await id(page, 'expert-search').fill('pri')
  await page.waitForFunction(() => document.querySelectorAll('[role=option]').length === 1)
  await page.keyboard.press('Enter')
  await id(page, 'ask-question').waitFor()
  await page.keyboard.press('Enter')
  await id(page, 'chat-input').waitFor()
  desk.expertSays('Hi Dana. AM04 is not the IBAN. Old mandate is still active, so the bank sees two.')
  desk.expertSays('End the old one here: https://pay.example/mandates/DE-2098113, then resend. <b>not bold</b>')
  await id(page, 'chat-input').fill('Done, it went through. Thank you!')
  await id(page, 'chat-input').press('Enter')
  await page.locator('[data-testid=message][data-state=delivered][data-by=agent]').waitFor()
  desk.expertTypes(true)
  await snap(page, 'talking')
  desk.failLastMessage()
  await id(page, 'share-data').click()
  await snap(page, 'failed-and-share')
  await page.keyboard.press('Escape')
  desk.incomingChat()
  desk.notice({ code: 'late_acceptance', person_name: 'Tom Becker' })
  await snap(page, 'incoming-and-toasts')
  await id(page, 'outcome-solved').click()
  desk.cutLine(true)
  await id(page, 'connection-bar').waitFor()
  await id(page, 'chat-input').fill('Typed while the line was cut')
  await id(page, 'chat-input').press('Enter')
  await snap(page, 'cut')
  desk.cutLine(false)
  await id(page, 'connection-bar').waitFor({ state: 'detached' })
  await page.locator('[data-testid=message][data-state=delivered]', { hasText: 'line was cut' }).waitFor()
  await page.reload()
  await id(page, 'interaction').waitFor()
  await openExperts(page)
  await snap(page, 'after-reload')
  if (look === 'narrow') await page.getByRole('button', { name: 'Close' }).click()
}

async function wrapUp(page, desk) {
  await id(page, 'wrapup-note').fill('Asked Priya Raman (Payments) by chat; new mandate sent.')
  await id(page, 'wrapup-disposition').selectOption({ index: 1 })
  await page.locator('[data-testid=wrapup-saved][data-state=saved]').waitFor()
  await page.keyboard.press('Control+e')
  await id(page, 'call-ended').waitFor()
  await snap(page, 'wrap-up')
  desk.setNetwork({ state: 'refused', code: 'wrong_password', words: null })
  await page.keyboard.press('Control+s')
  await id(page, 'idle').waitFor()
  await page.locator('body').click({ position: { x: 400, y: 700 } })
  await page.keyboard.press('?')
  await snap(page, 'keys')
  await page.keyboard.press('Escape')
}

async function reports(page, url) {
  await id(page, 'nav-reports').click()
  await id(page, 'report-run').first().waitFor()
  await snap(page, 'reports')
  await id(page, 'report-interaction-details').click()
  await id(page, 'report-period').selectOption('days')
  await snap(page, 'report-form')
  await page.goto(`${url}/reports?view=schedules`)
  await id(page, 'schedule').first().waitFor()
  await snap(page, 'schedules')
  await id(page, 'schedule-change').first().click()
  await id(page, 'schedule-name').waitFor()
  await snap(page, 'schedule-form')
  await page.keyboard.press('Escape')
}

async function pages(page, url) {
  await id(page, 'nav-interactions').click()
  await id(page, 'interaction-row').first().waitFor()
  await snap(page, 'interactions')
  await id(page, 'filter-text').fill('nothing')
  await page.waitForURL(/text=nothing/)
  await snap(page, 'interactions-empty')
  await page.goto(`${url}/interactions/2`)
  await id(page, 'detail-timeline').waitFor()
  await snap(page, 'detail')
  await reports(page, url)
  await id(page, 'nav-administration').click()
  await id(page, 'admin-row').first().waitFor()
  await snap(page, 'users')
  await id(page, 'admin-add').click()
  await snap(page, 'user-form')
  await page.keyboard.press('Escape')
  for (const part of ['queues', 'skills', 'languages', 'demand-rules', 'dispositions', 'attached-data', 'networks']) {
    await id(page, `admin-${part}`).click()
    await snap(page, part)
  }
  await page.goto(`${url}/profile`)
  await id(page, 'account-connect').waitFor()
  await snap(page, 'profile')
}

await main()

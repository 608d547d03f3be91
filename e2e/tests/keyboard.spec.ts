import type { Page } from '@playwright/test'
import { experts } from '../harness/acts.ts'
import { ANNA } from '../harness/centre.ts'
import type { Desk } from '../harness/desk.ts'
import { expect, test } from '../harness/stage.ts'
import { PASSWORD } from '../harness/server.ts'

const QUESTION = 'Her mandate is refused with AM04. What do I do?'
const NOTE = 'Asked Priya Raman; new mandate sent.'

test.use({ ringMs: 5000 })

test('the whole flow by keyboard alone', async ({ desk, pool, phone }) => {
  await experts(pool)
  const clicks = await countClicks(desk.page)
  const anna = await phone(ANNA)
  await test.step('sign in and be ready', () => signIn(desk))
  await test.step('answer', async () => {
    anna.call()
    await desk.answer()
  })
  await test.step('tick, search with arrows, ask', () => askFirst(desk))
  await test.step('ask another, twice', () => askOthers(desk))
  await test.step('chat, share, outcome', async () => {
    await pool.says('priya.raman', 'End the old mandate first.')
    await chat(desk)
    await pool.hasTold('priya.raman', 'Done, thank you')
    await pool.hasTold('priya.raman', 'SEPA mandate refused')
  })
  await test.step('escape loses no text', () => escape(desk))
  await test.step('hang up, wrap up', () => wrapUp(desk))
  await test.step('found again', () => foundAgain(desk))
  expect(await clicks(), 'no pointer was used').toBe(0)
})

/** Counts uses of a pointer over all pages that are loaded. A key on a button makes a click without one. */
async function countClicks(page: Page): Promise<() => Promise<number>> {
  let count = 0
  await page.exposeFunction('pointerWasUsed', () => (count += 1))
  await page.addInitScript(() => addEventListener('pointerdown', () => void (window as unknown as { pointerWasUsed(): void }).pointerWasUsed(), true))
  return async () => count
}

async function signIn(desk: Desk): Promise<void> {
  const { keyboard } = desk.page
  await desk.open()
  await expect(desk.id('sign-in-name')).toBeFocused()
  await keyboard.type('dana')
  await keyboard.press('Tab')
  await keyboard.type(PASSWORD)
  await keyboard.press('Enter')
  await desk.id('idle').waitFor()
  await desk.tabTo(desk.id('agent-state'))
  await keyboard.press('Enter')
  await expect(desk.id('agent-state-ready')).toBeFocused()
  await keyboard.press('Enter')
  await desk.stateIs('ready')
  await desk.lineIs('up')
}

async function askFirst(desk: Desk): Promise<void> {
  const { keyboard } = desk.page
  await desk.tabTo(desk.id('attached-tick-X-Customer-Number'))
  await keyboard.press('Space')
  await expect(desk.id('attached-tick-X-Customer-Number')).toBeChecked()
  await keyboard.press('/')
  await keyboard.type('lind')
  const oskar = desk.page.getByRole('option').filter({ hasText: 'Oskar Lindqvist' })
  await oskar.waitFor()
  for (let count = 0; count < 10 && (await oskar.getAttribute('aria-selected')) !== 'true'; count += 1) await keyboard.press('ArrowDown')
  await expect(oskar).toHaveAttribute('aria-selected', 'true')
  await keyboard.press('Enter')
  await expect(desk.id('ask-question')).toBeFocused()
  await keyboard.type(QUESTION)
  await keyboard.press('Enter')
  await desk.invitationIs(1, 'declined')
}

async function askOthers(desk: Desk): Promise<void> {
  for (const [number, text, name] of [[2, 'tom b', 'Tom Becker'], [3, 'priya', 'Priya Raman']] as const) {
    await desk.id('ask-another').waitFor()
    await desk.page.keyboard.press('a')
    // With somebody found before, the question opens for that person at once; the search is one key away.
    if (!(await desk.id('expert-search').evaluate((input) => input === document.activeElement))) {
      await desk.page.keyboard.press('Escape')
      await desk.page.keyboard.press('/')
    }
    await desk.page.keyboard.type(text)
    await expect(desk.id('expert-result-0')).toContainText(name)
    await desk.page.keyboard.press('Enter')
    await expect(desk.id('ask-question')).toHaveValue(QUESTION)
    await desk.page.keyboard.press('Enter')
    await desk.invitationIs(number, number === 3 ? 'accepted' : 'no_answer')
  }
}

async function chat(desk: Desk): Promise<void> {
  const { keyboard } = desk.page
  await expect(desk.message('End the old mandate first.')).toBeVisible()
  await desk.tabTo(desk.id('chat-input'))
  await keyboard.type('Done, thank you')
  await keyboard.press('Enter')
  await desk.messageIs('Done, thank you', /sent|delivered/)
  await desk.tabTo(desk.id('share-data'))
  await keyboard.press('Enter')
  await desk.id('share-send').waitFor()
  await desk.tabTo(desk.id('share-tick-X-Topic'))
  await keyboard.press('Space')
  await desk.tabTo(desk.id('share-send'))
  await keyboard.press('Enter')
  await desk.tabTo(desk.id('outcome-solved'), 120)
  await keyboard.press('Enter')
  await expect(desk.id('outcome-solved')).toHaveAttribute('aria-pressed', 'true')
}

async function escape(desk: Desk): Promise<void> {
  const { keyboard } = desk.page
  await desk.tabTo(desk.id('chat-input'), 120)
  await keyboard.type('half a thought')
  await keyboard.press('Escape')
  await expect(desk.id('chat-input')).toHaveValue('half a thought')
  await keyboard.press('Alt+1')
  await expect(desk.id('chat-input')).toHaveValue('half a thought')
}

async function wrapUp(desk: Desk): Promise<void> {
  const { keyboard } = desk.page
  await keyboard.press('Control+e')
  await desk.stateIs('wrap_up')
  await desk.tabTo(desk.id('agent-state'), 120)
  await keyboard.press('w')
  await expect(desk.id('wrapup-note')).toBeFocused()
  await keyboard.type(NOTE)
  await keyboard.press('Shift+Tab')
  await expect(desk.id('wrapup-disposition')).toBeFocused()
  await keyboard.type('Call back')
  await expect(desk.id('wrapup-disposition').locator('option:checked')).toHaveText('Call back')
  await keyboard.press('Control+s')
  await desk.id('idle').waitFor()
}

async function foundAgain(desk: Desk): Promise<void> {
  const { keyboard } = desk.page
  await desk.tabTo(desk.id('nav-interactions'))
  await keyboard.press('Enter')
  const link = desk.id('interaction-row').filter({ hasText: 'Anna Müller' }).getByRole('link')
  await link.waitFor()
  await desk.tabTo(link, 120)
  await keyboard.press('Enter')
  await expect(desk.id('detail-note')).toHaveText(NOTE)
  await expect(desk.id('detail-facts')).toContainText('Call back')
  await keyboard.press('?')
  await expect(desk.page.getByRole('dialog')).toContainText('Find an expert')
  await keyboard.press('Escape')
  await expect(desk.page.getByRole('dialog')).toHaveCount(0)
}

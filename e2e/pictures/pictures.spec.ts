import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { Demo, DEMO_PASSWORD } from '../harness/demo.ts'
import { Desk } from '../harness/desk.ts'
import { settled } from '../harness/look.ts'
import { expect, test } from '../harness/stage.ts'

const PICTURES = join(import.meta.dirname, '../../docs/pictures')
const QUESTION = 'Customer changed her IBAN, now the SEPA mandate is refused with AM04. She is on the line. What do I do?'
const NOTE = 'Mandate reopened with the help of Priya Raman (Payments). The customer signs once, then the next debit goes through.'

test('the flow in the demo, for the README', async ({ page }, info) => {
  await mkdir(PICTURES, { recursive: true })
  const demo = await Demo.start(info.outputDir)
  const desk = new Desk(page, demo.url)
  try {
    await play(desk, demo)
    expect(desk.faults).toEqual([])
  } finally {
    await demo.stop()
  }
})

async function play(desk: Desk, demo: Demo): Promise<void> {
  await desk.signIn('dana', DEMO_PASSWORD)
  await desk.id('idle').waitFor()
  await desk.beReady()
  await quickCall(desk, demo, 'sofia', 'Information given')
  await quickCall(desk, demo, 'james', 'Card blocked')
  await demo.calls('anna')
  await desk.answer()
  await consult(desk)
  await pictures(desk)
  await desk.page.keyboard.press('Control+e')
  await desk.stateIs('wrap_up')
  await desk.page.keyboard.press('Control+s')
  await desk.id('idle').waitFor()
  await foundAgain(desk)
}

async function quickCall(desk: Desk, demo: Demo, customer: string, disposition: string): Promise<void> {
  await demo.calls(customer)
  await desk.answer()
  await desk.id('wrapup-disposition').selectOption({ label: disposition })
  await desk.page.keyboard.press('Control+e')
  await desk.stateIs('wrap_up')
  await desk.page.keyboard.press('Control+s')
  await desk.id('idle').waitFor()
  await desk.stateIs('ready')
}

async function consult(desk: Desk): Promise<void> {
  await desk.id('attached-tick-X-Customer-Number').check()
  await desk.id('attached-tick-X-Case').check()
  await desk.findExpert('osk', 'Oskar Lindqvist')
  await desk.id('ask-question').fill(QUESTION)
  await desk.page.keyboard.press('Enter')
  await desk.invitationIs(1, 'declined', 30_000)
  await askAnother(desk, 'tom b', 'Tom Becker')
  await desk.invitationIs(2, 'no_answer', 60_000)
  await askAnother(desk, 'pri', 'Priya Raman')
  await desk.invitationIs(3, 'accepted', 30_000)
  await desk.message('I see the mandate').waitFor({ timeout: 20_000 })
  await desk.say('Thank you. Can it be opened again while she is on the line?')
  await desk.message('I have reopened it').waitFor({ timeout: 30_000 })
  await desk.id('outcome-solved').click()
}

async function askAnother(desk: Desk, text: string, name: string): Promise<void> {
  await desk.id('ask-another').waitFor()
  await desk.page.keyboard.press('a')
  if (!(await desk.id('expert-search').evaluate((input) => input === document.activeElement))) {
    await desk.page.keyboard.press('Escape')
    await desk.page.keyboard.press('/')
  }
  await desk.page.keyboard.type(text)
  await expect(desk.id('expert-result-0')).toContainText(name)
  await desk.page.keyboard.press('Enter')
  await expect(desk.id('ask-question')).toHaveValue(QUESTION)
  await desk.page.keyboard.press('Enter')
}

async function pictures(desk: Desk): Promise<void> {
  await desk.id('wrapup-note').fill(NOTE)
  await desk.id('wrapup-disposition').selectOption({ label: 'Mandate corrected' })
  await expect(desk.id('wrapup-saved')).toHaveAttribute('data-state', 'saved')
  await expect(desk.id('toast')).toHaveCount(0, { timeout: 20_000 })
  await desk.id('chat-input').focus()
  await take(desk, 'desk.png')
  await desk.page.emulateMedia({ colorScheme: 'dark' })
  await take(desk, 'desk-dark.png')
  await desk.page.emulateMedia({ colorScheme: 'light' })
}

async function take(desk: Desk, name: string): Promise<void> {
  await desk.page.mouse.move(0, 0)
  await settled(desk)
  await desk.page.screenshot({ path: join(PICTURES, name) })
}

async function foundAgain(desk: Desk): Promise<void> {
  await desk.id('nav-interactions').click()
  const row = desk.id('interaction-row').filter({ hasText: 'Anna Müller' })
  await expect(row).toContainText('Mandate corrected')
  await row.getByRole('link').click()
  await expect(desk.id('detail-note')).toHaveText(NOTE)
  await expect(desk.id('detail-invitation')).toHaveCount(3)
  await take(desk, 'interactions.png')
}

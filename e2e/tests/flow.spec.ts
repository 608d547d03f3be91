import type { Browser } from '@playwright/test'
import { experts } from '../harness/acts.ts'
import { ANNA, JAMES } from '../harness/centre.ts'
import { Desk } from '../harness/desk.ts'
import type { Phone } from '../harness/phone.ts'
import type { Pool } from '../harness/pool.ts'
import { expect, test } from '../harness/stage.ts'
import { AGENT, CALLER, MUSIC, OTHER_CALLER } from '../harness/tones.ts'

const QUESTION = 'Customer changed her IBAN, now the mandate is refused with AM04. She is on the line. What do I do?'
const ANSWER = 'End the old mandate first: https://pay.example/mandates/DE-2098113 then resend.'
const THANKS = 'Done, it went through. Thank you!'
const NOTE = 'Old mandate ended with the help of Priya Raman, new one sent.'

test.use({ ringMs: 5000 })

test('a customer calls, the third expert asked knows the answer, and all of it is found again', async ({ desk, pool, phone, browser }) => {
  await experts(pool)
  await desk.beginShift()
  const [anna, james] = [await phone(ANNA), await phone(JAMES, OTHER_CALLER)]
  await test.step('ring and answer by key', () => ringAndAnswer(desk, anna))
  await test.step('another caller waits with music', () => waits(james))
  await test.step('hold, mute, digits', () => controls(desk, anna))
  await test.step('first expert declines', () => declined(desk))
  await test.step('second does not answer', () => noAnswer(desk))
  await test.step('third accepts and sees what was ticked', () => accepted(desk, pool))
  await test.step('chat both ways', () => chat(desk, pool))
  await test.step('nobody heard anything else', () => stories(desk, anna, james))
  const office = await expertsView(browser, desk.url)
  await test.step('hang up and wrap up', () => wrapUp(desk, anna))
  await test.step('the Experts view goes on by itself', () => counted(office))
  await test.step('found again', () => foundAgain(desk))
})

async function ringAndAnswer(desk: Desk, anna: Phone): Promise<void> {
  anna.call()
  await anna.event('CALL_RINGING')
  await expect(desk.id('offer')).toContainText('Anna Müller')
  await anna.hears(MUSIC)
  await desk.answer()
  await anna.hears(AGENT)
  await desk.hears(CALLER)
  await desk.listen()
}

async function waits(james: Phone): Promise<void> {
  james.call()
  await james.hears(MUSIC)
}

async function controls(desk: Desk, anna: Phone): Promise<void> {
  const { page } = desk
  await page.keyboard.press('h')
  await expect(desk.id('call-hold')).toHaveAttribute('data-held', 'true')
  await anna.hears(MUSIC)
  await desk.hears(null)
  await page.keyboard.press('h')
  await expect(desk.id('call-hold')).toHaveAttribute('data-held', 'false')
  await anna.hears(AGENT)
  await desk.hears(CALLER)
  await page.keyboard.press('m')
  await expect(desk.id('call-mute')).toHaveAttribute('aria-pressed', 'true')
  await anna.hears('silence')
  await desk.hears(CALLER)
  await page.keyboard.press('m')
  await anna.hears(AGENT)
  await page.keyboard.press('k')
  await desk.id('digit-5').waitFor()
  await page.keyboard.press('5')
  await page.keyboard.press('#')
  await expect.poll(() => anna.digits).toBe('5#')
  await page.keyboard.press('Escape')
  anna.press('7')
  await expect(desk.id('toast').filter({ hasText: 'The caller pressed 7.' })).toBeVisible()
}

async function declined(desk: Desk): Promise<void> {
  await expect(desk.id('attached-row-X-Topic')).toContainText('SEPA mandate refused')
  await expect(desk.id('attached-tick-X-Date-Of-Birth'), 'what is private cannot be ticked').toHaveCount(0)
  await desk.id('attached-tick-X-Customer-Number').check()
  await desk.id('attached-tick-X-Case').check()
  await desk.findExpert('osk', 'Oskar Lindqvist')
  await desk.id('ask-question').fill(QUESTION)
  await desk.page.keyboard.press('Enter')
  await desk.id('invitation-countdown').waitFor()
  await desk.invitationIs(1, 'declined')
  await expect(desk.invitation(1)).toContainText('Oskar Lindqvist declined')
}

async function noAnswer(desk: Desk): Promise<void> {
  await askAnother(desk, 'tom', 'Tom Becker')
  await desk.invitationIs(2, 'alerting')
  await expect(desk.invitation(2)).toContainText('Tom Becker has been notified')
  await desk.invitationIs(2, 'no_answer')
  await expect(desk.invitation(2)).toContainText('Tom Becker did not answer within')
}

/** One key, a name, Enter; the question and the ticks are still there, Enter. */
async function askAnother(desk: Desk, text: string, name: string): Promise<void> {
  await desk.id('ask-another').waitFor()
  await desk.page.keyboard.press('a')
  await expect(desk.id('expert-search')).toBeFocused()
  await desk.page.keyboard.type(text)
  await expect(desk.id('expert-result-0')).toContainText(name)
  await desk.page.keyboard.press('Enter')
  await expect(desk.id('ask-question')).toHaveValue(QUESTION)
  await expect(desk.id('ask-tick-X-Case')).toBeChecked()
  await desk.page.keyboard.press('Enter')
}

async function accepted(desk: Desk, pool: Pool): Promise<void> {
  await askAnother(desk, 'pri', 'Priya Raman')
  await desk.invitationIs(3, 'accepted')
  await expect(desk.invitation(3)).toContainText('sees Customer number, Case')
  await pool.hasTold('priya.raman', QUESTION)
  await pool.hasTold('priya.raman', 'DE-2098113')
  await pool.hasTold('priya.raman', 'https://crm.example/cases/48213')
  const told = JSON.stringify(await pool.told('priya.raman'))
  expect(told, 'what was not ticked stays here').not.toContain('SEPA mandate refused')
  expect(told, 'what is private stays here').not.toContain('1984-03-17')
}

async function chat(desk: Desk, pool: Pool): Promise<void> {
  await pool.types('priya.raman')
  await expect(desk.id('typing')).toContainText('Priya Raman is typing')
  await pool.says('priya.raman', ANSWER)
  const link = desk.message('End the old mandate').getByRole('link')
  await expect(link).toHaveAttribute('href', 'https://pay.example/mandates/DE-2098113')
  await expect(link).toHaveAttribute('target', '_blank')
  await expect(link).toHaveAttribute('rel', /noopener/)
  await expect(link).toHaveAttribute('rel', /noreferrer/)
  await desk.say(THANKS)
  await desk.messageIs(THANKS, /sent|delivered/)
  await pool.hasTold('priya.raman', THANKS)
  await desk.id('outcome-solved').click()
  await expect(desk.id('outcome-solved')).toHaveAttribute('aria-pressed', 'true')
  await desk.id('consult-end').click()
  await expect(desk.id('chat')).toHaveAttribute('data-state', 'ended')
}

async function stories(desk: Desk, anna: Phone, james: Phone): Promise<void> {
  expect(await anna.story()).toEqual([MUSIC, AGENT, MUSIC, AGENT])
  expect(await james.story()).toEqual([MUSIC])
  expect(await desk.story()).toEqual([CALLER])
  james.hangUp()
  await james.event('CALL_CLOSED')
}

async function wrapUp(desk: Desk, anna: Phone): Promise<void> {
  await desk.page.keyboard.press('Control+e')
  await anna.event('CALL_CLOSED')
  await expect(desk.id('call-ended')).toHaveText('You hung up')
  await desk.stateIs('wrap_up')
  await desk.id('wrapup-note').fill(NOTE)
  await desk.id('wrapup-disposition').selectOption({ label: 'Solved with an expert' })
  await expect(desk.id('wrapup-saved')).toHaveAttribute('data-state', 'saved')
  await desk.page.keyboard.press('Control+s')
  await desk.id('idle').waitFor()
  await desk.stateIs('ready')
}

/** An administrator at the view of what experts are asked. */
async function expertsView(browser: Browser, url: string): Promise<Desk> {
  const office = new Desk(await (await browser.newContext()).newPage(), url)
  await office.signIn('admin')
  await office.id('nav-figures').waitFor()
  await office.open('/figures/experts')
  await office.page.getByRole('heading', { name: 'Experts' }).waitFor()
  return office
}

async function counted(office: Desk): Promise<void> {
  for (const name of ['Tom Becker', 'Priya Raman']) {
    await expect(office.id('figures-row').filter({ hasText: name })).toHaveCount(1, { timeout: 20_000 })
  }
  expect(office.faults).toEqual([])
}

async function foundAgain(desk: Desk): Promise<void> {
  await desk.id('nav-interactions').click()
  const row = desk.id('interaction-row').filter({ hasText: 'Anna Müller' })
  await expect(row).toContainText('Solved with an expert')
  await row.getByRole('link').click()
  const asked = desk.id('detail-invitation')
  await expect(asked).toHaveCount(3)
  expect(await asked.evaluateAll((all) => all.map((one) => one.getAttribute('data-state')))).toEqual(['declined', 'no_answer', 'accepted'])
  await expect(desk.id('detail-message').filter({ hasText: ANSWER })).toHaveCount(1)
  await expect(desk.id('detail-message').filter({ hasText: THANKS })).toHaveCount(1)
  await expect(desk.id('detail-note')).toHaveText(NOTE)
  await expect(desk.id('detail-facts')).toContainText('Solved with an expert')
  await expect(desk.id('detail-facts')).toContainText('You hung up')
  await expect(desk.id('detail-attached')).toContainText('DE-2098113')
  await expect(desk.id('detail-consult')).toContainText('Solved')
  for (const words of ['Waiting in queue Billing', 'Dana Whitfield answered', 'Dana Whitfield began a consult', 'Tom Becker did not answer', 'Disposition: Solved with an expert']) {
    await expect(desk.id('detail-timeline')).toContainText(words)
  }
  for (const kind of TOLD) await expect(desk.id('detail-timeline').locator(`[data-kind=${kind}]`).first()).toBeVisible()
}

const TOLD = [
  'started', 'queued', 'offered', 'answered', 'held', 'resumed', 'digit', 'consult_started', 'expert_asked', 'expert_declined', 'expert_no_answer',
  'expert_accepted', 'consult_ended', 'call_ended', 'disposition_set', 'note_saved', 'completed',
]

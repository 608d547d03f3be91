import { callUp, experts } from '../harness/acts.ts'
import { ANNA } from '../harness/centre.ts'
import type { Desk } from '../harness/desk.ts'
import { Look } from '../harness/look.ts'
import { expect, test } from '../harness/stage.ts'

const QUESTION = 'Which mandate belongs to this debit?'

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme })
    test('one after the other: the first declines, the second does not answer, the third accepts', async ({ desk, pool, phone }, info) => {
      await experts(pool)
      await callUp(desk, await phone(ANNA))
      await oneAfterTheOther(desk, new Look(desk, info))
    })
  })
}

async function oneAfterTheOther(desk: Desk, look: Look): Promise<void> {
  await desk.tick('oskar', 'Oskar Lindqvist')
  await desk.tick('tom b', 'Tom Becker')
  await desk.tick('priya', 'Priya Raman')
  await look.at('ticked')
  await desk.page.keyboard.press('Enter')
  await expect(desk.id('hunt-form')).toContainText('Oskar Lindqvist')
  await desk.id('hunt-within').selectOption('10')
  await desk.id('ask-question').fill(QUESTION)
  await look.at('form')
  await desk.id('ask-question').press('Enter')
  await desk.invitationIs(1, 'declined')
  await desk.invitationIs(2, 'alerting')
  await expect(desk.id('hunt')).toContainText('Asking 2 of 3')
  await look.at('running')
  await desk.invitationIs(2, 'no_answer', 20_000)
  await desk.invitationIs(3, 'accepted')
  await expect(desk.id('hunt')).toHaveCount(0)
  await expect(desk.id('chat-input')).toBeVisible()
  expect(look.found).toEqual([])
}

test('stop, jump and add while people are asked', async ({ desk, pool }) => {
  for (const person of ['oskar.lindqvist', 'tom.becker', 'priya.raman']) await pool.behaves(person, { kind: 'silent' })
  await desk.signIn()
  await desk.id('idle').waitFor()
  await desk.tick('oskar', 'Oskar Lindqvist')
  await desk.tick('tom b', 'Tom Becker')
  await begin(desk)
  await desk.invitationIs(1, 'alerting')
  await desk.id('hunt-add').click()
  await desk.page.keyboard.type('priya')
  await expect(desk.id('expert-result-0')).toContainText('Priya Raman')
  await desk.page.keyboard.press('Enter')
  await expect(desk.id('hunt').getByRole('listitem')).toHaveText([/Tom Becker/, /Priya Raman/])
  await desk.id('hunt').getByRole('button', { name: 'Ask now: Priya Raman' }).click()
  await desk.invitationIs(1, 'withdrawn')
  await desk.invitationIs(2, 'alerting')
  await expect(desk.invitation(2)).toContainText('Priya Raman')
  await desk.id('hunt-stop').click()
  await desk.invitationIs(2, 'withdrawn')
  await expect(desk.id('hunt-end')).toHaveText('You stopped asking.')
  await expect(desk.page.getByTestId(/^invitation-\d+$/)).toHaveCount(2)
})

test('all at once: the first to accept wins, the others are let go', async ({ desk, pool }) => {
  await pool.behaves('oskar.lindqvist', { kind: 'silent' })
  await pool.behaves('tom.becker', { kind: 'silent' })
  await pool.behaves('priya.raman', { kind: 'answers', after_ms: 1500 })
  await desk.signIn()
  await desk.id('idle').waitFor()
  await desk.tick('oskar', 'Oskar Lindqvist')
  await desk.tick('tom b', 'Tom Becker')
  await desk.tick('priya', 'Priya Raman')
  await begin(desk, async () => desk.id('hunt-all_at_once').check())
  await expect(desk.id('chat-input')).toBeVisible({ timeout: 15_000 })
  const states = desk.page.getByTestId(/^invitation-\d+$/)
  await expect(states.and(desk.page.locator('[data-state=taken]'))).toHaveCount(2)
  await expect(states.and(desk.page.locator('[data-state=accepted]'))).toContainText('Priya Raman')
})

async function begin(desk: Desk, choose = async (): Promise<void> => undefined): Promise<void> {
  await desk.page.keyboard.press('Enter')
  await desk.id('ask-question').fill(QUESTION)
  await choose()
  await desk.id('ask-question').press('Enter')
}

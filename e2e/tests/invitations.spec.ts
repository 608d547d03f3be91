import { ask, callUp, done } from '../harness/acts.ts'
import { ANNA } from '../harness/centre.ts'
import type { Desk } from '../harness/desk.ts'
import { expect, test } from '../harness/stage.ts'

const QUESTION = 'May a hotel charge twice?'

test('offline, withdrawn, gone offline while asked, too late: each is said in words, and the question is kept', async ({ desk, pool, phone }) => {
  await pool.behaves('tom.becker', { kind: 'silent' })
  await pool.behaves('mia.krueger', { kind: 'goes_offline', after_ms: 500 })
  await pool.behaves('lena.hartmann', { kind: 'race' })
  await pool.behaves('priya.raman', { kind: 'answers', after_ms: 300 })
  await callUp(desk, await phone(ANNA))
  await test.step('offline', async () => {
    await ask(desk, 'michael', 'Michael Müller', QUESTION)
    await desk.invitationIs(1, 'unreachable')
    await expect(desk.invitation(1)).toContainText('Michael Müller could not be reached: offline')
  })
  await test.step('withdrawn', async () => {
    await askNext(desk, 'tom b', 'Tom Becker')
    await desk.invitationIs(2, 'alerting')
    await desk.id('consult-withdraw').click()
    await desk.invitationIs(2, 'withdrawn')
    await expect(desk.invitation(2)).toContainText('You withdrew the question to Tom Becker')
  })
  await test.step('gone offline while asked', async () => {
    await askNext(desk, 'mia', 'Mia Krüger')
    await desk.invitationIs(3, 'unreachable')
    await expect(desk.invitation(3)).toContainText('Mia Krüger could not be reached')
  })
  await test.step('too late', async () => {
    await askNext(desk, 'lena', 'Lena Hartmann')
    await desk.invitationIs(4, 'alerting')
    await desk.id('consult-withdraw').click()
    await expect(desk.id('toast').filter({ hasText: 'Lena Hartmann came after you had asked another' })).toBeVisible()
    await askNext(desk, 'priya', 'Priya Raman')
    await desk.invitationIs(5, 'accepted')
  })
  await test.step('each is in the transcript', async () => {
    await desk.page.keyboard.press('Control+e')
    await desk.stateIs('wrap_up')
    await done(desk)
    await desk.id('nav-interactions').click()
    await desk.id('interaction-row').first().getByRole('link').click()
    await expect(desk.id('detail-invitation')).toHaveCount(5)
    const states = await desk.id('detail-invitation').evaluateAll((all) => all.map((one) => one.getAttribute('data-state')))
    expect(states).toEqual(['unreachable', 'withdrawn', 'unreachable', 'withdrawn', 'accepted'])
  })
})

async function askNext(desk: Desk, text: string, name: string): Promise<void> {
  await desk.id('ask-another').waitFor()
  await desk.findExpert(text, name)
  await expect(desk.id('ask-question')).toHaveValue(QUESTION)
  await desk.page.keyboard.press('Enter')
}

test('an expert leaves: it is said, and another is asked in the same chat', async ({ desk, pool }) => {
  await pool.behaves('priya.raman', { kind: 'answers', after_ms: 100 })
  await desk.signIn()
  await desk.id('idle').waitFor()
  await ask(desk, 'priya', 'Priya Raman', QUESTION)
  await desk.invitationIs(1, 'accepted')
  await pool.leaves('priya.raman')
  await expect(desk.page.getByText('Priya Raman left the chat')).toBeVisible()
  await askNext(desk, 'echo', 'Echo Test')
  await desk.message(`echo: ${QUESTION}`).waitFor()
  await expect(desk.id('chip-2')).toHaveCount(0)
})

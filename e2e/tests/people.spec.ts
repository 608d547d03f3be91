import { callUp, finish, talking } from '../harness/acts.ts'
import { ANNA, JAMES } from '../harness/centre.ts'
import { expect, test } from '../harness/stage.ts'

test('presence changes are seen with their time, in results, chips and chat', async ({ desk, pool }) => {
  await desk.signIn()
  await desk.id('idle').waitFor()
  await pool.presence('priya.raman', 'Online')
  await talking(desk, pool)
  const line = desk.id('chat').locator('[data-presence]').first()
  await expect(line).toHaveAttribute('data-presence', 'available')
  for (const [availability, presence, words] of [['Busy', 'busy', 'Busy'], ['DoNotDisturb', 'do_not_disturb', 'Do not disturb'], ['Away', 'away', 'Away']] as const) {
    await pool.presence('priya.raman', availability)
    await expect(line).toHaveAttribute('data-presence', presence, { timeout: 15_000 })
    await expect(line).toContainText(new RegExp(`${words} · (since|as of) \\d\\d:\\d\\d`))
  }
})

test('a person’s card tells what the network knows', async ({ desk, pool }) => {
  await desk.signIn()
  await desk.id('idle').waitFor()
  await talking(desk, pool)
  await desk.id('person-about').click()
  const card = desk.id('person-card')
  await expect(card).toContainText(/priya\.raman@(mail\.)?lab\.test/)
  await expect(card).toContainText('Telephone')
  await desk.page.keyboard.press('Escape')
  await expect(card).toHaveCount(0)
})

test('a chat whose window the far desktop closed goes on with the next message', async ({ desk, pool, phone }) => {
  await callUp(desk, await phone(ANNA))
  await talking(desk, pool)
  await desk.say('Before')
  await pool.hasTold('priya.raman', 'Before')
  await pool.closesWindow('priya.raman')
  await desk.say('Are you still there?')
  await desk.messageIs('Are you still there?', /sent|delivered/, 30_000)
  await pool.hasTold('priya.raman', 'Are you still there?', 30_000)
  await pool.says('priya.raman', 'Yes')
  await expect(desk.message('Yes')).toHaveCount(1, { timeout: 15_000 })
  await expect(desk.page.getByText('left the chat')).toHaveCount(0)
})

test('an urgent question, and the network’s own words on a refusal', async ({ desk, pool }) => {
  await pool.behaves('tom.becker', { kind: 'declines', after_ms: 200 })
  await desk.signIn()
  await desk.id('idle').waitFor()
  await desk.findExpert('tom b', 'Tom Becker')
  await desk.id('ask-urgent').check()
  await desk.id('ask-question').fill('May a hotel charge twice?')
  await desk.page.keyboard.press('Enter')
  await desk.invitationIs(1, 'declined')
  await expect(desk.invitation(1)).toContainText('Tom Becker declined')
})

test('emoji and right-to-left text stay as they are, and a long text says when it is too long', async ({ desk, pool }) => {
  await desk.signIn()
  await desk.id('idle').waitFor()
  await talking(desk, pool)
  await pool.says('priya.raman', 'שלום 😀 https://pay.example/mandates')
  const message = desk.message('שלום 😀')
  await expect(message.locator('[dir=auto]').first()).toBeVisible()
  await expect(message.getByRole('link')).toHaveAttribute('rel', 'noopener noreferrer')
  await expect(message.getByRole('link')).toHaveAttribute('target', '_blank')
  await desk.id('chat-input').fill('ü'.repeat(4001))
  await expect(desk.id('chat-send')).toBeDisabled()
  await desk.id('chat-input').fill('ok')
  await desk.id('chat-input').press('Enter')
  await desk.messageIs('ok', /sent|delivered/)
})

test('during a call the agent’s own presence says so, afterwards what it was, and never over their own Do not disturb', async ({ desk, pool, phone }) => {
  const available = 'Online'
  await callUp(desk, await phone(ANNA))
  await expect.poll(() => pool.availability('dana'), { timeout: 20_000 }).toBe('Busy')
  await finish(desk)
  await expect.poll(() => pool.availability('dana'), { timeout: 20_000 }).toBe(available)
  await pool.presence('dana', 'DoNotDisturb')
  const james = await phone(JAMES)
  james.call()
  await desk.answer()
  await finish(desk)
  expect(await pool.availability('dana')).toBe('DoNotDisturb')
})

test('an agent who does not want that switches it off', async ({ desk, pool, phone }) => {
  await desk.signIn()
  await desk.id('idle').waitFor()
  await desk.open('/profile')
  await desk.choose(() => desk.id('choice-shows-calls').uncheck())
  await desk.open('/')
  await desk.beReady()
  const anna = await phone(ANNA)
  anna.call()
  await desk.answer()
  await talking(desk, pool)
  expect(await pool.availability('dana')).not.toBe('Busy')
})

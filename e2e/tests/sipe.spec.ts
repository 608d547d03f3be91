import { ask, callUp, finish } from '../harness/acts.ts'
import { ANNA } from '../harness/centre.ts'
import type { Desk } from '../harness/desk.ts'
import { expect, test } from '../harness/stage.ts'
import type { SipExpert } from '../harness/sip-expert.ts'

// The expert is pidgin-sipe, which knows nothing of Hookflash: what it shows and sends is what a colleague's own
// Skype for Business would.

/** For what has to come from the expert's client: pools gather presence for some seconds. */
const soon = expect.configure({ timeout: 20_000 })

const DANA = 'dana@lab.test'
const QUESTION = 'May a mortgage be paid off early? <She is on the line> & waits ä€😀'
const ANSWER = 'Yes, after ten years & without a fee: https://pay.example/mortgages'
const THANKS = 'Thank you, she is happy'

test('an expert on a desktop client is seen, asked during a call, answers and closes the chat', async ({ desk, phone, sipExpert }) => {
  const sven = await sipExpert('sven.olsen')
  const anna = await phone(ANNA)
  await callUp(desk, anna)
  await test.step('presence changes are seen in the results', () => presenceSeen(desk, sven))
  await test.step('question with what was ticked', () => asked(desk, sven))
  await test.step('typing and answer, both ways', () => talk(desk, sven))
  await test.step('the expert closes the window', () => closed(desk, sven))
  await finish(desk)
  await anna.event('CALL_CLOSED')
  await test.step('found again', () => foundAgain(desk))
})

test('an expert on a desktop client starts a chat, and the agent ends it', async ({ desk, sipExpert }) => {
  const sven = await sipExpert('sven.olsen')
  await signInToChats(desk)
  sven.says(DANA, 'Do you have a minute?')
  await soon(desk.id('chip-1')).toContainText('Sven Olsen')
  await desk.id('chip-1').click()
  await soon(desk.message('Do you have a minute?')).toHaveCount(1)
  await desk.say('Yes, go on')
  await sven.hears(DANA, 'Yes, go on')
  sven.says(DANA, 'The rate goes up on Monday')
  await soon(desk.message('The rate goes up on Monday')).toHaveCount(1)
  await desk.id('consult-end').click()
  await expect(desk.id('chip-1')).toHaveCount(0)

  await test.step('the same expert writes again, and closes it', async () => {
    sven.says(DANA, 'One more thing')
    await soon(desk.id('chip-1')).toBeVisible()
    await desk.id('chip-1').click()
    await soon(desk.message('One more thing')).toHaveCount(1)
    sven.closes(DANA)
    await soon(desk.page.getByText('Sven Olsen left the chat')).toBeVisible()
  })
})

test.describe('the agent is asked first', () => {
  test.use({ networkSettings: 'incoming = "ask"' })

  test('declined on the desk: the expert’s client says so, and a later chat is taken', async ({ desk, sipExpert }) => {
    const sven = await sipExpert('sven.olsen')
    await signInToChats(desk)
    sven.says(DANA, 'Are you free?')
    await soon(desk.id('incoming')).toContainText('Sven Olsen')
    await desk.page.keyboard.press('Alt+n')
    await expect(desk.id('incoming')).toHaveCount(0)
    await sven.isRefused(DANA)
    sven.says(DANA, 'And now?')
    await soon(desk.id('incoming-preview')).toHaveText('And now?')
    await desk.page.keyboard.press('Alt+y')
    await soon(desk.message('And now?')).toHaveCount(1)
  })
})

async function signInToChats(desk: Desk): Promise<void> {
  await desk.signIn()
  await desk.id('idle').waitFor()
  await soon(desk.id('network-skype'), 'the network is up').toHaveCount(0)
}

async function presenceSeen(desk: Desk, sven: SipExpert): Promise<void> {
  await desk.leaveField()
  await desk.page.keyboard.press('/')
  await desk.page.keyboard.type('sven')
  const row = desk.id('expert-result-0')
  await expect(row).toContainText('Sven Olsen')
  for (const [status, presence] of [['busy', 'busy'], ['do-not-disturb', 'do_not_disturb'], ['away', 'away'], ['available', 'available']] as const) {
    sven.is(status)
    await soon(row.locator('[data-presence]')).toHaveAttribute('data-presence', presence)
  }
  await desk.page.keyboard.press('Escape')
}

async function asked(desk: Desk, sven: SipExpert): Promise<void> {
  await desk.id('attached-tick-X-Case').check()
  await ask(desk, 'sven', 'Sven Olsen', QUESTION)
  await desk.invitationIs(1, 'accepted')
  await sven.hears(DANA, QUESTION)
  await sven.hears(DANA, 'https://crm.example/cases/48213')
  expect(sven.heardFrom(DANA).join('\n'), 'what was not ticked stays here').not.toContain('DE-2098113')
}

async function talk(desk: Desk, sven: SipExpert): Promise<void> {
  sven.types(DANA)
  await soon(desk.id('typing')).toContainText('Sven Olsen is typing')
  sven.says(DANA, ANSWER)
  await soon(desk.message('Yes, after ten years & without a fee').getByRole('link')).toHaveAttribute('href', 'https://pay.example/mortgages')
  await desk.id('chat-input').pressSequentially('Thank')
  await sven.seesTyping(DANA)
  await desk.say(THANKS)
  await desk.messageIs(THANKS, /sent|delivered/)
  await sven.hears(DANA, THANKS)
  expect(sven.heardFrom(DANA).filter((text) => text.includes(THANKS)), 'shown once').toHaveLength(1)
}

async function closed(desk: Desk, sven: SipExpert): Promise<void> {
  sven.closes(DANA)
  await soon(desk.id('chat')).toHaveAttribute('data-state', 'choosing')
  await soon(desk.page.getByText('Sven Olsen left the chat')).toBeVisible()
  await desk.id('outcome-solved').click()
  await desk.id('consult-end').click()
  await expect(desk.id('chat')).toHaveAttribute('data-state', 'ended')
}

async function foundAgain(desk: Desk): Promise<void> {
  await desk.id('nav-interactions').click()
  await desk.id('interaction-row').filter({ hasText: 'Anna Müller' }).getByRole('link').click()
  for (const text of [QUESTION, ANSWER, THANKS]) await expect(desk.id('detail-consult')).toContainText(text)
  await expect(desk.id('detail-timeline')).toContainText('Sven Olsen left the chat')
}

import { ask, callUp, done } from '../harness/acts.ts'
import { ANNA } from '../harness/centre.ts'
import type { Desk } from '../harness/desk.ts'
import { expect, test } from '../harness/stage.ts'
import { AGENT, CALLER, MUSIC, runs } from '../harness/tones.ts'

test('reload with an offer ringing, in the call, on hold: the caller has music and gets the agent back', async ({ desk, phone }) => {
  await desk.beginShift()
  const anna = await phone(ANNA)
  await test.step('ready', async () => {
    await desk.page.reload()
    await desk.stateIs('ready')
    await desk.lineIs('up')
  })
  await test.step('offer', async () => {
    anna.call()
    await desk.id('offer').waitFor()
    await desk.page.reload()
    await expect(desk.id('offer')).toContainText('Anna Müller')
    await anna.hears(MUSIC)
    await desk.answer()
    await anna.hears(AGENT)
    await desk.hears(CALLER)
  })
  await test.step('call', async () => {
    await desk.id('attached-tick-X-Case').check()
    await desk.page.goto('about:blank')
    await anna.hears(MUSIC)
    await desk.page.goto(desk.url)
    await desk.callIsUp()
    await anna.hears(AGENT)
    await desk.hears(CALLER)
    await expect(desk.id('attached-tick-X-Case')).toBeChecked()
    await desk.page.reload()
    await desk.callIsUp()
    await anna.hears(AGENT)
    await desk.hears(CALLER)
  })
  await test.step('hold', async () => {
    await desk.page.keyboard.press('h')
    await expect(desk.id('call-hold')).toHaveAttribute('data-held', 'true')
    await desk.page.reload()
    await expect(desk.id('call-hold')).toHaveAttribute('data-held', 'true')
    await desk.lineIs('up')
    await anna.hears(MUSIC)
    await desk.page.keyboard.press('h')
    await anna.hears(AGENT)
    await desk.hears(CALLER)
  })
  const heard = runs(await anna.heard()).map(({ sound, count }) => `${sound} for ${count * 20} ms`)
  const story = await anna.story()
  expect(story.filter((sound) => sound !== MUSIC && sound !== AGENT), `nothing but music and the agent: ${heard.join(', ')}`).toEqual([])
})

test('reload while searching, asking, invited, chatting, wrapping up: nothing typed is lost', async ({ desk, pool, phone }) => {
  await pool.behaves('tom.becker', { kind: 'silent' })
  await callUp(desk, await phone(ANNA))
  await test.step('search', () => search(desk))
  await test.step('question', () => question(desk))
  await test.step('invitation', () => invitation(desk, () => pool.accepts('tom.becker')))
  await test.step('chat', async () => {
    await pool.says('tom.becker', 'What is the customer number?')
    await chat(desk)
    await pool.hasTold('tom.becker', 'It is DE-2098113')
    expect((await pool.told('tom.becker')).filter((one) => one.text === 'It is DE-2098113'), 'told once').toHaveLength(1)
  })
  await test.step('wrap-up draft in the call', () => draft(desk))
  await test.step('wrap-up', () => wrapUp(desk))
})

async function search(desk: Desk): Promise<void> {
  await desk.page.keyboard.press('/')
  await desk.page.keyboard.type('beck')
  await expect(desk.id('expert-result-0')).toContainText('Tom Becker')
  await desk.page.reload()
  await expect(desk.id('expert-search')).toHaveValue('beck')
  await expect(desk.id('expert-result-0')).toContainText('Tom Becker')
}

async function question(desk: Desk): Promise<void> {
  await desk.id('expert-result-0').click()
  await desk.id('ask-question').fill('May a hotel charge twice?')
  await desk.page.reload()
  await expect(desk.id('ask-form')).toContainText('Tom Becker')
  await expect(desk.id('ask-question')).toHaveValue('May a hotel charge twice?')
}

async function invitation(desk: Desk, accept: () => Promise<unknown>): Promise<void> {
  await desk.id('ask-question').press('Enter')
  await desk.invitationIs(1, 'alerting')
  await desk.page.reload()
  await desk.invitationIs(1, 'alerting')
  await desk.id('invitation-countdown').waitFor()
  await accept()
  await desk.invitationIs(1, 'accepted')
}

async function chat(desk: Desk): Promise<void> {
  await desk.say('One moment')
  await desk.messageIs('One moment', /sent|delivered/)
  await desk.id('chat-input').fill('It is DE-2098113')
  await desk.page.reload()
  await expect(desk.id('chat-input')).toHaveValue('It is DE-2098113')
  await expect(desk.message('What is the customer number?')).toHaveCount(1)
  await expect(desk.message('One moment')).toHaveCount(1)
  await expect(desk.id('question')).toHaveText(/May a hotel charge twice\?/)
  await desk.id('chat-input').press('Enter')
  await desk.page.reload()
  await desk.messageIs('It is DE-2098113', /sent|delivered/)
}

async function draft(desk: Desk): Promise<void> {
  await desk.id('wrapup-note').fill('Hotel charged twice')
  await desk.page.reload()
  await expect(desk.id('wrapup-note')).toHaveValue('Hotel charged twice')
  await expect(desk.id('wrapup-saved')).toHaveAttribute('data-state', 'saved')
  await desk.callIsUp()
}

async function wrapUp(desk: Desk): Promise<void> {
  await desk.page.keyboard.press('Control+e')
  await desk.stateIs('wrap_up')
  await desk.id('wrapup-disposition').selectOption({ label: 'Call back' })
  await desk.page.reload()
  await desk.stateIs('wrap_up')
  await expect(desk.id('wrapup-note')).toHaveValue('Hotel charged twice')
  await expect(desk.id('wrapup-disposition').locator('option:checked')).toHaveText('Call back')
  await expect(desk.id('call-ended')).toHaveText('You hung up')
  await done(desk)
  await desk.page.reload()
  await desk.id('idle').waitFor()
  await desk.stateIs('ready')
}

test('a chat that an expert began is kept over a reload, with its unread count', async ({ desk, pool }) => {
  await desk.signIn()
  await desk.id('idle').waitFor()
  await pool.writesTo('sven.olsen', 'dana', 'Do you have a minute?')
  await expect(desk.id('toast').filter({ hasText: 'Sven Olsen' })).toBeVisible({ timeout: 15_000 })
  await desk.page.reload()
  await expect(desk.id('chip-1')).toContainText('Sven Olsen')
  await desk.id('chip-1').click()
  await expect(desk.message('Do you have a minute?')).toHaveCount(1)
  await desk.say('Yes, go on')
  await desk.messageIs('Yes, go on', /sent|delivered/)
  await pool.hasTold('sven.olsen', 'Yes, go on')
  await ask(desk, 'echo', 'Echo Test', 'Is this thing on?')
  await desk.message('echo: Is this thing on?').waitFor()
})

import { Api } from '../harness/api.ts'
import { callUp, finish } from '../harness/acts.ts'
import { ANNA } from '../harness/centre.ts'
import type { Desk } from '../harness/desk.ts'
import { expect, test } from '../harness/stage.ts'
import type { Pool } from '../harness/pool.ts'
import { OtherClient } from '../harness/ucwa-client.ts'
import { PASSWORD } from '../harness/server.ts'

const ASKS = 'Do you have a minute?'

async function signIn(desk: Desk): Promise<void> {
  await desk.signIn()
  await desk.id('idle').waitFor()
  await expect(desk.id('network-skype')).toHaveCount(0)
}

/** Sven writes and the card that asks the agent is there. */
async function rings(desk: Desk, pool: Pool): Promise<void> {
  await pool.writesTo('sven.olsen', 'dana', ASKS)
  await expect(desk.id('incoming')).toContainText('Sven Olsen', { timeout: 15_000 })
}

test.describe('the agent is asked', () => {
  test.use({ networkSettings: 'incoming = "ask"' })

  test('while idle: the card says who and what, survives reload and restart, and is taken by key', async ({ desk, pool, server }) => {
    await signIn(desk)
    await rings(desk, pool)
    await expect(desk.id('incoming-preview')).toHaveText(ASKS)
    await expect(desk.id('incoming').locator('[data-presence]')).toBeVisible()
    await desk.page.reload()
    await expect(desk.id('incoming')).toContainText('Sven Olsen')
    await server.stop()
    await server.start()
    await expect(desk.id('connection-bar')).toHaveCount(0, { timeout: 30_000 })
    await expect(desk.id('incoming')).toContainText('Sven Olsen')
    await desk.page.keyboard.press('Alt+y')
    await expect(desk.id('incoming')).toHaveCount(0)
    await expect(desk.message(ASKS)).toHaveCount(1, { timeout: 15_000 })
    await desk.say('Yes, go on')
    await desk.messageIs('Yes, go on', /sent|delivered/, 30_000)
    await pool.hasTold('sven.olsen', 'Yes, go on')
  })

  test('declined by key: the expert is told, and nothing is left on the desk', async ({ desk, pool }) => {
    await signIn(desk)
    await rings(desk, pool)
    await desk.page.keyboard.press('Alt+n')
    await expect(desk.id('incoming')).toHaveCount(0)
    await expect.poll(() => pool.chatCount(), { timeout: 15_000 }).toBe(0)
    await expect(desk.id('missed-chat')).toHaveCount(0)
    await expect(desk.id('chip-1')).toHaveCount(0)
  })

  test('given up by the expert: shown as missed, over a reload, until it is asked back', async ({ desk, pool }) => {
    await pool.behaves('sven.olsen', { kind: 'answers', after_ms: 100 })
    await signIn(desk)
    await rings(desk, pool)
    await pool.leaves('sven.olsen')
    await expect(desk.id('incoming')).toHaveCount(0, { timeout: 15_000 })
    await expect(desk.id('missed-chat')).toContainText('Sven Olsen')
    await expect(desk.id('missed-chat')).toContainText(ASKS)
    await desk.page.reload()
    await desk.id('missed-ask').click()
    await expect(desk.id('ask-form')).toContainText('Sven Olsen')
    await desk.id('ask-question').fill('You wrote?')
    await desk.page.keyboard.press('Enter')
    await desk.invitationIs(1, 'accepted')
    await expect(desk.id('missed-chat')).toHaveCount(0)
  })

  test('answered in the agent’s own client: said so, and not fought over', async ({ desk, pool }) => {
    const own = await OtherClient.signIn(pool, 'dana')
    await signIn(desk)
    const answered = own.answersNext()
    await pool.writesTo('sven.olsen', 'dana', ASKS)
    await answered
    await expect(desk.id('chat-how').first()).toHaveText('Other client', { timeout: 15_000 })
    await expect(desk.id('incoming')).toHaveCount(0)
    await expect(desk.id('missed-chat')).toHaveCount(0)
    expect(await pool.chatCount(), 'the chat goes on there').toBe(1)
    own.stop()
    await expect(desk.id('chip-1')).toHaveCount(0)
  })

  test('during a call: the chat belongs to the call, in German too', async ({ desk, pool, phone, server }) => {
    const dana = new Api(server.url)
    await dana.signIn('dana', PASSWORD)
    await dana.ask('PUT', '/me/language', { language: 'de' })
    await callUp(desk, await phone(ANNA))
    await rings(desk, pool)
    await expect(desk.id('incoming-accept')).toContainText('Annehmen')
    await expect(desk.id('incoming-decline')).toContainText('Ablehnen')
    await desk.id('incoming-accept').click()
    await expect(desk.message(ASKS)).toHaveCount(1, { timeout: 15_000 })
    await expect(desk.id('interaction')).toHaveAttribute('data-state', 'connected')
    await finish(desk)
    await desk.id('nav-interactions').click()
    await desk.id('interaction-row').first().getByRole('link').click()
    await expect(desk.id('detail-consult')).toContainText(ASKS)
    await expect(desk.id('detail-invitation')).toHaveAttribute('data-state', 'accepted')
    await expect(desk.id('detail-timeline')).toContainText('Sven Olsen hat zuerst geschrieben')
  })
})

test('taken at once, while idle and during a call', async ({ desk, pool, phone }) => {
  await callUp(desk, await phone(ANNA))
  await pool.writesTo('sven.olsen', 'dana', ASKS)
  await expect(desk.id('toast').filter({ hasText: 'Sven Olsen writes to you' })).toBeVisible({ timeout: 15_000 })
  await expect(desk.id('incoming')).toHaveCount(0)
  await desk.id('chip-1').click()
  await expect(desk.message(ASKS)).toHaveCount(1)
})

test('only during a call, by the agent’s own choice: otherwise it rings elsewhere and is shown as missed', async ({ desk, pool, phone }) => {
  await signIn(desk)
  await desk.open('/profile')
  await desk.choose(() => desk.id('choice-incoming').selectOption('on_call'))
  await desk.open('/')
  await desk.beReady()
  await pool.writesTo('sven.olsen', 'dana', ASKS)
  await pool.writesTo('mia.krueger', 'dana', 'Second')
  await pool.leaves('sven.olsen')
  await expect(desk.id('missed-chat')).toContainText('Sven Olsen', { timeout: 15_000 })
  await expect(desk.id('incoming')).toHaveCount(0)
  const anna = await phone(ANNA)
  anna.call()
  await desk.answer()
  await pool.writesTo('tom.becker', 'dana', 'About your caller')
  await expect(desk.id('chip-1')).toContainText('Tom Becker', { timeout: 15_000 })
})

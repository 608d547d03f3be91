import { callUp, done, finish } from '../harness/acts.ts'
import { Api } from '../harness/api.ts'
import { ANNA } from '../harness/centre.ts'
import type { Desk } from '../harness/desk.ts'
import { Look } from '../harness/look.ts'
import { PASSWORD } from '../harness/server.ts'
import { expect, test as stage } from '../harness/stage.ts'
import type { XmppExpert } from '../harness/xmpp.ts'

// The server is Prosody and the experts are on slixmpp: neither knows anything of Hookflash.

const QUESTION = 'May a mortgage be paid off early? <She is on the line> & waits ä€😀'
const ANSWER = 'Yes, after ten years & without a fee: https://pay.example/mortgages'
const THANKS = 'Thank you, she is happy'

/** A centre whose experts are all on the XMPP server. */
const test = stage.extend({ networks: async ({ xmpp }, use) => use([xmpp.network()]) })
/** Some experts are on the pool, some on the XMPP server. */
const mixed = stage.extend({ networks: async ({ pool, xmpp }, use) => use([pool.network(), xmpp.network()]) })

test('a call, an expert who declines, one who is silent and one who helps, on XMPP alone', async ({ desk, phone, xmpp }, info) => {
  const [oskar, , evan] = [await xmpp.expert('Oskar Olsen'), await xmpp.expert('Tilda Tacit'), await xmpp.expert('Evan Edwards')]
  const anna = await phone(ANNA)
  const look = new Look(desk, info)
  await callUp(desk, anna)
  await test.step('presence changes are seen in the results', () => presenceSeen(desk, evan, look))
  await test.step('the first declines, with a reason', () => declined(desk, oskar, look))
  await test.step('the second does not answer', () => silent(desk, look))
  await test.step('the third accepts and sees what was ticked', () => accepted(desk, evan))
  await test.step('typing and messages, both ways', () => talk(desk, evan, look))
  await test.step('the expert closes the window', () => closed(desk, evan))
  await desk.page.keyboard.press('Control+e')
  await anna.event('CALL_CLOSED')
  await desk.stateIs('wrap_up')
  await done(desk)
  await test.step('found again', () => foundAgain(desk, look))
  expect(look.found).toEqual([])
})

test('no account is asked for, and none can be connected or disconnected', async ({ desk, server, xmpp, centre }, info) => {
  void xmpp
  await desk.signIn()
  await desk.id('idle').waitFor()
  await expect(desk.id('network-xmpp')).toHaveCount(0)
  await desk.open('/profile')
  await expect(desk.id('network-state')).toHaveAttribute('data-state', 'up', { timeout: 15_000 })
  await expect(desk.page.getByText('You need no account of your own here')).toBeVisible()
  await expect(desk.id('account-connect')).toHaveCount(0)
  await expect(desk.id('account-disconnect')).toHaveCount(0)
  const look = new Look(desk, info)
  await look.at('profile')
  const dana = new Api(server.url)
  await dana.signIn('dana', PASSWORD)
  for (const [method, body] of [['DELETE', undefined], ['PUT', { sign_in_name: 'dana@uc.test', password: 'demo' }]] as const) {
    const refused = await dana.raw(method, '/me/networks/xmpp', body)
    expect([refused.status, ((await refused.json()) as { code: string }).code]).toEqual([409, 'no_account_needed'])
  }
  await expect(desk.id('network-state')).toHaveAttribute('data-state', 'up')
  await test.step('without a licence it is said who can grant one', async () => {
    await centre.admin.ask('PATCH', `/users/${centre.dana_id}`, { licences: [] })
    await expect(desk.id('network-state')).toHaveAttribute('data-state', 'not_licensed')
    await look.at('profile-without-licence')
    await desk.open('/')
    await expect(desk.id('not-licensed')).toContainText('You have no licence for Jabber')
  })
  expect(look.found).toEqual([])
})

test('an expert writes first, to an agent who is there and to one who is not', async ({ desk, xmpp }) => {
  const evan = await xmpp.expert('Evan Edwards')
  await evan.says('Anybody?', `ben@${xmpp.component}`)
  await evan.gets('a refusal', ({ refused }) => refused.length > 0)
  await desk.signIn()
  await desk.id('idle').waitFor()
  await evan.writesTo(`dana@${xmpp.component}`, 'Do you have a minute?')
  await expect(desk.id('chip-1')).toContainText('evan.edwards', { timeout: 15_000 })
  await desk.id('chip-1').click()
  await expect(desk.message('Do you have a minute?')).toHaveCount(1)
  await desk.say('Yes, go on')
  await desk.messageIs('Yes, go on', 'delivered')
  await evan.hears('Yes, go on')
})

mixed('one question goes from network to network until somebody helps', async ({ desk, phone, pool, xmpp }) => {
  const evan = await xmpp.expert('Evan Edwards')
  await pool.behaves('oskar.lindqvist', { kind: 'declines', after_ms: 300 })
  await pool.behaves('priya.raman', { kind: 'answers', after_ms: 300 })
  await callUp(desk, await phone(ANNA))
  await desk.findExpert('osk', 'Oskar Lindqvist')
  await desk.id('ask-question').fill(QUESTION)
  await desk.page.keyboard.press('Enter')
  await desk.invitationIs(1, 'declined')
  await askAnother(desk, 'evan', 'Evan Edwards')
  await desk.invitationIs(2, 'alerting')
  await evan.answers('decline')
  await desk.invitationIs(2, 'declined')
  await askAnother(desk, 'priya', 'Priya Raman')
  await desk.invitationIs(3, 'accepted')
  await pool.hasTold('priya.raman', QUESTION)
  await desk.say(THANKS)
  await desk.messageIs(THANKS, /sent|delivered/)
  await pool.leaves('priya.raman')
  await expect(desk.page.getByText('Priya Raman left the chat')).toBeVisible({ timeout: 15_000 })
  await askAnother(desk, 'evan', 'Evan Edwards')
  await desk.invitationIs(4, 'alerting')
  await evan.answers('accept')
  await desk.invitationIs(4, 'accepted')
  await evan.says(ANSWER)
  await expect(desk.message('Yes, after ten years')).toHaveCount(1, { timeout: 15_000 })
  await finish(desk)
  await desk.id('nav-interactions').click()
  await desk.id('interaction-row').first().getByRole('link').click()
  await expect(desk.id('detail-invitation')).toHaveCount(4)
  await expect(desk.id('detail-consult')).toHaveCount(1)
})

async function presenceSeen(desk: Desk, evan: XmppExpert, look: Look): Promise<void> {
  await desk.leaveField()
  await desk.page.keyboard.press('/')
  await desk.page.keyboard.type('edwards ev')
  const row = desk.id('expert-result-0')
  await expect(row).toContainText('Evan Edwards')
  await expect(row).toContainText('Specialist')
  for (const [show, presence] of [['dnd', 'do_not_disturb'], ['away', 'away'], ['', 'available']] as const) {
    await evan.shows(show, 'At my desk')
    await expect(row.locator('[data-presence]')).toHaveAttribute('data-presence', presence)
  }
  await look.at('found')
  await desk.page.keyboard.press('Escape')
}

async function declined(desk: Desk, oskar: XmppExpert, look: Look): Promise<void> {
  await desk.id('attached-tick-X-Case').check()
  await desk.findExpert('oskar', 'Oskar Olsen')
  await desk.id('ask-question').fill(QUESTION)
  await look.at('ask')
  await desk.page.keyboard.press('Enter')
  await desk.invitationIs(1, 'alerting')
  await expect(desk.invitation(1)).toContainText('Oskar Olsen has been notified')
  await desk.id('invitation-countdown').waitFor()
  await look.at('asked')
  await oskar.hears(QUESTION)
  await oskar.answers('Decline: ask Evan')
  await desk.invitationIs(1, 'declined')
  await expect(desk.invitation(1)).toContainText('Oskar Olsen declined')
  await expect(desk.invitation(1)).toContainText('ask Evan')
  await expect(desk.invitation(1), 'said once, and by the expert').not.toContainText('The network says')
}

async function silent(desk: Desk, look: Look): Promise<void> {
  await askAnother(desk, 'tilda', 'Tilda Tacit')
  await desk.invitationIs(2, 'alerting')
  await desk.invitationIs(2, 'no_answer', 40_000)
  await expect(desk.invitation(2)).toContainText('Tilda Tacit did not answer within 30 s')
  await look.at('no-answer')
}

async function accepted(desk: Desk, evan: XmppExpert): Promise<void> {
  await askAnother(desk, 'evan', 'Evan Edwards')
  await evan.hears(QUESTION)
  await evan.hears('https://crm.example/cases/48213')
  const { texts } = await evan.got()
  expect(texts.join('\n'), 'what was not ticked stays here').not.toContain('DE-2098113')
  await evan.answers('accept')
  await desk.invitationIs(3, 'accepted')
  await expect(desk.invitation(3)).toContainText('sees Case')
}

async function talk(desk: Desk, evan: XmppExpert, look: Look): Promise<void> {
  await evan.types()
  await expect(desk.id('typing')).toContainText('Evan Edwards is typing')
  await evan.says(ANSWER)
  await expect(desk.message('Yes, after ten years & without a fee').getByRole('link')).toHaveAttribute('href', 'https://pay.example/mortgages')
  await expect(desk.id('typing')).toHaveText('')
  await desk.id('chat-input').pressSequentially('Thank')
  await evan.gets('typing', ({ typed }) => typed > 0)
  await desk.say(THANKS)
  await desk.messageIs(THANKS, 'delivered')
  await evan.hears(THANKS)
  const { texts } = await evan.got()
  expect(texts.filter((text) => text === THANKS), 'shown once').toHaveLength(1)
  await look.at('chat')
}

async function closed(desk: Desk, evan: XmppExpert): Promise<void> {
  await evan.leaves()
  await expect(desk.id('chat')).toHaveAttribute('data-state', 'choosing')
  await expect(desk.page.getByText('Evan Edwards left the chat')).toBeVisible()
  await desk.id('outcome-solved').click()
  await desk.id('consult-end').click()
  await expect(desk.id('chat')).toHaveAttribute('data-state', 'ended')
}

async function foundAgain(desk: Desk, look: Look): Promise<void> {
  await desk.id('nav-interactions').click()
  const row = desk.id('interaction-row').filter({ hasText: 'Anna Müller' })
  await row.getByRole('link').click()
  const asked = desk.id('detail-invitation')
  await expect(asked).toHaveCount(3)
  expect(await asked.evaluateAll((all) => all.map((one) => one.getAttribute('data-state')))).toEqual(['declined', 'no_answer', 'accepted'])
  for (const text of [QUESTION, ANSWER, THANKS]) await expect(desk.id('detail-consult')).toContainText(text)
  await expect(desk.id('detail-timeline')).toContainText('Evan Edwards left the chat')
  await look.at('interaction')
}

/** Asks the next one; the question is still there. */
async function askAnother(desk: Desk, text: string, name: string): Promise<void> {
  await desk.id('ask-another').waitFor()
  await desk.findExpert(text, name)
  await expect(desk.id('ask-question')).toHaveValue(QUESTION)
  await desk.page.keyboard.press('Enter')
}

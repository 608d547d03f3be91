import type { Browser } from '@playwright/test'
import { Api } from '../harness/api.ts'
import { callUp, finish } from '../harness/acts.ts'
import { ANNA, type Centre } from '../harness/centre.ts'
import { Desk } from '../harness/desk.ts'
import { Look } from '../harness/look.ts'
import { PASSWORD, type Server } from '../harness/server.ts'
import { expect, test as stage } from '../harness/stage.ts'

const ASKS = 'May a mortgage be paid off early?'
const ANSWER = 'Yes, after ten years'
const TEAM = 'billing'

/** The experts are on an XMPP server, which knows nothing of Hookflash. */
const test = stage.extend({ networks: async ({ xmpp }, use) => use([xmpp.network()]) })

test('both desks ring, the first has the chat and the other is told', async ({ desk, server, centre, browser, xmpp }, info) => {
  await team(centre)
  const olivia = await xmpp.expert('Olivia Expert')
  const ben = await another(browser, server)
  await desk.beginShift()
  await ben.beginShift('ben')
  await olivia.writesTo(`${TEAM}@${xmpp.component}`, ASKS)
  for (const one of [desk, ben]) {
    await expect(one.id('incoming')).toContainText('olivia.expert', { timeout: 15_000 })
    await expect(one.id('incoming-team')).toHaveText('writes to Billing')
    await expect(one.id('incoming-preview')).toHaveText(ASKS)
  }
  const look = new Look(desk, info)
  await look.at('rings')
  await desk.page.emulateMedia({ colorScheme: 'dark' })
  await look.at('rings-dark')
  await ben.page.keyboard.press('Alt+y')
  await expect(desk.id('incoming')).toHaveCount(0)
  const told = desk.id('toast').filter({ hasText: 'Another agent has taken olivia.expert’s chat to Billing' })
  await expect(told).toBeVisible()
  await look.at('taken', true)
  await expect(desk.id('chat-how').first()).toHaveText('Another agent')
  await expect(desk.id('missed-chat')).toHaveCount(0)
  await expect(ben.message(ASKS)).toHaveCount(1)
  await ben.say(ANSWER)
  await ben.messageIs(ANSWER, 'delivered')
  await olivia.hears(ANSWER)
  await olivia.says('Thank you', `${TEAM}@${xmpp.component}`)
  await expect(ben.message('Thank you')).toHaveCount(1, { timeout: 15_000 })
  await look.at('idle')
  expect(look.found).toEqual([])
  expect(ben.faults).toEqual([])
})

test('a kill while it rings loses nothing, and one afterwards leaves the chat with who has it', async ({ desk, server, centre, browser, xmpp }) => {
  test.setTimeout(120_000)
  await team(centre)
  const olivia = await xmpp.expert('Olivia Expert')
  const ben = await another(browser, server)
  await desk.beginShift()
  await ben.beginShift('ben')
  await olivia.writesTo(`${TEAM}@${xmpp.component}`, ASKS)
  for (const one of [desk, ben]) await expect(one.id('incoming-team')).toBeVisible({ timeout: 15_000 })
  await again(server, desk, ben)
  for (const one of [desk, ben]) await expect(one.id('incoming-preview')).toHaveText(ASKS)
  await ben.page.keyboard.press('Alt+y')
  await expect(desk.id('incoming')).toHaveCount(0, { timeout: 15_000 })
  await expect(ben.message(ASKS)).toHaveCount(1, { timeout: 15_000 })
  await again(server, desk, ben)
  await olivia.says('Still there?', `${TEAM}@${xmpp.component}`)
  await expect(ben.message('Still there?')).toHaveCount(1, { timeout: 15_000 })
  await expect(desk.id('incoming')).toHaveCount(0)
  await ben.say(ANSWER)
  await ben.messageIs(ANSWER, 'delivered', 30_000)
  await olivia.hears(ANSWER)
})

test('in the middle of a call it rings where nobody is free, and the chat belongs to the call; then nobody is there', async ({ desk, centre, phone, xmpp }) => {
  await team(centre)
  const [olivia, sven] = [await xmpp.expert('Olivia Expert'), await xmpp.expert('Sven Second')]
  await callUp(desk, await phone(ANNA))
  await olivia.writesTo(`${TEAM}@${xmpp.component}`, ASKS)
  await desk.id('incoming').waitFor({ timeout: 15_000 })
  await desk.id('incoming-accept').click()
  await expect(desk.message(ASKS)).toHaveCount(1, { timeout: 15_000 })
  await desk.id('agent-state').click()
  await desk.id('agent-state-not-ready-meal').click()
  await finish(desk)
  await desk.stateIs('not_ready')
  await sven.says(ASKS, `${TEAM}@${xmpp.component}`)
  await sven.gets('that nobody is there', ({ refused }) => refused.some(({ text }) => text.includes('Nobody of Billing is there now')))
  await desk.id('nav-interactions').click()
  await desk.id('interaction-row').first().getByRole('link').click()
  await expect(desk.id('detail-invitation')).toContainText('olivia.expert wrote to Billing')
  await expect(desk.id('detail-timeline')).toContainText('olivia.expert wrote to Billing')
})

test('an administrator gives a queue its address by keyboard, in German, and is told what cannot be one', async ({ server, centre, page, xmpp }, info) => {
  void centre
  const api = new Api(server.url)
  await api.signIn('admin', PASSWORD)
  await api.ask('PUT', '/me/language', { language: 'de' })
  const admin = new Desk(page, server.url)
  const look = new Look(admin, info)
  await admin.signIn('admin')
  await admin.id('nav-administration').click()
  await admin.id('admin-queues').click()
  const change = admin.id('admin-row').filter({ hasText: 'Billing' }).getByRole('button', { name: 'Ändern' })
  await change.focus()
  await page.keyboard.press('Enter')
  await reach(admin, 'Teamadresse')
  await page.keyboard.type('Dana')
  await expect(admin.id('team-address-whole')).toHaveText(`In Jabber: dana@${xmpp.component}`)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('alert').filter({ hasText: 'gehört zu einer anderen Warteschlange oder zu einem Agenten' })).toBeVisible()
  await look.at('refused')
  await page.keyboard.press('Control+a')
  await page.keyboard.type(TEAM)
  await expect(admin.id('team-address-whole')).toHaveText(`In Jabber: ${TEAM}@${xmpp.component}`)
  await look.at('address')
  await page.keyboard.press('Enter')
  await expect(admin.id('form-save')).toHaveCount(0)
  const [queue] = await api.ask<{ team_address: string }[]>('GET', '/queues')
  expect(queue?.team_address).toBe(TEAM)
  expect(look.found).toEqual([])
})

/** Dana and Ben serve Billing, which has an address. */
async function team({ admin, queue_id, dana_id, ben_id }: Centre): Promise<void> {
  await admin.ask('PATCH', `/queues/${queue_id}`, { member_ids: [dana_id, ben_id], team_address: TEAM })
}

async function another(browser: Browser, server: Server): Promise<Desk> {
  const context = await browser.newContext({ permissions: ['microphone'] })
  return new Desk(await context.newPage(), server.url)
}

/** A power cut, and both desks are back. */
async function again(server: Server, ...desks: Desk[]): Promise<void> {
  await server.kill()
  await server.start()
  for (const one of desks) await expect(one.id('connection-bar')).toHaveCount(0, { timeout: 30_000 })
}

/** Goes on by the tab key until a field of this name has the focus. */
async function reach(desk: Desk, label: string): Promise<void> {
  const field = desk.page.getByLabel(label, { exact: true })
  await field.waitFor()
  for (let step = 0; step < 20; step += 1) {
    if (await field.evaluate((element) => element === document.activeElement)) return
    await desk.page.keyboard.press('Tab')
  }
  throw new Error(`${label} is not reached by the tab key`)
}

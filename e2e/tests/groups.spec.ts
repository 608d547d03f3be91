import type { Page } from '@playwright/test'
import { callUp, finish } from '../harness/acts.ts'
import { Api } from '../harness/api.ts'
import { ANNA, type Centre, JAMES } from '../harness/centre.ts'
import { Desk } from '../harness/desk.ts'
import { Look } from '../harness/look.ts'
import { PASSWORD } from '../harness/server.ts'
import { expect, test } from '../harness/stage.ts'

const QUESTION = 'Which mandate belongs to this debit?'
const TOPIC = 'SEPA mandate refused after IBAN change'

test('a group is made, found by its name and asked; who helped is offered for the same topic', async ({ desk, centre, pool, phone, browser }, info) => {
  await pool.behaves('oskar.lindqvist', { kind: 'declines', after_ms: 500 })
  await pool.behaves('priya.raman', { kind: 'answers', after_ms: 500 })
  await test.step('an administrator makes it, by address', async () => {
    const office = new Desk(await (await browser.newContext()).newPage(), desk.url)
    const look = new Look(office, info)
    await office.signIn('admin')
    await makeGroup(office, look)
    expect(look.found).toEqual([])
    expect(office.faults).toEqual([])
    await office.page.context().close()
  })
  const look = new Look(desk, info)
  await callUp(desk, await phone(ANNA))
  await test.step('an agent finds it by key; the first declines, the second accepts', () => askGroup(desk, look))
  await desk.id('outcome-solved').click()
  await desk.id('consult-end').click()
  await expect(desk.id('chat')).toHaveAttribute('data-state', 'ended')
  await finish(desk)
  await test.step('another customer with the same topic', async () => {
    const james = await phone({ ...JAMES, headers: [['X-Topic', TOPIC]] })
    james.call()
    await desk.answer()
    await expect(desk.id('helped').getByRole('button')).toHaveText([/Priya Raman.*helped once with Topic: SEPA mandate/])
    await expect(desk.id('helped').locator('[data-presence=available]')).toBeVisible()
    await inBoth(desk.page, look, 'helped')
    await desk.id('helped').getByRole('button').click()
    await expect(desk.id('ask-form')).toContainText('Priya Raman')
  })
  await test.step('quiet hours of a group count for its members', () => quietHours(desk, centre, look))
  await test.step('who may search on the networks adds a member by name', () => addByName(desk, centre, look))
  expect(look.found).toEqual([])
})

async function makeGroup(office: Desk, look: Look): Promise<void> {
  await office.id('nav-administration').click()
  await office.id('admin-expert-groups').click()
  await office.id('admin-add').click()
  await office.id('group-name').fill('Mortgage experts')
  await office.id('group-seconds').fill('10')
  for (const [address, name] of [['sip:oskar.lindqvist@lab.test', 'Oskar Lindqvist'], ['sip:priya.raman@lab.test', 'Priya Raman']] as const) {
    await office.id('member-address').fill(address)
    await office.id('member-name').fill(name)
    await office.id('member-add').click()
  }
  await expect(office.id('group-members').getByRole('listitem')).toHaveCount(2)
  await inBoth(office.page, look, 'group-form')
  await office.id('form-save').click()
  await expect(office.id('admin-row')).toContainText('Oskar Lindqvist, Priya Raman')
  await inBoth(office.page, look, 'groups')
}

async function askGroup(desk: Desk, look: Look): Promise<void> {
  await expect(desk.id('expert-groups').getByRole('button')).toHaveText(/Mortgage experts.*Group of 2/)
  await look.at('group-list')
  await desk.leaveField()
  await desk.page.keyboard.press('/')
  await desk.page.keyboard.type('mortgage exp')
  await expect(desk.id('expert-group-option')).toHaveAttribute('aria-selected', 'true')
  await inBoth(desk.page, look, 'group-found')
  await desk.page.keyboard.press('Enter')
  await expect(desk.id('hunt-form')).toContainText('Ask Mortgage experts')
  await expect(desk.id('hunt-form').locator('[data-presence]:not([data-presence=unknown])')).toHaveCount(2)
  await expect(desk.id('hunt-within')).toHaveValue('10')
  await desk.id('ask-question').fill(QUESTION)
  await inBoth(desk.page, look, 'group-question')
  await desk.id('ask-question').press('Enter')
  await desk.invitationIs(1, 'declined')
  await desk.invitationIs(2, 'accepted')
  await expect(desk.id('chat-input')).toBeVisible()
}

async function quietHours(desk: Desk, { admin }: Centre, look: Look): Promise<void> {
  const member = { network: 'skype', address: 'sip:priya.raman@lab.test', name: 'Priya Raman', quiet_hours: '00:00-24:00' }
  await admin.ask('POST', '/expert-groups', { name: 'Asleep', mode: 'all_at_once', within_ms: 30_000, members: [member] })
  await desk.page.keyboard.press('Escape')
  await desk.id('helped').getByRole('button').click()
  await expect(desk.id('ask-against')).toContainText('Priya Raman has quiet hours now.')
  await inBoth(desk.page, look, 'quiet-hours')
}

/** In German, by an agent who is a supervisor too. */
async function addByName(desk: Desk, { admin, dana_id }: Centre, look: Look): Promise<void> {
  await admin.ask('PATCH', `/users/${dana_id}`, { roles: ['agent', 'supervisor'] })
  const dana = new Api(desk.url)
  await dana.signIn('dana', PASSWORD)
  await dana.ask('PUT', '/me/language', { language: 'de' })
  await desk.open('/administration/expert-groups')
  const row = desk.id('admin-row').filter({ hasText: 'Mortgage experts' })
  await row.getByRole('button', { name: 'Ändern' }).click()
  await desk.id('member-search').fill('tom b')
  await expect(desk.id('member-found')).toContainText('Tom Becker')
  await look.at('member-found')
  await desk.id('member-search').press('Enter')
  await expect(desk.id('group-members').getByRole('listitem')).toHaveText([/Oskar/, /Priya/, /Tom Becker/])
  await desk.id('form-save').click()
  await expect(row).toContainText('Priya Raman, Tom Becker')
  await desk.open()
  await expect(desk.id('ask-against')).toContainText('Priya Raman hat jetzt Ruhezeit.')
  await look.at('quiet-hours-german')
  await desk.id('ask-question').press('Escape')
  await expect(desk.id('helped')).toContainText('half einmal bei Topic: SEPA')
  await look.at('helped-german')
}

async function inBoth(page: Page, look: Look, state: string): Promise<void> {
  await look.at(state)
  await page.emulateMedia({ colorScheme: 'dark' })
  await look.at(`${state}-dark`)
  await page.emulateMedia({ colorScheme: 'light' })
}

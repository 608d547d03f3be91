import { Api } from '../harness/api.ts'
import { Desk } from '../harness/desk.ts'
import { Look } from '../harness/look.ts'
import { PASSWORD } from '../harness/server.ts'
import { expect, test } from '../harness/stage.ts'

const FILE = 'id;name;email;department;skills;chat:skype\n'
  + '1;Jürgen Großmann;jg@lab.test;Mandates;Cards | Tax;tom.becker@lab.test\n'
  + '2;Jutta Grossweber;;Mandates;Tax;\n'
  + '3;;nobody@lab.test;;;\n'

test.use({ colorScheme: 'dark' })

test('an administrator adds a nickname by keyboard, and an agent finds the person by it', async ({ desk, pool, centre, browser, server }, info) => {
  void [centre, pool]
  await desk.signIn()
  await desk.id('idle').waitFor()
  const context = await browser.newContext({ viewport: { width: 1280, height: 720 }, locale: 'de-DE' })
  const admin = new Desk(await context.newPage(), server.url)
  const look = new Look(admin, info)
  const api = new Api(server.url)
  await api.signIn('admin', PASSWORD)
  const { source_id } = await api.ask<{ source_id: string }>('POST', '/people-sources', { name: 'HR' })
  await api.upload(`/people-sources/${source_id}/imports`, 'id;name\n1;Ignatius Pellworm\n')
  await test.step('the table is empty, what is no word is told, and a name is saved', async () => {
    await admin.signIn('admin')
    await admin.id('nav-administration').click()
    await admin.id('admin-directory').click()
    await admin.id('nickname-add').scrollIntoViewIfNeeded()
    await look.at('nicknames-empty')
    await admin.id('nicknames-built-in').getByRole('button').press('Enter')
    await expect(admin.page.getByText('Robert: Bob')).toBeVisible()
    await look.at('nicknames-built-in')
    await admin.id('nicknames-built-in').getByRole('button').press('Enter')
    await admin.id('nickname-add').press('Enter')
    await expect(admin.id('nickname-save')).toBeDisabled()
    await admin.id('nickname-name').fill('Ignatius')
    await admin.page.keyboard.press('Tab')
    await admin.page.keyboard.type('Iggy Pop')
    await expect(admin.id('nickname-row')).toContainText('ein Wort aus Buchstaben')
    await expect(admin.id('nickname-save')).toBeDisabled()
    await look.at('nicknames-refused')
    await admin.id('nickname-nicknames').fill('Iggy, Nacho')
    await admin.id('nickname-save').press('Enter')
    await expect(admin.id('toast')).toContainText('Gespeichert')
    await look.at('nicknames')
  })
  await finds(desk, 'iggy', 'Ignatius Pellworm')
  await test.step('who changes an older table is told', async () => {
    await api.ask('PUT', '/nicknames', { revision: 1, names: [] })
    await admin.id('nickname-nicknames').fill('Iggy')
    await admin.id('nickname-save').click()
    await expect(admin.page.getByRole('alert')).toContainText('inzwischen jemand anders geändert')
  })
  expect([...look.found, ...admin.faults]).toEqual([])
  await context.close()
})

test('an administrator brings in people, and an agent finds and asks one by a name with a typing error', async ({ desk, pool, centre, browser, server }, info) => {
  void centre
  await pool.behaves('tom.becker', { kind: 'answers', after_ms: 100 })
  await desk.signIn()
  await desk.id('idle').waitFor()
  const context = await browser.newContext({ viewport: { width: 1280, height: 720 }, locale: 'en-GB' })
  const admin = new Desk(await context.newPage(), server.url)
  const look = new Look(admin, info)
  await test.step('a file is uploaded', async () => {
    await admin.signIn('admin')
    await admin.id('nav-administration').click()
    await admin.id('admin-directory').click()
    await admin.id('admin-add').click()
    await admin.id('people-source-name').fill('HR')
    await admin.id('form-save').click()
    await upload(admin, 'id;phone\n1;2\n')
    await expect(admin.page.getByRole('alert')).toContainText('The column with the name is missing')
    await look.at('upload')
    await admin.page.getByRole('button', { name: 'Cancel' }).click()
    await upload(admin, FILE)
    await expect(admin.id('people-import')).toHaveAttribute('data-state', 'completed')
    await expect(admin.id('people-import')).toContainText('3 read · 2 added')
    await expect(admin.id('form-save')).toHaveCount(0)
    await look.at('sources')
    await admin.id('people-refused').click()
    await expect(admin.id('refused-row')).toContainText(['4No name'])
    await look.at('refused')
  })
  await test.step('a directory that is not there is told, and a token is shown once', async () => {
    await admin.page.keyboard.press('Escape')
    await addOf(admin, 'ldap', 'Active Directory')
    await admin.id('ldap-host').fill('127.0.0.1')
    await admin.id('ldap-protection').selectOption('plain')
    await admin.page.getByLabel('Port', { exact: true }).fill('1')
    await admin.id('ldap-base').fill('dc=example,dc=com')
    await admin.id('ldap-try').click()
    await expect(admin.id('ldap-tried')).toContainText('cannot be reached')
    await look.at('ldap')
    await admin.page.keyboard.press('Escape')
    await addOf(admin, 'scim', 'Entra ID')
    await admin.id('form-save').click()
    await expect(admin.id('scim-value')).toHaveCount(2)
    await look.at('token')
    await admin.id('scim-token-close').click()
  })
  await test.step('found and asked', async () => {
    await finds(desk, 'grosman jurgen', 'Jürgen Großmann')
    await desk.id('expert-search').fill('gross ju')
    await expect(desk.id('expert-result-1')).toContainText('No chat address is known')
    await new Look(desk, info).at('found')
    await desk.id('skill-chip').filter({ hasText: 'Cards' }).click()
    await expect(desk.id('expert-result-1')).toHaveCount(0)
    await desk.id('expert-search').press('Enter')
    await desk.id('ask-question').fill('May a hotel charge twice?')
    await desk.page.keyboard.press('Enter')
    await desk.invitationIs(1, 'accepted', 30_000)
    // The pool has his address under another name; he is called as the agent found him.
    await expect(desk.id('chat')).toContainText('Jürgen Großmann')
  })
  expect(look.found).toEqual([])
  expect(admin.faults).toEqual([])
  await context.close()
})

/** Searches anew until the index has followed. */
async function finds(desk: Desk, text: string, name: string): Promise<void> {
  await expect(async () => {
    await desk.id('expert-search').fill('')
    await desk.id('expert-search').fill(text)
    await expect(desk.id('expert-result-0')).toContainText(name, { timeout: 1_000 })
  }).toPass()
}

async function addOf(admin: Desk, kind: string, name: string): Promise<void> {
  await admin.id('admin-add').click()
  await admin.id(`people-kind-${kind}`).check()
  await admin.id('people-source-name').fill(name)
}

async function upload(admin: Desk, text: string): Promise<void> {
  await admin.id('people-upload').click()
  await admin.id('people-file').setInputFiles({ name: 'people.csv', mimeType: 'text/csv', buffer: Buffer.from(text) })
  await admin.id('form-save').click()
}

import { Api } from '../harness/api.ts'
import { Look } from '../harness/look.ts'
import { PASSWORD } from '../harness/server.ts'
import { expect, test as stage } from '../harness/stage.ts'

/** One person on the pool and on a real Prosody. */
const test = stage.extend({ networks: async ({ pool, xmpp }, use) => use([pool.network(), xmpp.network()]) })

const QUESTION = 'May a mortgage be paid off early?'

test('a row follows the presence on two networks, and the agent asks on the other one by keyboard', async ({ desk, pool, xmpp, centre, server }, info) => {
  void centre
  const tom = await xmpp.expert('Tom Becker')
  await tom.shows('away')
  await pool.presence('tom.becker', 'Online')
  await pool.behaves('tom.becker', { kind: 'answers', after_ms: 100 })
  const api = new Api(server.url)
  await api.signIn('admin', PASSWORD)
  const { source_id } = await api.ask<{ source_id: string }>('POST', '/people-sources', { name: 'HR' })
  await api.upload(`/people-sources/${source_id}/imports`, `id,name,chat:skype,chat:xmpp\n1,Tom Becker,tom.becker@lab.test,tom.becker@${xmpp.domain}\n2,Tom Bergmann,,\n`)
  await desk.signIn()
  await desk.id('idle').waitFor()
  const row = desk.id('expert-result-0')
  await expect(async () => {
    await desk.id('expert-search').fill('')
    await desk.id('expert-search').fill('tom be')
    await expect(desk.id('expert-result-1')).toContainText('Tom Bergmann', { timeout: 1_000 })
  }).toPass()
  await expect(row).toContainText('Tom Becker')
  await expect(row).toContainText('Skype for Business')
  await test.step('Skype goes offline: the row stays, and is on XMPP', async () => {
    await pool.presence('tom.becker', 'Offline')
    await expect(row).toContainText('Jabber', { timeout: 15_000 })
    await expect(row).toContainText('Tom Becker')
    await expect(desk.id('expert-result-1')).toContainText('Tom Bergmann')
    await new Look(desk, info).at('row')
  })
  await test.step('the form follows too, until the agent chooses', async () => {
    await desk.id('expert-search').press('Enter')
    const networks = desk.id('ask-network')
    await expect(networks.getByRole('radio', { name: /Jabber/ })).toBeChecked()
    await pool.presence('tom.becker', 'Online')
    await expect(networks.getByRole('radio', { name: /Skype/ })).toBeChecked({ timeout: 15_000 })
    await pool.presence('tom.becker', 'Offline')
    await expect(networks.getByRole('radio', { name: /Jabber/ })).toBeChecked({ timeout: 15_000 })
    await networks.getByRole('radio', { name: /Jabber/ }).focus()
    await desk.page.keyboard.press('ArrowLeft')
    await expect(networks.getByRole('radio', { name: /Skype/ })).toBeChecked()
    await tom.shows('')
    await expect(networks.getByRole('radio', { name: /Jabber \(Available\)/ })).toBeVisible({ timeout: 15_000 })
    await expect(networks.getByRole('radio', { name: /Skype/ })).toBeChecked()
    const look = new Look(desk, info)
    await look.at('chosen')
    expect(look.found).toEqual([])
  })
  await pool.presence('tom.becker', 'Online')
  await desk.id('ask-question').fill(QUESTION)
  await desk.page.keyboard.press('Enter')
  await desk.invitationIs(1, 'accepted', 30_000)
  expect(await pool.chatCount()).toBe(1)
  expect((await tom.got()).texts, 'he was asked on Skype alone').toEqual([])
})

import { ask } from '../harness/acts.ts'
import type { Desk } from '../harness/desk.ts'
import { Desk as AnyDesk } from '../harness/desk.ts'
import { Look } from '../harness/look.ts'
import { expect, test } from '../harness/stage.ts'

test.use({ networkSettings: 'seats = 2' })

test('an administrator takes a seat away and gives it back: the agent is told, and works on', async ({ desk, pool, centre, browser, server }, info) => {
  void centre
  await pool.behaves('priya.raman', { kind: 'answers', after_ms: 100 })
  await desk.signIn()
  await desk.id('idle').waitFor()
  await ask(desk, 'priya', 'Priya Raman', 'What does AM04 mean?')
  await desk.invitationIs(1, 'accepted', 30_000)
  const context = await browser.newContext({ viewport: { width: 1280, height: 720 }, locale: 'en-GB' })
  const admin = new AnyDesk(await context.newPage(), server.url)
  const look = new Look(desk, info)
  await admin.signIn('admin')
  await admin.id('nav-administration').click()
  await test.step('seats are counted', async () => {
    await admin.id('admin-networks').click()
    await expect(admin.id('admin-row').first()).toContainText('2 of 2 taken, 0 free')
    await admin.id('admin-users').click()
    await change(admin, 'Sam Rivera')
    await expect(admin.id('licence-skype')).toBeDisabled()
    await admin.page.keyboard.press('Escape')
  })
  await test.step('taken away', async () => {
    await setLicence(admin, 'Dana Whitfield', false)
    await expect(desk.id('toast').filter({ hasText: 'was taken away' })).toBeVisible()
    await expect(desk.id('not-licensed')).toContainText('An administrator can assign one')
    await expect(desk.page.getByRole('log')).toContainText('The chat with Priya Raman was ended: your licence')
    await expect(desk.id('expert-search')).toHaveCount(0)
    await look.at('not-licensed')
    await desk.open('/profile')
    await expect(desk.id('network-state')).toHaveAttribute('data-state', 'not_licensed')
    await desk.open('/')
  })
  await test.step('given back', async () => {
    await setLicence(admin, 'Dana Whitfield', true)
    await desk.id('expert-search').waitFor()
    await ask(desk, 'priya', 'Priya Raman', 'And again?')
    await expect(desk.message('And again?').or(desk.id('question').filter({ hasText: 'And again?' })).first()).toBeVisible()
    await desk.id('chat-input').waitFor({ timeout: 20_000 })
  })
  expect(look.found).toEqual([])
  expect(admin.faults).toEqual([])
  await context.close()
})

async function change(admin: Desk, name: string): Promise<void> {
  await admin.id('admin-row').filter({ hasText: name }).getByRole('button', { name: 'Change' }).click()
  await admin.id('form-save').waitFor()
}

async function setLicence(admin: Desk, name: string, licensed: boolean): Promise<void> {
  await change(admin, name)
  await admin.id('licence-skype').setChecked(licensed)
  await admin.id('form-save').click()
  await expect(admin.id('form-save')).toHaveCount(0)
}

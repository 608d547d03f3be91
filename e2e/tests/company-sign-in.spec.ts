import type { Page } from '@playwright/test'
import { Api } from '../harness/api.ts'
import { Look } from '../harness/look.ts'
import { PASSWORD } from '../harness/server.ts'
import { expect, test as stage } from '../harness/stage.ts'

/** A pool whose company has a page of its own; nobody's account is connected. */
const test = stage.extend({
  networks: async ({ pool }, use) => {
    const { id, settings } = pool.network('oauth_client_id = "hookflash"\ngrants = []')
    await use([{ id, settings }])
  },
})

// The page has a certificate of the lab's own authority.
test.use({ companyPage: true, ignoreHTTPSErrors: true })

/** Fills in the company's page. */
async function signInThere(page: Page, password: string): Promise<void> {
  await page.getByLabel('User name').fill('dana@lab.test')
  await page.getByLabel('Password').fill(password)
  await page.getByRole('button', { name: 'Sign in' }).click()
}

test('an account is connected on the page of the company, lasts over a restart, and is disconnected', async ({ desk, server }, info) => {
  const look = new Look(desk, info)
  await desk.signIn()
  await desk.id('idle').waitFor()
  await desk.open('/profile')
  await expect(desk.id('account-password')).toHaveCount(0)
  await desk.id('account-sign-in-name').fill('dana@lab.test')
  const opening = desk.page.waitForEvent('popup')
  await desk.id('company-sign-in').click()
  const popup = await opening
  await signInThere(popup, 'not this one')
  await expect(popup.getByRole('alert')).toContainText('incorrect')
  await expect(desk.page.getByText('Go on in the other window.')).toBeVisible()
  await look.at('waiting')
  const closed = popup.waitForEvent('close')
  await signInThere(popup, 'demo')
  await closed
  await expect(desk.id('network-state')).toHaveAttribute('data-state', 'up', { timeout: 20_000 })
  await look.at('connected')

  await server.kill()
  await server.start()
  await desk.open('/')
  await desk.id('idle').waitFor({ timeout: 20_000 })
  await desk.id('expert-search').fill('priya')
  await expect(desk.id('expert-result-0')).toContainText('Priya Raman', { timeout: 20_000 })

  await desk.open('/profile')
  await desk.id('account-disconnect').click()
  await expect(desk.id('account-disconnect')).toHaveCount(0)
  await expect(desk.id('network-state')).not.toHaveAttribute('data-state', 'up')
  expect(look.found).toEqual([])
})

for (const { language, words } of [
  { language: 'en', words: 'did not agree' },
  { language: 'de', words: 'nicht zugestimmt' },
]) {
  test(`what the company's page refuses is told in its words (${language})`, async ({ desk, server }) => {
    const dana = new Api(server.url)
    await dana.signIn('dana', PASSWORD)
    await dana.ask('PUT', '/me/language', { language })
    await desk.signIn()
    await desk.id('idle').waitFor()
    await desk.open('/profile')
    await desk.id('account-sign-in-name').fill('dana@lab.test')
    const opening = desk.page.waitForEvent('popup')
    await desk.id('company-sign-in').click()
    const popup = await opening
    await popup.getByLabel('User name').waitFor()
    const back = new URL(new URL(popup.url()).searchParams.get('redirect_uri') ?? '')
    back.searchParams.set('state', new URL(popup.url()).searchParams.get('state') ?? '')
    back.searchParams.set('error', 'access_denied')
    back.searchParams.set('error_description', 'The administrator has not agreed.')
    await popup.goto(back.href)
    await expect(popup.getByRole('alert')).toContainText(words)
    await expect(popup.getByRole('alert')).toContainText('The administrator has not agreed.')
    expect(popup.url()).not.toContain('access_denied')
    await expect(desk.id('network-state')).not.toHaveAttribute('data-state', 'up')
  })
}

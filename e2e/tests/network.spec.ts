import type { Locator } from '@playwright/test'
import { talking } from '../harness/acts.ts'
import { Api } from '../harness/api.ts'
import type { Desk } from '../harness/desk.ts'
import { PASSWORD, type Server } from '../harness/server.ts'
import { expect, test } from '../harness/stage.ts'

const LANGUAGES = [
  { language: 'en', favourites: 'Favourites', added: 'Sven Olsen is a favourite now.', removed: 'Sven Olsen is no favourite any longer.' },
  { language: 'de', favourites: 'Favoriten', added: 'Sven Olsen ist jetzt ein Favorit.', removed: 'Sven Olsen ist kein Favorit mehr.' },
]

/** Dana's desk in a language, with the network up. */
async function signIn(desk: Desk, server: Server, language: string): Promise<void> {
  const dana = new Api(server.url)
  await dana.signIn('dana', PASSWORD)
  await dana.ask('PUT', '/me/language', { language })
  await desk.signIn()
  await desk.id('idle').waitFor()
  await expect(desk.id('network-skype')).toHaveCount(0)
}

/** A group of favourites on the desk. */
function group(desk: Desk, name: string): Locator {
  return desk.page.getByRole('region', { name, exact: true })
}

for (const { language, favourites, added, removed } of LANGUAGES) {
  test(`favourites come from the network with their groups, are added by key and taken off (${language})`, async ({ desk, server }) => {
    await signIn(desk, server, language)
    await expect(group(desk, 'Payments')).toContainText('Oskar Lindqvist', { timeout: 15_000 })
    await expect(group(desk, 'Payments')).toContainText('Priya Raman')
    await expect(group(desk, favourites)).toContainText('Tom Becker')
    await desk.leaveField()
    await desk.page.keyboard.press('/')
    await desk.page.keyboard.type('sven')
    await expect(desk.id('expert-result-0')).toContainText('Sven Olsen')
    await desk.page.keyboard.press('Alt+f')
    await expect(desk.id('toast').filter({ hasText: added })).toBeVisible()
    await desk.id('expert-search').fill('')
    await expect(group(desk, favourites)).toContainText('Sven Olsen')
    await desk.page.reload()
    await expect(group(desk, favourites)).toContainText('Sven Olsen', { timeout: 15_000 })
    await group(desk, favourites).locator('div').filter({ hasText: 'Sven Olsen' }).last().getByTestId('favourite').click()
    await expect(desk.id('toast').filter({ hasText: removed })).toBeVisible()
    await expect(group(desk, favourites)).not.toContainText('Sven Olsen')
  })

  test.describe(`the far desktop closes a chat that is silent for some seconds (${language})`, () => {
    test.use({ idleChatS: 3 })

    test('it goes on from either side, as the same chat', async ({ desk, pool, server }) => {
      await signIn(desk, server, language)
      await talking(desk, pool)
      await expect.poll(() => pool.chatStates(), { timeout: 30_000 }).toEqual(['idle'])
      await desk.say('Are you still there?')
      await desk.messageIs('Are you still there?', /sent|delivered/, 30_000)
      await pool.hasTold('priya.raman', 'Are you still there?', 30_000)
      await expect.poll(() => pool.chatStates(), { timeout: 30_000 }).toEqual(['idle'])
      await pool.says('priya.raman', 'Yes, by the way')
      await expect(desk.message('Yes, by the way')).toHaveCount(1, { timeout: 15_000 })
      await expect(desk.id('incoming')).toHaveCount(0)
      await expect(desk.id('chip-2')).toHaveCount(0)
      await expect(desk.page.getByText(/left the chat|hat den Chat verlassen/)).toHaveCount(0)
    })
  })
}

test('a photo is shown where the network has one, initials where it has none', async ({ desk, server }) => {
  await signIn(desk, server, 'en')
  const row = (name: string) => desk.id('favourites').getByRole('button').filter({ hasText: name }).first()
  await expect(row('Priya Raman')).toBeVisible({ timeout: 15_000 })
  await expect.poll(() => row('Priya Raman').locator('img').evaluate((image) => (image as HTMLImageElement).naturalWidth), { timeout: 15_000 }).toBeGreaterThan(0)
  await expect(row('Echo Test')).toBeVisible()
  await expect(row('Echo Test').locator('img')).toBeHidden()
})

import { Api } from '../harness/api.ts'
import { callUp, finish } from '../harness/acts.ts'
import { ANNA } from '../harness/centre.ts'
import { Desk } from '../harness/desk.ts'
import { PASSWORD } from '../harness/server.ts'
import { expect, test } from '../harness/stage.ts'
import { CALLER } from '../harness/tones.ts'

test('each role sees what it may, and no more', async ({ desk, phone, server, browser }) => {
  await callUp(desk, await phone(ANNA))
  await finish(desk)
  await expect(desk.id('nav-administration')).toHaveCount(0)
  await expect(desk.id('nav-figures')).toHaveCount(0)
  await desk.open('/administration/users')
  await expect(desk.page.getByText('You may not do this.')).toBeVisible()
  const [interaction] = await interactionsOf(server.url, 'dana')
  expect(interaction).toBeDefined()
  await test.step('another agent', () => another(server.url, String(interaction?.interaction_id)))
  await test.step('supervisor', async () => {
    const context = await browser.newContext()
    const sam = new Desk(await context.newPage(), server.url)
    await sam.signIn('sam')
    await sam.id('nav-interactions').click()
    await sam.id('interaction-row').filter({ hasText: 'Anna Müller' }).getByRole('link').click()
    await expect(sam.id('detail-facts')).toContainText('Dana Whitfield')
    await expect(sam.id('nav-desk')).toHaveCount(0)
    await expect(sam.id('nav-administration')).toHaveCount(0)
    await sam.id('nav-figures').click()
    await expect(sam.id('floor-queue')).toContainText(['Billing'])
    await sam.id('figures-queues').click()
    await expect(sam.id('figures-row')).toContainText(['Billing'])
    await sam.id('sort-offered').click()
    await expect(sam.page.getByRole('columnheader', { name: 'Offered' })).toHaveAttribute('aria-sort', 'descending')
    await sam.id('metric-answered').click()
    await expect(sam.page.getByText('answered = 1')).toBeVisible()
    await sam.page.keyboard.press('Escape')
    await sam.id('export').click()
    const [file] = await Promise.all([sam.page.waitForEvent('download'), sam.id('export-csv').click()])
    expect(file.suggestedFilename()).toBe('Queues performance.csv')
    expect(sam.faults).toEqual([])
    await context.close()
  })
})

test('a supervisor follows the floor and gives a waiting call to an agent of another queue', async ({ server, centre, browser, phone }) => {
  void centre
  const sam = new Desk(await (await browser.newContext()).newPage(), server.url)
  // Who takes no calls begins at the floor.
  await sam.signIn('sam')
  await sam.id('floor-queue').filter({ hasText: 'Billing' }).getByRole('link').click()
  const shift = await browser.newContext({ permissions: ['microphone'] })
  const ben = new Desk(await shift.newPage(), server.url)
  await ben.beginShift('ben')
  const list = await opened(sam, '/interactions', 'Interactions')
  const agents = await opened(sam, '/figures/agents', 'Agents performance')
  const codes = await opened(sam, '/figures/wrap-up', 'Wrap-up performance')
  const anna = await phone(ANNA)
  anna.call()
  // The list goes on by itself.
  await expect(list.id('interaction-row')).toContainText(['Anna Müller'])
  const call = sam.id('floor-interaction').filter({ hasText: ANNA.name })
  await expect(call).toContainText('Waiting')
  await sam.id('interaction-menu').click()
  await sam.id('priority-60').click()
  await expect(call).toContainText('60')
  await sam.id('interaction-menu').click()
  await sam.id('assign').filter({ hasText: 'Ben Okoye' }).click()
  await ben.answer()
  await expect(call).toContainText('Interacting')
  await expect(call).toContainText('Ben Okoye')
  await sam.id('figures-status').click()
  const seen = sam.id('status-agent').filter({ hasText: 'Ben Okoye' })
  await expect(seen).toContainText('On a call')
  await seen.getByTestId('agent-menu').click()
  await sam.id('log-out').click()
  await expect(sam.id('toast')).toContainText('with a customer')
  await finish(ben)
  await expect(seen).toContainText('Ready')
  await expect(list.id('interaction-row')).toContainText(['Completed'])
  await expect(agents.id('figures-row')).toContainText(['Ben Okoye'], { timeout: 20_000 })
  await expect(codes.id('figures-row')).toContainText(['Solved'], { timeout: 20_000 })
  await seen.getByTestId('agent-menu').click()
  await sam.id('log-out').click()
  await ben.id('sign-in-name').waitFor()
  await seen.getByRole('link', { name: 'Ben Okoye' }).click()
  await expect(sam.id('stay').filter({ hasText: 'On a call' })).toHaveCount(1)
  expect([sam, ben, list, agents, codes].flatMap((one) => one.faults)).toEqual([])
})

/** Another window of somebody's, at a view. */
async function opened(desk: Desk, path: string, title: string): Promise<Desk> {
  const another = new Desk(await desk.page.context().newPage(), desk.url)
  await another.open(path)
  await another.page.getByRole('heading', { name: title }).waitFor()
  return another
}

test('an administrator adds an agent, who can sign in and take calls of the queue', async ({ server, centre, browser, phone }) => {
  void centre
  const context = await browser.newContext({ permissions: ['microphone'] })
  const admin = new Desk(await context.newPage(), server.url)
  await admin.signIn('admin')
  await admin.id('nav-administration').click()
  await admin.id('admin-row').filter({ hasText: 'Dana Whitfield' }).waitFor()
  await admin.id('admin-add').click()
  await admin.id('user-sign-in-name').fill('eva')
  await admin.id('user-name').fill('Eva Lang')
  await admin.id('user-password').fill(PASSWORD)
  for (const choice of ['Agent', 'Billing']) await admin.page.getByRole('dialog').getByRole('checkbox', { name: choice }).check()
  await admin.id('form-save').click()
  await admin.id('admin-row').filter({ hasText: 'Eva Lang' }).waitFor()
  await context.close()
  const shift = await browser.newContext({ permissions: ['microphone'] })
  const eva = new Desk(await shift.newPage(), server.url)
  await eva.beginShift('eva')
  const anna = await phone(ANNA)
  anna.call()
  await eva.answer()
  await eva.hears(CALLER)
  await shift.close()
})

async function interactionsOf(url: string, name: string): Promise<{ interaction_id: string }[]> {
  const api = new Api(url)
  await api.signIn(name, PASSWORD)
  return (await api.ask<{ rows: { interaction_id: string }[] }>('GET', '/interactions')).rows
}

async function another(url: string, interaction_id: string): Promise<void> {
  const ben = new Api(url)
  await ben.signIn('ben', PASSWORD)
  expect((await ben.ask<{ rows: unknown[] }>('GET', '/interactions')).rows).toEqual([])
  expect((await ben.raw('GET', `/interactions/${interaction_id}`)).status).toBe(404)
  expect((await ben.raw('GET', '/users')).status).toBe(403)
  expect((await ben.raw('POST', '/queues', { name: 'Mine' })).status).toBe(403)
}

import { ANNA, type Centre, JAMES } from '../harness/centre.ts'
import { Desk } from '../harness/desk.ts'
import { Look } from '../harness/look.ts'
import { PASSWORD } from '../harness/server.ts'
import { expect, test } from '../harness/stage.ts'
import { Api } from '../harness/api.ts'
import { OTHER_CALLER } from '../harness/tones.ts'

const asking = (customer: typeof ANNA, topic: string) => ({ ...customer, headers: [['X-Topic', topic]] as [string, string][] })

test('two calls that ask for different skills arrive at who has them, and one is found by its skill', async ({ centre, server, browser, phone, desk }) => {
  const { admin, dana_id, ben_id, queue_id } = centre
  await admin.ask('PATCH', `/queues/${queue_id}`, { member_ids: [dana_id, ben_id] })
  const context = await browser.newContext({ viewport: { width: 1280, height: 720 }, locale: 'en-GB' })
  const office = new Desk(await context.newPage(), server.url)
  await office.signIn('admin')
  await office.id('nav-administration').click()
  await test.step('the administrator adds skills, gives them, and says who asks for them', async () => {
    await office.id('admin-skills').click()
    for (const name of ['Mandates', 'Contracts']) await add(office, name)
    await give(office, 'Dana Whitfield', 'Contracts')
    await give(office, 'Ben Okoye', 'Mandates')
    await route(office)
    await office.id('admin-demand-rules').click()
    await rule(office, 1, 'mandate', 'Mandates')
    await rule(office, 2, 'contract', 'Contracts')
    await office.id('demand-save').click()
    await expect(office.id('toast').filter({ hasText: 'Saved' })).toBeVisible()
  })
  const other = await browser.newContext({ viewport: { width: 1280, height: 720 }, locale: 'en-GB' })
  const ben = new Desk(await other.newPage(), server.url)
  await desk.beginShift()
  await ben.beginShift('ben')
  await test.step('each call rings at the right desk, although Dana is idle longer', async () => {
    const [anna, james] = [await phone(asking(ANNA, 'mandate')), await phone(asking(JAMES, 'Contract'), OTHER_CALLER)]
    anna.call()
    await expect(ben.id('offer')).toContainText(ANNA.name)
    await expect(desk.id('offer')).toHaveCount(0)
    james.call()
    await expect(desk.id('offer')).toContainText(JAMES.name)
    anna.hangUp()
    james.hangUp()
    await expect(ben.id('offer')).toHaveCount(0)
  })
  await test.step('the list finds the one that asked for a skill, and its detail says so', async () => {
    await office.id('nav-interactions').click()
    await office.id('more-filters').click()
    await office.id('filter-skill').selectOption({ label: 'Mandates' })
    await expect(office.id('interaction-row')).toHaveCount(1)
    await office.id('interaction-row').getByRole('link').first().click()
    await expect(office.id('detail-facts')).toContainText('Mandates')
    await expect(office.id('detail-timeline')).toContainText('asks for Mandates')
  })
  expect([...office.faults, ...ben.faults]).toEqual([])
  await context.close()
  await other.close()
})

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme, viewport: { width: 1280, height: 720 } })

    test('axe finds nothing in skills, languages, routing and rules', async ({ centre, server, page }, info) => {
      const office = new Desk(page, server.url)
      const look = new Look(office, info)
      if (colorScheme === 'dark') await inGerman(server.url)
      await office.signIn('admin')
      await office.id('nav-administration').click()
      for (const part of ['skills', 'languages', 'demand-rules']) {
        await office.id(`admin-${part}`).click()
        await look.at(`${part}-empty`)
      }
      await fill(centre)
      await page.reload()
      for (const part of ['skills', 'languages'] as const) {
        await office.id(`admin-${part}`).click()
        await office.id('admin-row').first().waitFor()
        await look.at(part)
        await office.id('admin-add').click()
        await office.id('form-save').waitFor()
        await look.at(`${part}-form`)
        await page.keyboard.press('Escape')
        await expect(office.id('form-save')).toHaveCount(0)
      }
      await office.id('admin-demand-rules').click()
      await office.id('demand-rule').first().waitFor()
      await look.at('demand-rules')
      for (const part of ['users', 'queues']) {
        await office.id(`admin-${part}`).click()
        await office.id('admin-row').filter({ hasText: part === 'users' ? 'Dana' : 'Billing' }).getByTestId('admin-also').click()
        await office.id('form-save').waitFor()
        await look.at(`${part}-also`)
        await page.keyboard.press('Escape')
        await expect(office.id('form-save')).toHaveCount(0)
      }
      await office.id('nav-interactions').click()
      await office.id('more-filters').click()
      await look.at('interactions')
      await office.id('nav-figures').click()
      await office.id('figures-status').click()
      await office.id('status-skill').selectOption({ index: 1 })
      await expect(office.id('status-agent')).toHaveCount(1)
      await look.at('status')
      await office.id('status-skill').selectOption({ index: 2 })
      await expect(office.id('status-agent')).toHaveCount(0)
      await look.at('status-nobody')
      expect(look.found).toEqual([])
      expect(office.faults).toEqual([])
    })
  })
}

async function inGerman(url: string): Promise<void> {
  const admin = new Api(url)
  await admin.signIn('admin', PASSWORD)
  await admin.ask('PUT', '/me/language', { language: 'de' })
}

/** Skills, languages, rules, rings, and Dana with some of them. */
async function fill({ admin, dana_id, queue_id }: Centre): Promise<void> {
  const add = async (kind: string, name: string, tag?: string) =>
    (await admin.ask<{ ability_id: string }>('POST', '/abilities', { kind, name, ...(tag ? { tag } : {}) })).ability_id
  const [contracts, mandates, german] = [await add('skill', 'Contracts'), await add('skill', 'Mandates'), await add('language', 'German', 'de')]
  await add('language', 'Brazilian Portuguese', 'pt-BR')
  await admin.ask('PUT', `/users/${dana_id}/abilities`, { abilities: [{ ability_id: contracts, proficiency: 4 }, { ability_id: german, proficiency: 5 }] })
  const rings = [{ stay_ms: 20_000, drops: [mandates] }, { stay_ms: 40_000, drops: [contracts] }]
  await admin.ask('PUT', `/queues/${queue_id}/routing`, { evaluation: 'best', scoring: 'priority', priority: 5, asks: [german], rings })
  const rules = [
    { source: 'attached', key: 'X-Topic', value: 'mandate', ability_id: mandates },
    { source: 'dialled', key: '', value: '0800100', ability_id: german },
  ]
  await admin.ask('PUT', '/settings/demand-rules', { rules })
}

async function add(office: Desk, name: string): Promise<void> {
  await office.id('admin-add').click()
  await office.id('ability-name').fill(name)
  await office.id('ability-name').press('Enter')
  await expect(office.id('admin-row').filter({ hasText: name })).toBeVisible()
}

async function give(office: Desk, agent: string, skill: string): Promise<void> {
  await office.id('admin-users').click()
  await office.id('admin-row').filter({ hasText: agent }).getByTestId('admin-also').click()
  await office.id('ability-give').selectOption({ label: skill })
  await office.id('user-ability').getByRole('combobox').selectOption('5')
  await saved(office)
}

async function route(office: Desk): Promise<void> {
  await office.id('admin-queues').click()
  await office.id('admin-row').filter({ hasText: 'Billing' }).getByTestId('admin-also').click()
  await office.id('routing-evaluation').selectOption('all')
  await saved(office)
}

async function rule(office: Desk, number: number, value: string, skill: string): Promise<void> {
  await office.id('demand-add').click()
  await office.page.getByLabel(`Key: rule ${number}`, { exact: true }).fill('X-Topic')
  await office.page.getByLabel(`Value: rule ${number}`, { exact: true }).fill(value)
  await office.page.getByLabel(`Asks for: rule ${number}`, { exact: true }).selectOption({ label: skill })
}

async function saved(office: Desk): Promise<void> {
  await office.id('form-save').click()
  await expect(office.id('form-save')).toHaveCount(0)
}

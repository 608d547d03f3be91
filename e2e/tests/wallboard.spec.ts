import type { Page } from '@playwright/test'
import { Api } from '../harness/api.ts'
import { ANNA, JAMES } from '../harness/centre.ts'
import { Desk } from '../harness/desk.ts'
import { Look } from '../harness/look.ts'
import { PASSWORD } from '../harness/server.ts'
import { expect, test } from '../harness/stage.ts'

test('thresholds turn figures to their level on the floor, the tiles and the wallboard, and charts show the period', async ({ server, centre, page, phone }, info) => {
  void centre
  test.setTimeout(180_000)
  const sam = new Desk(page, server.url)
  const look = new Look(sam, info)
  const inBoth = async (state: string) => {
    await look.at(state)
    await page.emulateMedia({ colorScheme: 'dark' })
    await look.at(`${state}-dark`)
    await page.emulateMedia({ colorScheme: 'light' })
  }
  await sam.signIn('sam')
  await test.step('a supervisor sets thresholds on the page', async () => {
    await sam.id('open-thresholds').click()
    await expect(page.getByText('Without thresholds no figure calls for attention.')).toBeVisible()
    await threshold(sam, 1, 'Waiting', '1', '2')
    await threshold(sam, 2, 'Agents ready', '', '1')
    await inBoth('thresholds')
    await sam.id('threshold-save').click()
    await expect(sam.id('toast').filter({ hasText: 'Saved' })).toBeVisible()
    await sam.id('nav-figures').click()
  })
  const queue = sam.id('floor-queue').filter({ hasText: 'Billing' })
  const [anna, james] = [await phone(ANNA), await phone(JAMES)]
  await test.step('a call that waits turns its figure to warning, a second one to critical', async () => {
    await expect(queue.locator('[data-level=critical]')).toHaveText('0')
    anna.call()
    await expect(queue.locator('[data-level=warning]')).toHaveText('1')
    await expect(queue.getByRole('img', { name: 'Warning' })).toBeVisible()
    await inBoth('activity')
    james.call()
    await expect(queue.locator('[data-level=critical]').first()).toHaveText('2')
    await queue.getByRole('link').click()
    await expect(page.locator('dl [data-level=critical]')).toHaveText(['2', '0'])
    await look.at('tiles')
    await sam.id('figures-activity').click()
  })
  const [wall] = await Promise.all([page.context().waitForEvent('page'), sam.id('open-wallboard').click()])
  await test.step('the wallboard shows the same, dark, and light in German', () => wallboard(wall, server.url, info))
  await test.step('what was abandoned is in the charts and in the table behind them', async () => {
    anna.hangUp()
    james.hangUp()
    await expect(queue.locator('[data-level=warning]')).toHaveCount(0)
    await sam.id('figures-queues').click()
    await expect(sam.id('figures-row')).toContainText('Billing')
    await sam.id('charts').click()
    await expect(sam.id('bars-arrivals-words')).toContainText('2 offered, 0 answered, 2 abandoned.')
    await sam.id('bars-arrivals').press('Home')
    await expect(sam.id('bars-arrivals-words')).toContainText('00:00–00:30: ')
    await inBoth('charts')
    await sam.id('chart-level-table').click()
    await expect(sam.id('chart-level').getByRole('row').filter({ hasText: '0 %' })).toHaveCount(1)
    await look.at('chart-table')
  })
  await test.step('an agent may neither see the wallboard nor change thresholds', () => refused(page, server.url))
  await server.kill()
  await expect(wall.getByTestId('wall-lost')).toContainText('Verbindung verloren', { timeout: 15_000 })
  await wall.screenshot({ path: info.outputPath('wall-lost.png') })
  expect(look.found).toEqual([])
  expect(sam.faults).toEqual([])
})

async function threshold(office: Desk, number: number, figure: string, warning: string, critical: string): Promise<void> {
  await office.id('threshold-add').click()
  const field = (name: string) => office.page.getByLabel(`${name}: threshold ${number}`, { exact: true })
  await field('Figure').selectOption({ label: figure })
  await field('Warning').fill(warning)
  await field('Critical').fill(critical)
}

async function wallboard(page: Page, url: string, info: ConstructorParameters<typeof Look>[1]): Promise<void> {
  const wall = new Desk(page, url)
  const look = new Look(wall, info)
  await page.setViewportSize({ width: 1920, height: 1080 })
  const waiting = wall.id('wall-queue').filter({ hasText: 'Billing' }).locator('[data-figure="floor.waiting"]')
  await expect(waiting).toHaveAttribute('data-level', 'critical')
  await expect(waiting).toContainText('Critical')
  await expect(wall.id('wallboard')).toHaveCSS('cursor', 'none')
  await expect(wall.id('wall-clock')).toHaveAttribute('data-zone', /./)
  await look.at('wall-dark')
  await page.mouse.move(300, 300)
  await wall.id('wall-theme').click()
  await expect(page).toHaveURL(/theme=light/)
  const sam = new Api(url)
  await sam.signIn('sam', PASSWORD)
  await sam.ask('PUT', '/me/language', { language: 'de' })
  await page.reload()
  await expect(waiting).toContainText('Kritisch')
  await look.at('wall-light-de')
  await sam.ask('PUT', '/me/language', { language: 'en' })
  await page.setViewportSize({ width: 1280, height: 720 })
  await page.screenshot({ path: info.outputPath('wall-1280.png') })
  expect(look.found).toEqual([])
  expect(wall.faults).toEqual([])
}

async function refused(page: Page, url: string): Promise<void> {
  const dana = new Api(url)
  await dana.signIn('dana', PASSWORD)
  expect((await dana.raw('GET', '/settings/thresholds')).status).toBe(403)
  expect((await dana.raw('PUT', '/settings/thresholds', { thresholds: [] })).status).toBe(403)
  const context = await page.context().browser()?.newContext({ locale: 'en-GB' })
  const desk = new Desk(await context!.newPage(), url)
  await desk.signIn('dana')
  await desk.id('idle').waitFor()
  await desk.page.goto(`${url}/wallboard`)
  await expect(desk.page.getByText('You may not do this.')).toBeVisible()
  await context?.close()
}

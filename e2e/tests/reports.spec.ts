import { readFileSync } from 'node:fs'
import { callUp, finish } from '../harness/acts.ts'
import { Api } from '../harness/api.ts'
import { ANNA } from '../harness/centre.ts'
import { Desk } from '../harness/desk.ts'
import { PASSWORD } from '../harness/server.ts'
import { expect, test } from '../harness/stage.ts'

test('a supervisor runs a report on the page and gets the files', async ({ desk, phone, server, browser }) => {
  await callUp(desk, await phone(ANNA))
  await finish(desk)
  const context = await browser.newContext()
  const sam = new Desk(await context.newPage(), server.url)
  await sam.signIn('sam')
  await sam.id('nav-reports').click()
  await expect(sam.page.getByText('No report yet')).toBeVisible()
  await sam.id('report-interaction-details').click()
  await expect(sam.page.getByRole('heading', { name: 'Interaction Details' })).toBeVisible()
  await sam.id('report-period').selectOption('today')
  await sam.id('report-queues').click()
  await sam.page.keyboard.type('bill')
  await sam.page.getByRole('menuitemcheckbox', { name: 'Billing' }).click()
  await sam.page.keyboard.press('Escape')
  await sam.id('report-format-csv').check()
  await sam.id('report-ask').click()
  const run = sam.id('report-run')
  await expect(run).toHaveAttribute('data-state', 'completed', { timeout: 60_000 })
  const csv = await saved(sam, 'report-file-csv')
  expect(csv.name).toMatch(/^interaction-details_\d{4}-\d\d-\d\d\.csv$/)
  expect(csv.text.split('\r\n').filter((line) => line.includes(ANNA.name) && line.includes('Billing'))).toHaveLength(1)
  expect((await saved(sam, 'report-file-pdf')).text).toMatch(/^%PDF-[^]*%%EOF\s*$/)
  await run.getByRole('checkbox').check()
  const zip = await saved(sam, 'reports-zip')
  expect([zip.name, zip.text.slice(0, 2)]).toEqual(['reports.zip', 'PK'])
  await sam.id('report-again').click()
  await expect(run).toHaveCount(2)
  await expect(run.first()).toHaveAttribute('data-state', 'completed', { timeout: 60_000 })
  await sam.id('report-remove').first().click()
  await expect(run).toHaveCount(1)
  expect(sam.faults).toEqual([])
  await context.close()
})

test('a report is asked for by keyboard alone', async ({ server, centre, page }) => {
  void centre
  const sam = new Desk(page, server.url)
  await sam.signIn('sam')
  await sam.id('nav-reports').focus()
  await page.keyboard.press('Enter')
  await sam.id('report-queue-daily').focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'Queue Daily' })).toBeVisible()
  await sam.id('report-grain').selectOption('week')
  await sam.id('report-format-csv').focus()
  await page.keyboard.press('Space')
  await sam.id('report-ask').focus()
  await page.keyboard.press('Enter')
  await expect(sam.id('report-run')).toHaveAttribute('data-state', 'completed', { timeout: 60_000 })
  await expect(sam.id('report-file-csv')).toBeVisible()
})

test('reports are nothing for agents, and those of others are not seen', async ({ desk, server, centre }) => {
  const admin = centre.admin
  const asked = await admin.ask<{ run_id: string }>('POST', '/reports/queue-summary/runs', { period: 'today', formats: ['csv'] })
  await desk.signIn()
  await desk.id('idle').waitFor()
  await expect(desk.id('nav-reports')).toHaveCount(0)
  await desk.open('/reports')
  await expect(desk.page.getByText('You may not do this.')).toBeVisible()
  for (const [name, status] of [['dana', 403], ['sam', 404]] as const) {
    const api = new Api(server.url)
    await api.signIn(name, PASSWORD)
    expect((await api.raw('GET', `/reports/runs/${asked.run_id}`)).status).toBe(status)
  }
})

/** Clicks a link and reads the file that the browser saves. */
async function saved(desk: Desk, link: string): Promise<{ name: string; text: string }> {
  const [file] = await Promise.all([desk.page.waitForEvent('download'), desk.id(link).first().click()])
  return { name: file.suggestedFilename(), text: readFileSync(await file.path(), 'utf8') }
}

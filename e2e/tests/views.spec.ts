import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Browser } from '@playwright/test'
import { callUp, finish } from '../harness/acts.ts'
import { Api } from '../harness/api.ts'
import { ANNA } from '../harness/centre.ts'
import { Desk } from '../harness/desk.ts'
import { Look } from '../harness/look.ts'
import { PASSWORD } from '../harness/server.ts'
import { expect, test } from '../harness/stage.ts'

const READER = fileURLToPath(new URL('../../crates/reports/tests/suite/read_xlsx.py', import.meta.url))

test('a view is saved, shared and opened by others, and what it shows is taken along', async ({ desk, phone, server, browser }, info) => {
  await callUp(desk, await phone(ANNA))
  await finish(desk)
  const sam = await office(browser, server.url, 'sam')
  const look = new Look(sam, info)
  await sam.id('nav-figures').click()
  await sam.id('figures-queues').click()
  await sam.id('figures-row').first().waitFor()
  await test.step('a supervisor chooses filters and columns, saves them and shares them', async () => {
    await sam.id('period-grain').selectOption('day')
    await sam.id('columns').click()
    await sam.id('column-asa').uncheck()
    await sam.id('column-invitations').check()
    await sam.page.keyboard.press('Escape')
    await sam.id('sort-offered').click()
    await look.at('views-none')
    await sam.id('views').click()
    await expect(sam.page.getByText('No saved view yet')).toBeVisible()
    await sam.id('view-create').press('Enter')
    await sam.id('view-name').fill('By days')
    await sam.id('view-shared').check()
    await look.at('views-form')
    await sam.id('view-name').press('Enter')
    await expect(sam.id('views')).toHaveText('By days')
    await expect(sam.id('views')).toHaveAttribute('data-changed', 'false')
  })
  const link = `${new URL(sam.page.url()).pathname}?view=${new URL(sam.page.url()).searchParams.get('view') ?? ''}`
  const shown = await screen(sam)
  await test.step('an administrator opens the link and sees the same', async () => {
    const admin = await office(browser, server.url, 'admin', link)
    await expect(admin.id('views')).toHaveText('By days')
    await expect(admin.id('period-grain')).toHaveValue('day')
    expect((await screen(admin))[0]).toEqual(shown[0])
    await admin.id('columns').click()
    await admin.id('column-aht').uncheck()
    await admin.page.keyboard.press('Escape')
    await expect(admin.id('views')).toHaveAttribute('data-changed', 'true')
    await admin.id('views').click()
    await admin.id('view-undo').click()
    await expect(admin.id('views')).toHaveAttribute('data-changed', 'false')
    expect((await screen(admin))[0]).toEqual(shown[0])
    await admin.page.context().close()
  })
  await test.step('an agent is refused', async () => {
    const dana = new Api(server.url)
    await dana.signIn('dana', PASSWORD)
    for (const path of [link.replace(/.*view=/, '/views/'), '/views?page=queues']) {
      const refused = await dana.raw('GET', path)
      expect([refused.status, ((await refused.json()) as { code: string }).code]).toEqual([403, 'not_permitted'])
    }
    await desk.open(link)
    await expect(desk.page.getByText('You may not do this.')).toBeVisible()
  })
  await test.step('files say what is on the screen', async () => {
    const title = 'Queues performance: By days'
    const csv = await exported(sam, 'csv')
    expect(csv.name).toBe('Queues performance By days.csv')
    expect(readFileSync(csv.path, 'utf8')).toBe(`\ufeff${shown.map((row) => `${row.map(field).join(',')}\r\n`).join('')}`)
    const book = workbook((await exported(sam, 'xlsx')).path)
    expect([book.title, book.rows.map((row) => row.map(String))]).toEqual([title, shown.map((row) => row.map(plain))])
    const pdf = execFileSync('pdftotext', ['-layout', (await exported(sam, 'pdf')).path, '-'], { encoding: 'utf8' })
    for (const words of [title, 'By: Day', 'Billing']) expect(pdf).toContain(words)
    expect(pdf).not.toContain('ASA')
  })
  await test.step('of Interactions all that the filters find is exported, with the columns chosen', async () => {
    await sam.id('nav-interactions').click()
    await sam.id('filter-number').fill('5550')
    await sam.page.waitForURL(/number=.*5550/)
    await sam.id('columns').click()
    await sam.id('column-caller').uncheck()
    await sam.page.keyboard.press('Escape')
    await expect(sam.id('interaction-row')).toHaveCount(1)
    const [heads = [], row = []] = await screen(sam)
    const lines = readFileSync((await exported(sam, 'csv')).path, 'utf8').slice(1).trim().split('\r\n')
    expect(lines.map((line) => line.split(',').length)).toEqual([heads.length, heads.length])
    expect(lines[0]?.replaceAll(' (s)', '').split(',')).toEqual(heads)
    expect(lines[1]).toContain(row[heads.indexOf('Agent')] ?? '?')
  })
  await test.step('axe finds nothing in the open menu', async () => {
    await sam.open(link)
    for (const colorScheme of ['light', 'dark'] as const) {
      await sam.page.emulateMedia({ colorScheme })
      await sam.id('period-from').fill('2026-11-20')
      await sam.id('views').click()
      await sam.id('view-remove').waitFor()
      await look.at(`views-menu-${colorScheme}`)
      await sam.id('view-remove').click()
      await look.at(`views-remove-${colorScheme}`)
      await sam.page.keyboard.press('Escape')
      await sam.page.evaluate(() => localStorage.setItem('hookflash.language', '"de"'))
      await sam.page.reload()
    }
  })
  await test.step('a view that is removed is said to be gone', async () => {
    await sam.id('views').click()
    await sam.id('view-remove').click()
    await sam.id('form-save').click()
    await expect(sam.id('form-save')).toHaveCount(0)
    await sam.open(link)
    await expect(sam.page.getByText('Diese Ansicht gibt es nicht')).toBeVisible()
    await look.at('views-gone')
  })
  expect(look.found).toEqual([])
  expect(sam.faults).toEqual([])
  await sam.page.context().close()
})

/** Somebody else's window, on a page. */
async function office(browser: Browser, url: string, name: string, path = '/'): Promise<Desk> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 720 }, locale: 'en-GB' })
  const desk = new Desk(await context.newPage(), url)
  await desk.signIn(name)
  await desk.id('profile-menu').waitFor()
  if (path !== '/') await desk.page.goto(url + path)
  return desk
}

/** The table on the screen, the heads first and the row of all last. */
async function screen(desk: Desk): Promise<string[][]> {
  await desk.page.locator('tbody tr[data-key]').first().waitFor()
  return desk.page.evaluate(() => {
    const rows = [...document.querySelectorAll<HTMLElement>('thead tr, tbody tr[data-key], tfoot tr')]
    return rows.map((row) => [...row.children].map((cell) => (cell as HTMLElement).innerText.trim()))
  })
}

async function exported(desk: Desk, format: string): Promise<{ name: string; path: string }> {
  await desk.id('export').click()
  const [file] = await Promise.all([desk.page.waitForEvent('download'), desk.id(`export-${format}`).click()])
  // openpyxl goes by how a name ends.
  const path = `${await file.path()}.${format}`
  await file.saveAs(path)
  return { name: file.suggestedFilename(), path }
}

/** A field of a CSV. */
function field(text: string): string {
  return /[",]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** What stands on the screen as openpyxl reads it back: durations by hours, percentages as shares of 1, moments by seconds. */
function plain(text: string): string {
  if (text === '–' || text === '') return 'null'
  if (/^\d+(:\d\d)+$/.test(text)) return text.replace(/^0?(\d+):(\d\d)$/, '0:$1:$2').replace(/^0:(\d):/, '0:0$1:')
  const [, day, month, year, clock] = /^(\d\d)\/(\d\d)\/(\d{4}), (\d\d:\d\d)$/.exec(text) ?? []
  if (day) return `${year}-${month}-${day} ${clock}:00`
  return /^[\d.]+ %$/.test(text) ? String(Number(text.slice(0, -2)) / 100) : text.replaceAll(',', '')
}

/** The first sheet of a workbook, in its values. */
function workbook(path: string): { title: string; rows: (string | number | null)[][] } {
  const read = JSON.parse(execFileSync('/usr/bin/python3', [READER, path], { encoding: 'utf8' })) as Book
  return { title: read.title, rows: (read.sheets[0]?.rows ?? []).map((row) => row.map(({ value }) => value)) }
}

type Book = { title: string; sheets: { rows: { value: string | number | null }[][] }[] }

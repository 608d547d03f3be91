import { execFileSync } from 'node:child_process'
import { Desk } from '../harness/desk.ts'
import { Look } from '../harness/look.ts'
import { MailServer } from '../harness/mail.ts'
import { expect, test as base } from '../harness/stage.ts'

const test = base.extend<{ mailServer: MailServer }>({
  mailServer: async ({}, use, info) => {
    const server = await MailServer.start(info.outputPath('mail'))
    await use(server)
    await server.stop()
  },
  mail: async ({ mailServer }, use) => use(mailServer.settings()),
})

/** A schedule for each minute is due within one; then its reports are made and sent. */
const DUE_MS = 100_000

test('a schedule made on the page is due at its time, and the mail arrives with the report', async ({ server, centre, page, mailServer }) => {
  void centre
  test.setTimeout(180_000)
  const sam = new Desk(page, server.url)
  await sam.signIn('sam')
  await sam.id('nav-reports').click()
  await sam.id('reports-schedules').click()
  await expect(page.getByText('No schedule yet')).toBeVisible()
  await sam.id('schedule-add').click()
  await sam.id('schedule-name').fill('Each minute')
  await sam.id('schedule-kind').selectOption('cron')
  await sam.id('schedule-cron').fill('* * * * *')
  await sam.id('schedule-report').selectOption('queue-daily')
  await sam.id('schedule-period').selectOption('today')
  await sam.id('schedule-mailed').click()
  await sam.id('schedule-addresses').fill('anna@firm.test')
  await sam.id('form-save').click()
  await expect(sam.id('schedule')).toContainText('anna@firm.test')
  await expect(sam.id('schedule-next')).not.toHaveText('–')
  const [mail] = await mailServer.mails(1, DUE_MS)
  // One is enough; off it is due no more.
  await sam.id('schedule-enabled').click()
  await expect(sam.id('schedule-next')).toHaveText('–')
  expect(mail?.recipients).toEqual(['anna@firm.test'])
  expect(Object.fromEntries(mail?.headers ?? []).subject).toMatch(/^Each minute, \d{4}-\d\d-\d\d$/)
  const [pdf] = mail?.attachments ?? []
  expect(pdf?.name).toMatch(/^queue-daily_\d{4}-\d\d-\d\d\.pdf$/)
  expect(execFileSync('pdftotext', [pdf?.file ?? '', '-']).toString()).toContain('Queue Daily')
  await expect(sam.id('schedule-mail')).toHaveText('Sent')
  await expect(sam.id('schedule-last')).toHaveText('Done')
  expect(sam.faults).toEqual([])
})

test('a schedule is made, changed, run and removed by keyboard alone', async ({ server, centre, page }) => {
  void centre
  const sam = new Desk(page, server.url)
  await sam.signIn('sam')
  await sam.id('nav-reports').waitFor()
  await sam.open('/reports?view=schedules')
  const press = async (id: string, key: string) => {
    await sam.id(id).focus()
    await page.keyboard.press(key)
  }
  await press('schedule-add', 'Enter')
  await sam.id('schedule-name').focus()
  await page.keyboard.type('Mornings')
  await sam.id('schedule-kind').selectOption('weekly')
  await press('schedule-friday', 'Space')
  await page.keyboard.press('Enter')
  await expect(sam.id('schedule')).toContainText('Mon, Fri at 07:00')
  await press('schedule-change', 'Enter')
  await sam.id('schedule-name').focus()
  await page.keyboard.press('ControlOrMeta+a')
  await page.keyboard.type('Evenings')
  await page.keyboard.press('Enter')
  await expect(sam.id('schedule')).toContainText('Evenings')
  await press('schedule-run', 'Enter')
  await expect(sam.id('schedule-last')).toHaveText('Done', { timeout: 60_000 })
  await press('schedule-remove', 'Enter')
  await expect(sam.id('schedule')).toHaveCount(0)
})

for (const colorScheme of ['light', 'dark'] as const) {
  base.describe(colorScheme, () => {
    base.use({ colorScheme, viewport: { width: 1280, height: 720 } })

    test('axe finds nothing on schedules', async ({ server, centre, page }, info) => {
      const sam = new Desk(page, server.url)
      const look = new Look(sam, info)
      const report = { report: 'queue-daily', period: 'yesterday' }
      const when = { kind: 'monthly', at: '07:00' }
      const mail = { addresses: ['anna@firm.test'], form: 'link' }
      await centre.admin.ask('POST', '/reports/schedules', { name: 'Ends of months', when, reports: [report], formats: ['pdf'], mail })
      await sam.signIn('sam')
      await sam.id('nav-reports').waitFor()
      await sam.open('/reports?view=schedules')
      await expect(sam.id('schedule')).toContainText('Ends of months')
      await look.at('schedules')
      await sam.id('schedule-add').click()
      await sam.id('schedule-mailed').click()
      await sam.id('schedule-kind').selectOption('weekly')
      await look.at('schedule')
      expect(look.found).toEqual([])
    })
  })
}

import { ask, talking } from '../harness/acts.ts'
import { ANNA } from '../harness/centre.ts'
import { Desk } from '../harness/desk.ts'
import { Look } from '../harness/look.ts'
import { expect, test } from '../harness/stage.ts'
import { PASSWORD, type Server } from '../harness/server.ts'
import type { Phone } from '../harness/phone.ts'
import type { Pool } from '../harness/pool.ts'

test.use({ ringMs: 4000 })

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme })

    test('axe finds nothing on the desk in any state', async ({ desk, pool, phone, server }, info) => {
      test.setTimeout(180_000)
      const look = new Look(desk, info)
      await signIn(desk, look)
      await call(desk, look, await phone(ANNA))
      await consult(desk, look, pool)
      await wrapUp(desk, look)
      await pages(desk, look, server)
      expect(look.found).toEqual([])
    })

    test.describe('an expert asks', () => {
      test.use({ networkSettings: 'incoming = "ask"' })

      test('axe finds nothing on cards, missed chats and person cards', async ({ desk, pool }, info) => {
        const look = new Look(desk, info)
        await desk.signIn()
        await desk.id('idle').waitFor()
        await pool.writesTo('sven.olsen', 'dana', 'Do you have a minute? It is about the mandate of this morning.')
        await desk.id('incoming').waitFor({ timeout: 30_000 })
        await look.at('incoming-card')
        // On a slow machine the pool has given up by itself.
        await pool.leaves('sven.olsen').catch(() => undefined)
        await desk.id('missed-chat').waitFor({ timeout: 30_000 })
        await look.at('missed-chat')
        await desk.findExpert('priya', 'Priya Raman')
        await look.at('person-card')
        await desk.id('ask-urgent').check()
        expect(look.found).toEqual([])
      })
    })

    test('axe finds nothing in administration', async ({ server, centre, page }, info) => {
      void centre
      const admin = new Desk(page, server.url)
      const look = new Look(admin, info)
      await admin.signIn('admin')
      await admin.id('nav-administration').click()
      await admin.id('admin-row').first().waitFor()
      await look.at('users')
      for (const part of ['users', 'queues', 'dispositions']) {
        await admin.id(`admin-${part}`).click()
        await admin.id('admin-row').first().waitFor()
        await look.at(part)
        await admin.id('admin-add').click()
        await admin.id('form-save').waitFor()
        await look.at(`${part}-form`)
        await page.keyboard.press('Escape')
        await expect(admin.id('form-save')).toHaveCount(0)
      }
      for (const part of ['attached-data', 'networks', 'directory']) {
        await admin.id(`admin-${part}`).click()
        await look.at(part)
      }
      await admin.id('nav-figures').click()
      await admin.id('floor-queue').first().waitFor()
      await look.at('activity')
      await admin.id('floor-queue').getByRole('link').first().click()
      await admin.id('floor-agent').first().waitFor()
      await look.at('queue-activity')
      await admin.id('figures-status').click()
      await admin.id('status-agent').first().waitFor()
      await admin.id('columns').click()
      await look.at('status')
      await page.keyboard.press('Escape')
      await admin.id('status-agent').getByRole('link').first().click()
      await admin.id('timeline-day').waitFor()
      await look.at('timeline')
      await admin.id('figures-queues').click()
      await admin.id('period-grain').waitFor()
      await look.at('figures')
      for (const part of ['agents', 'wrap-up', 'experts']) {
        await admin.id(`figures-${part}`).click()
        await admin.id('period-from').waitFor()
        await look.at(part)
      }
      await reports(admin, look)
      expect(look.found).toEqual([])
      expect(admin.faults).toEqual([])
    })
  })
}

async function reports(admin: Desk, look: Look): Promise<void> {
  await admin.id('nav-reports').click()
  await admin.page.getByText('No report yet').waitFor()
  await look.at('reports-none')
  await admin.id('report-wrap-up-summary').click()
  await admin.id('report-period').selectOption('days')
  await admin.id('report-agents').click()
  await admin.page.getByRole('menuitemcheckbox', { name: 'Ben Okoye' }).click()
  await look.at('reports-form')
  await admin.page.keyboard.press('Escape')
  for (const format of ['xlsx', 'csv']) await admin.id(`report-format-${format}`).check()
  await admin.id('report-ask').click()
  await admin.id('report-file-xlsx').waitFor({ timeout: 60_000 })
  await admin.id('reports-all').check()
  await admin.id('report-run').getByRole('checkbox').check()
  await look.at('reports-made')
}

async function signIn(desk: Desk, look: Look): Promise<void> {
  await desk.page.route('**/api/v1/session', (route) => route.abort())
  await desk.open()
  await desk.id('unreachable').waitFor()
  await look.at('unreachable')
  await desk.page.unroute('**/api/v1/session')
  await desk.id('sign-in-name').waitFor()
  await desk.signIn('dana', 'not the password')
  await desk.page.getByRole('alert').waitFor()
  await look.at('sign-in-wrong')
  await desk.id('sign-in-password').fill(PASSWORD)
  await desk.page.keyboard.press('Enter')
  await desk.id('idle').waitFor()
  await look.at('idle')
  await desk.id('agent-state').click()
  await desk.id('agent-state-ready').waitFor()
  await look.at('state-menu')
  await desk.page.keyboard.press('Escape')
  await desk.id('profile-menu').click()
  await desk.id('profile-open').waitFor()
  await look.at('profile-menu')
  await desk.page.keyboard.press('Escape')
}

async function call(desk: Desk, look: Look, anna: Phone): Promise<void> {
  await desk.beReady()
  await look.at('ready')
  anna.call()
  await desk.id('offer').waitFor()
  await look.at('offer')
  await desk.answer()
  await desk.id('attached-tick-X-Case').check()
  await look.at('call')
  await desk.page.keyboard.press('h')
  await expect(desk.id('call-hold')).toHaveAttribute('data-held', 'true')
  await desk.page.keyboard.press('m')
  await desk.page.keyboard.press('k')
  await desk.id('digit-5').waitFor()
  await look.at('hold-muted-keypad')
  await desk.page.keyboard.press('Escape')
  await desk.page.keyboard.press('h')
  await desk.page.keyboard.press('m')
}

async function consult(desk: Desk, look: Look, pool: Pool): Promise<void> {
  await pool.behaves('oskar.lindqvist', { kind: 'silent' })
  await pool.behaves('tom.becker', { kind: 'declines', after_ms: 100 })
  await desk.page.keyboard.press('/')
  await desk.page.keyboard.type('m')
  await desk.id('expert-result-0').waitFor()
  await look.at('search')
  await desk.id('expert-search').fill('zzzz')
  await desk.page.getByText('Nobody found').waitFor()
  await look.at('search-nobody')
  await desk.id('expert-search').fill('')
  await ask(desk, 'osk', 'Oskar Lindqvist', 'What does AM04 mean after a change of IBAN?')
  await desk.invitationIs(1, 'alerting')
  await look.at('inviting')
  await desk.invitationIs(1, 'no_answer')
  await look.at('no-answer')
  await desk.findExpert('tom', 'Tom Becker')
  await look.at('ask-another')
  await desk.page.keyboard.press('Enter')
  await desk.invitationIs(2, 'declined')
  await look.at('declined')
  await talking(desk, pool)
  await pool.says('priya.raman', 'End the old one: https://pay.example/mandates/DE-2098113')
  await desk.message('End the old one').waitFor()
  await desk.say('Done, thank you')
  await desk.messageIs('Done, thank you', /sent|delivered/)
  await desk.id('outcome-solved').click()
  await pool.types('priya.raman')
  await look.at('talking')
  await desk.id('share-data').click()
  await desk.id('share-send').waitFor()
  await look.at('share')
  await desk.page.keyboard.press('Escape')
  await pool.writesTo('sven.olsen', 'dana', 'Do you have a minute?')
  await desk.id('toast').filter({ hasText: 'Sven Olsen' }).waitFor()
  await look.at('incoming-chat', true)
  await pool.leaves('priya.raman')
  await desk.page.getByText('Priya Raman left the chat').waitFor()
  await look.at('expert-left')
}

async function wrapUp(desk: Desk, look: Look): Promise<void> {
  await desk.id('wrapup-note').fill('Asked Priya Raman; new mandate sent.')
  await desk.page.keyboard.press('Control+e')
  await desk.stateIs('wrap_up')
  await look.at('wrap-up')
  await desk.id('wrapup-disposition').selectOption({ label: 'Solved' })
  await expect(desk.id('wrapup-saved')).toHaveAttribute('data-state', 'saved')
  await desk.page.keyboard.press('Control+s')
  await desk.id('idle').waitFor()
  await look.at('idle-after')
  await desk.page.keyboard.press('?')
  await desk.page.getByRole('dialog').waitFor()
  await look.at('keys')
  await desk.page.keyboard.press('Escape')
}

async function pages(desk: Desk, look: Look, server: Server): Promise<void> {
  await desk.id('nav-interactions').click()
  await desk.id('interaction-row').first().waitFor()
  await look.at('interactions')
  await desk.id('interaction-row').first().getByRole('link').click()
  await desk.id('detail-timeline').waitFor()
  await look.at('detail')
  await desk.open('/interactions?text=nothing')
  await desk.page.getByText('No interaction matches').waitFor()
  await look.at('interactions-empty')
  await desk.open('/profile')
  await desk.id('account-connect').waitFor()
  await look.at('settings')
  await desk.open('/')
  await desk.id('idle').waitFor()
  const asked = desk.sessionUnanswered(2)
  await server.kill()
  await desk.id('connection-bar').waitFor()
  await asked
  await look.at('connection-lost')
}

import type { Page } from '@playwright/test'
import { callUp, done } from '../harness/acts.ts'
import { Api } from '../harness/api.ts'
import { ANNA } from '../harness/centre.ts'
import { Desk } from '../harness/desk.ts'
import { Look } from '../harness/look.ts'
import type { Pool } from '../harness/pool.ts'
import { PASSWORD } from '../harness/server.ts'
import { expect, test as stage } from '../harness/stage.ts'
import type { XmppExpert } from '../harness/xmpp.ts'

// Some experts are on the pool, some on a real Prosody; the page behind the link is opened on a phone.
const test = stage.extend({ networks: async ({ pool, xmpp }, use) => use([pool.network(), xmpp.network()]) })

const QUESTION = 'May a mortgage be paid off early?'
const ANSWER = 'Yes, after ten years: https://pay.example/mortgages'
const MOST_BYTES = 50_000
const LINK = /https?:\/\/\S+\/handover#\S+/

test('a hunt over two networks: one declines, one is silent, the third helps from the page on a phone', async ({ desk, phone, pool, xmpp }, info) => {
  const evan = await xmpp.expert('Evan Edwards')
  await xmpp.expert('Tilda Tacit')
  await pool.behaves('oskar.lindqvist', { kind: 'declines', after_ms: 300 })
  await callUp(desk, await phone(ANNA))
  await desk.id('attached-tick-X-Case').check()
  const look = new Look(desk, info)
  await test.step('the hunt goes out with links', () => hunt(desk, look))
  const link = await linkOf(evan)
  const { texts } = await evan.got()
  expect(texts.join('\n'), 'the data is on the page alone').not.toContain('48213')
  const page = await onPhone(desk, 'en-GB', 'light')
  const weight = weigh(page)
  await page.goto(link)
  const seen = new Look(new Desk(page, desk.url), info)
  await expect(page.getByTestId('handover-question')).toHaveText(QUESTION)
  await expect(page.getByTestId('handover-data').getByRole('link')).toHaveAttribute('href', 'https://crm.example/cases/48213')
  await seen.at('phone-asked')
  expect(weight.bytes()).toBeLessThan(MOST_BYTES)
  await expect(desk.id('link-2')).toContainText('Link opened')
  await page.getByTestId('handover-accept').click()
  await desk.invitationIs(3, 'accepted')
  await test.step('both write, on the page and in the client', () => talk(desk, page, evan, seen))
  await look.at('talking')
  await desk.id('outcome-solved').click()
  await desk.id('consult-end').click()
  await expect(page.getByTestId('handover-title')).toHaveText('Thank you')
  await expect(page.getByTestId('handover-data')).toHaveCount(0)
  await seen.at('phone-over')
  await desk.page.keyboard.press('Control+e')
  await desk.stateIs('wrap_up')
  await done(desk)
  await desk.id('nav-interactions').click()
  await desk.id('interaction-row').first().getByRole('link').click()
  await expect(desk.id('detail-timeline')).toContainText('link was opened: 127.0.0.1')
  expect([...look.found, ...seen.found]).toEqual([])
})

test('not me, somebody better, and a link that is taken back', async ({ desk, pool }, info) => {
  for (const person of ['oskar.lindqvist', 'tom.becker']) await pool.behaves(person, { kind: 'silent' })
  await desk.signIn()
  await desk.id('idle').waitFor()
  const page = await onPhone(desk, 'de-DE', 'dark')
  const seen = new Look(new Desk(page, desk.url), info)
  await askByLink(desk, 'oskar', 'Oskar Lindqvist')
  await page.goto(await linkIn(pool, 'oskar.lindqvist'))
  await expect(page.getByTestId('handover-title')).toHaveText('Dana Whitfield fragt Sie')
  await page.getByTestId('handover-not-me').press('Enter')
  await page.getByTestId('handover-reason').fill('Nicht mein Gebiet')
  await page.getByTestId('handover-better').fill('Tom Becker')
  await seen.at('phone-not-me')
  await page.getByTestId('handover-better').press('Enter')
  await expect(page.getByTestId('handover-title')).toHaveText('Vielen Dank')
  await desk.invitationIs(1, 'declined')
  await expect(desk.invitation(1)).toContainText('Nicht mein Gebiet')
  await desk.id('better-search').press('Enter')
  await expect(desk.id('expert-result-0')).toContainText('Tom Becker')
  await desk.page.keyboard.press('Enter')
  await desk.id('ask-question').press('Enter')
  await desk.invitationIs(2, 'alerting')
  await page.goto('about:blank')
  await page.goto(await linkIn(pool, 'tom.becker'))
  // The pool has no way to open a chat from here, so it is held on the page.
  await page.getByTestId('handover-answer').fill('Ja, nach zehn Jahren')
  await page.getByTestId('handover-send').click()
  await expect(desk.message('Ja, nach zehn Jahren')).toHaveCount(1)
  await expect(desk.id('link-1')).toContainText('Answers on the page')
  await desk.say('Thank you, Tom')
  await expect(page.getByTestId('handover-log')).toContainText('Thank you, Tom')
  await seen.at('phone-chat')
  await new Look(desk, info).at('held-on-the-page')
  await desk.id('link-revoke').click()
  await expect(page.getByTestId('handover-title')).toHaveText('Vielen Dank')
  await expect(page.getByText('Dana Whitfield hat diesen Link zurückgezogen.')).toBeVisible()
  await expect(page.getByTestId('handover-log')).toBeHidden()
  await expect(desk.id('chat')).toHaveAttribute('data-state', 'choosing')
  await page.goto(`${desk.url}/handover#nonsense`)
  await page.reload()
  await expect(page.getByTestId('handover-status')).toContainText('nicht vollständig')
  expect(seen.found).toEqual([])
})

test('an expert takes a skill away, adds one and confirms them on a phone, and is found by what is left', async ({ desk, xmpp, server, browser }, info) => {
  const evan = await xmpp.expert('Evan Edwards')
  const api = new Api(server.url)
  await api.signIn('admin', PASSWORD)
  const { source_id } = await api.ask<{ source_id: string }>('POST', '/people-sources', { name: 'HR' })
  const people = `id;name;skills;chat:xmpp\n1;Evan Edwards;Tax | Cards;evan.edwards@${xmpp.domain}\n2;Eva Olsen;Mandates | Loans;\n`
  await api.upload(`/people-sources/${source_id}/imports`, people)
  await desk.signIn()
  await desk.id('idle').waitFor()
  await findsBySkill(desk, 'evan edw', 'Cards', true)
  await askByLink(desk, 'evan', 'Evan Edwards')
  const page = await onPhone(desk, 'en-GB', 'light')
  const weight = weigh(page)
  await page.goto(await linkOf(evan))
  const seen = new Look(new Desk(page, desk.url), info)
  await expect(page.getByTestId('handover-question')).toHaveText(QUESTION)
  await expect(page.getByTestId('handover-skills')).toBeHidden()
  await page.getByTestId('handover-accept').click()
  const skills = page.getByTestId('handover-skills').getByRole('listitem')
  await expect(skills).toContainText(['Tax', 'Cards'])
  await page.getByRole('button', { name: 'Remove Cards' }).press('Enter')
  await expect(skills).toHaveCount(1)
  await expect(page.getByRole('button', { name: 'Remove Tax' })).toBeFocused()
  await expect(page.locator('#known-skills option[value=Mandates]')).toHaveCount(1)
  await page.getByTestId('handover-skill').fill('mandates')
  await page.getByTestId('handover-skill').press('Enter')
  await expect(skills).toContainText(['Tax', 'Mandates'])
  await page.getByTestId('handover-skills-confirm').click()
  await expect(page.getByTestId('handover-status')).toHaveText('Saved.')
  await expect(page.getByTestId('handover-skills-confirm')).toBeHidden()
  await seen.at('phone-skills')
  expect(weight.bytes()).toBeLessThan(MOST_BYTES)
  await api.upload(`/people-sources/${source_id}/imports`, people.replace('Tax | Cards', 'Cards | Tax'))
  await findsBySkill(desk, 'evan edw', 'Mandates', true)
  await findsBySkill(desk, 'evan edw', 'Cards', false)
  await test.step('the administrator sees the source, and switches it off', async () => {
    const context = await browser.newContext({ viewport: { width: 1280, height: 720 }, locale: 'en-GB' })
    const admin = new Desk(await context.newPage(), server.url)
    const look = new Look(admin, info)
    await admin.signIn('admin')
    await admin.id('nav-administration').click()
    await admin.id('admin-directory').click()
    const row = admin.id('admin-row').filter({ hasText: 'Experts’ own words' })
    await look.at('source')
    await row.getByRole('button', { name: 'Change' }).click()
    await expect(admin.id('people-source-name')).toHaveCount(0)
    await expect(admin.id('people-source-remove')).toHaveCount(0)
    await admin.id('people-source-active').uncheck()
    await look.at('source-form')
    await admin.id('form-save').click()
    await expect(row).toContainText('No')
    expect([...look.found, ...admin.faults]).toEqual([])
    await context.close()
  })
  await findsBySkill(desk, 'evan edw', 'Cards', true)
  expect(seen.found).toEqual([])
})

/** Searches anew until somebody of the name is found with the skill, or without it. */
async function findsBySkill(desk: Desk, text: string, skill: string, has: boolean): Promise<void> {
  const chip = desk.id('skill-chip').filter({ hasText: skill })
  await expect(async () => {
    await desk.id('expert-search').fill('')
    await desk.id('expert-search').fill(text)
    await expect(desk.id('expert-result-0')).toContainText('Ev', { timeout: 1_000 })
    await expect(chip).toHaveCount(has ? 1 : 0, { timeout: 1_000 })
  }).toPass()
  await desk.id('expert-search').fill('')
}

async function hunt(desk: Desk, look: Look): Promise<void> {
  for (const [text, name] of [['oskar', 'Oskar Lindqvist'], ['tilda', 'Tilda Tacit'], ['evan', 'Evan Edwards']] as const) {
    await desk.tick(text, name)
  }
  await desk.page.keyboard.press('Enter')
  await desk.id('hunt-within').selectOption('10')
  await desk.id('ask-question').fill(QUESTION)
  await desk.id('ask-as-link').check()
  await look.at('by-link')
  await desk.id('ask-question').press('Enter')
  await desk.invitationIs(1, 'declined')
  await desk.invitationIs(2, 'no_answer', 25_000)
  await desk.invitationIs(3, 'alerting')
}

async function talk(desk: Desk, page: Page, evan: XmppExpert, seen: Look): Promise<void> {
  await page.getByTestId('handover-answer').fill(ANSWER)
  await page.getByTestId('handover-answer').press('Enter')
  await expect(desk.message('Yes, after ten years').getByRole('link')).toHaveAttribute('href', 'https://pay.example/mortgages')
  await expect(page.getByTestId('handover-answer')).toHaveValue('')
  await desk.say('She is happy')
  await expect(page.getByTestId('handover-log')).toContainText('She is happy')
  await evan.hears('She is happy')
  await evan.says('Glad to hear')
  await expect(page.getByTestId('handover-log')).toContainText('Glad to hear')
  await seen.at('phone-talking')
}

async function askByLink(desk: Desk, text: string, name: string): Promise<void> {
  await desk.findExpert(text, name)
  await desk.id('ask-question').fill(QUESTION)
  await desk.id('ask-as-link').check()
  await desk.id('ask-question').press('Enter')
  await desk.invitationIs(1, 'alerting')
}

/** A page of its own, as large as a phone's and without the desk's sign-in. */
async function onPhone(desk: Desk, locale: string, colorScheme: 'light' | 'dark'): Promise<Page> {
  const browser = desk.page.context().browser()
  if (!browser) throw new Error('the desk has no browser')
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, locale, colorScheme })
  desk.page.context().once('close', () => void context.close())
  return context.newPage()
}

/** Counts the bytes that a page loads, as they are after unpacking. */
function weigh(page: Page): { bytes: () => number } {
  let bytes = 0
  page.on('response', (response) => void response.body().then((body) => (bytes += body.length)).catch(() => undefined))
  return { bytes: () => bytes }
}

async function linkOf(expert: XmppExpert): Promise<string> {
  await expert.gets('a link', ({ texts }) => texts.some((text) => LINK.test(text)))
  return found((await expert.got()).texts)
}

async function linkIn(pool: Pool, person: string): Promise<string> {
  return found([await pool.toast(person)])
}

function found(texts: string[]): string {
  const link = texts.flatMap((text) => LINK.exec(text)?.[0] ?? []).at(-1)
  if (link === undefined) throw new Error(`no link in ${texts.join('\n')}`)
  return link
}

import { Api } from '../harness/api.ts'
import { Desk } from '../harness/desk.ts'
import { Look } from '../harness/look.ts'
import { PASSWORD } from '../harness/server.ts'
import { Slapd } from '../harness/slapd.ts'
import { expect, test } from '../harness/stage.ts'

// People whose company keeps the name, the title and what they know in attributes of its own choice.
const person = (uid: string, name: string, more: string) =>
  `dn: uid=${uid},dc=uc,dc=test\nobjectClass: inetOrgPerson\nuid: ${uid}\ncn: ${uid}\nsn: ${uid}\ndescription: ${name}\nmail: ${uid}@lab.test\n${more}\n`
const PEOPLE = person('tbecker', 'Tom Becker', 'employeeType: Mortgages\nbusinessCategory: Tax\nbusinessCategory: Cards\n') + person('jgross', 'Jutta Gross', '')

test('the attributes of a real directory are set in the form, tried and imported', async ({ desk, centre, browser, server }, info) => {
  void centre
  const slapd = await Slapd.start(info.outputPath('slapd'), PEOPLE)
  const context = await browser.newContext({ viewport: { width: 1280, height: 720 }, locale: 'en-GB' })
  try {
    await desk.signIn()
    await desk.id('idle').waitFor()
    const admin = new Desk(await context.newPage(), server.url)
    const look = new Look(admin, info)
    await admin.signIn('admin')
    await admin.id('nav-administration').click()
    await admin.id('admin-directory').click()
    await test.step('the form', async () => {
      await admin.id('admin-add').click()
      await admin.id('people-kind-ldap').check()
      await admin.id('people-source-name').fill('OpenLDAP')
      await admin.id('ldap-host').fill('127.0.0.1')
      await admin.id('ldap-protection').selectOption('plain')
      await admin.page.getByLabel('Port', { exact: true }).fill(String(slapd.port))
      await admin.id('ldap-account').fill(slapd.account)
      await admin.id('ldap-password').fill(slapd.password)
      await admin.id('ldap-base').fill(slapd.base)
      await admin.id('ldap-try').click()
      await expect(admin.id('ldap-tried')).toContainText('tbecker', { timeout: 15_000 })
      await admin.id('ldap-attributes').getByRole('button').press('Enter')
      await expect(admin.id('ldap-attribute-email')).toHaveAttribute('placeholder', 'mail')
      await look.at('attributes')
      await admin.id('ldap-attribute-display').fill('description')
      await admin.id('ldap-attribute-title').fill('employeeType')
      await admin.id('ldap-attribute-skills').fill('businessCategory')
      await admin.id('ldap-attribute-email').fill('-')
      await admin.id('ldap-try').click()
      await expect(admin.id('ldap-tried')).toContainText('Tom Becker', { timeout: 15_000 })
      await expect(admin.id('ldap-tried')).not.toContainText('@lab.test')
      await look.at('tried')
      await admin.id('form-save').click()
      await expect(admin.id('form-save')).toHaveCount(0)
    })
    await test.step('kept as they were set, and changed', async () => {
      await admin.id('ldap-settings').click()
      await admin.id('ldap-attributes').getByRole('button').press('Enter')
      await expect(admin.id('ldap-attribute-display')).toHaveValue('description')
      await expect(admin.id('ldap-attribute-email')).toHaveValue('-')
      await expect(admin.id('ldap-attribute-family')).toHaveValue('')
      await admin.id('ldap-attribute-email').fill('')
      await admin.id('ldap-attribute-phones').fill('no attribute')
      await admin.id('form-save').click()
      await expect(admin.page.getByRole('alert').filter({ hasText: 'phones' })).toContainText('is no attribute')
      await admin.id('ldap-attribute-phones').fill('')
      await admin.id('form-save').click()
      await expect(admin.id('form-save')).toHaveCount(0)
    })
    await admin.id('ldap-import').click()
    await expect(admin.id('people-import')).toHaveAttribute('data-state', 'completed', { timeout: 20_000 })
    await expect(admin.id('people-import')).toContainText('2 read')
    const api = new Api(server.url)
    await api.signIn('admin', PASSWORD)
    const [source] = await api.ask<{ source_id: string }[]>('GET', '/people-sources')
    const { settings } = await api.ask<{ settings: { attributes: Record<string, string[]> } }>('GET', `/people-sources/${source?.source_id}/ldap`)
    expect([settings.attributes.skills, settings.attributes.email]).toEqual([['businessCategory'], ['mail']])
    await expect(async () => {
      await desk.id('expert-search').fill('')
      await desk.id('expert-search').fill('becker')
      await expect(desk.id('expert-result-0')).toContainText('Tom Becker', { timeout: 1_000 })
    }).toPass()
    await expect(desk.id('expert-result-0')).toContainText('Mortgages')
    await expect(desk.id('skill-chip').filter({ hasText: 'Cards' })).toBeVisible()
    expect([...look.found, ...admin.faults]).toEqual([])
  } finally {
    await context.close()
    await slapd.stop()
  }
})

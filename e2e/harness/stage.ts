import { test as base } from '@playwright/test'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Centre, setUp } from './centre.ts'
import { chromiumFlags, chromiumPath } from './chromium.ts'
import { type Databases, databases } from './database.ts'
import { Desk } from './desk.ts'
import { type Customer, Phone } from './phone.ts'
import { address, Pool } from './pool.ts'
import { type Network, Server } from './server.ts'
import { SipExpert } from './sip-expert.ts'
import { XmppSite } from './xmpp.ts'
import { AGENT, CALLER, OTHER_CALLER, writeTone } from './tones.ts'

type Played = {
  pool: Pool
  /** A real XMPP server and its experts. */
  xmpp: XmppSite
  /** The chat networks of the server: the pool alone, where a test does not say otherwise. */
  networks: Network[]
  server: Server
  centre: Centre
  desk: Desk
  /** A customer's phone; ended with the test. */
  phone: (customer: Customer, voice?: number) => Promise<Phone>
  /** An expert's desktop client, signed in to the pool; ended with the test. */
  sipExpert: (person: string) => Promise<SipExpert>
  /** How long an invitation rings at the pool. */
  ringMs: number
  /** After how long a far desktop closes a silent chat; 0 is never. */
  idleChatS: number
  /** The pool has users sign in on their company's page. */
  companyPage: boolean
  /** How long a caller hears ringing before the music. */
  callRingMs: number
  /** The server's table for its mail server; empty for none. */
  mail: string
  /** More settings of the pool's network, as lines of TOML. */
  networkSettings: string
}
type Worker = { databases: Databases; sounds: string }

/** Longer than any call of a test: baresip plays its file once. */
const VOICE_S = 600

/** Tests with a server, a pool and a desk of their own. Everything that is started is ended, also when a test fails. */
export const test = base.extend<Played, Worker>({
  databases: [
    async ({}, use) => {
      const made = await databases()
      await use(made)
      await made.stop()
    },
    { scope: 'worker', timeout: 60_000 },
  ],
  sounds: [
    async ({}, use) => {
      const folder = mkdtempSync(join(tmpdir(), 'hookflash-e2e-sounds-'))
      writeTone(join(folder, 'agent.wav'), AGENT, 48_000, 10)
      for (const voice of [CALLER, OTHER_CALLER]) writeTone(join(folder, `${voice}.wav`), voice, 8000, VOICE_S)
      await use(folder)
      rmSync(folder, { recursive: true, force: true })
    },
    { scope: 'worker' },
  ],
  launchOptions: [
    async ({ sounds }, use) => use({ executablePath: chromiumPath(), args: chromiumFlags(join(sounds, 'agent.wav')) }),
    { scope: 'worker' },
  ],
  ringMs: [30_000, { option: true }],
  idleChatS: [0, { option: true }],
  companyPage: [false, { option: true }],
  callRingMs: [300, { option: true }],
  networkSettings: ['', { option: true }],
  mail: ['', { option: true }],
  pool: async ({ ringMs, idleChatS, companyPage }, use, info) => {
    const pool = await Pool.start(info.outputPath('pool'), ringMs, idleChatS, companyPage)
    await use(pool)
    await pool.stop()
  },
  xmpp: async ({}, use, info) => {
    const site = await XmppSite.start(info.outputPath('xmpp'))
    await use(site)
    await site.stop()
  },
  networks: async ({ pool, networkSettings }, use) => use([pool.network(networkSettings)]),
  server: async ({ databases: made, networks, callRingMs, mail }, use, info) => {
    const folder = info.outputPath('server')
    const server = await Server.start(folder, { databaseUrl: await made.create(folder), networks, callRingMs, mail })
    await use(server)
    await server.stop()
  },
  centre: async ({ server, networks }, use) => use(await setUp(server, networks)),
  desk: async ({ page, server, centre }, use) => {
    void centre
    const desk = new Desk(page, server.url)
    await use(desk)
    base.expect(desk.faults, 'the page threw nothing').toEqual([])
  },
  phone: async ({ server, sounds }, use, info) => {
    const phones: Phone[] = []
    await use(async (customer, voice = CALLER) => {
      const things = { voice: join(sounds, `${voice}.wav`), log: info.outputPath(`phone-${phones.length}.log`) }
      const phone = await Phone.start(server.sipPort, customer, things)
      phones.push(phone)
      return phone
    })
    for (const phone of phones) await phone.stop()
  },
  sipExpert: async ({ pool }, use, info) => {
    const experts: SipExpert[] = []
    await use(async (person) => {
      const expert = await SipExpert.signIn(pool.sip, address(person), info.outputPath(`sip-expert-${experts.length}.log`))
      experts.push(expert)
      return expert
    })
    for (const expert of experts) await expert.stop()
  },
})

export { expect } from '@playwright/test'

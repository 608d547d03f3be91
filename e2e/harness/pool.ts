import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { until } from './poll.ts'
import { Program } from './program.ts'
import { binary } from './binaries.ts'
import type { Network } from './server.ts'

/** How a person of the pool takes an invitation; see the lab's personas. */
export type Persona = { kind: 'answers' | 'declines' | 'silent' | 'offline' | 'goes_offline' | 'echo' | 'late' | 'race'; after_ms?: number; reason?: string; reply?: { after_ms?: number; typing_ms?: number; text: string }[] }

/** A message as its receiver has it; `deliveries` counts how often it came. */
export type Told = { text: string; opening: boolean; deliveries: number }

/** Where the pool listens. */
type Ready = { https: string; control: string; sip: string }

/** A stand-in Skype for Business pool, and the people in it who have no client. */
export class Pool {
  readonly url: string
  readonly caFile: string
  /** Host and port for desktop clients. */
  readonly sip: string
  private readonly control: string
  private readonly program: Program

  private constructor(program: Program, ready: Ready, caFile: string) {
    this.program = program
    this.url = ready.https
    this.sip = ready.sip
    this.control = ready.control
    this.caFile = caFile
  }

  /** `ringMs`: how long an invitation rings before the pool gives up. `idleChatS`: after how long a far desktop closes a silent chat; 0 is never. `companyPage`: it has users sign in on the page of a stand-in authorization server. */
  static async start(folder: string, ringMs = 30_000, idleChatS = 0, companyPage = false): Promise<Pool> {
    await mkdir(folder, { recursive: true })
    const caFile = join(folder, 'ca.pem')
    const program = new Program(binary('HOOKFLASH_LAB_BIN'), ['pool', '--ca-out', caFile, '--ring-ms', String(ringMs), '--undelivered-ms', '30000', '--sip', '127.0.0.1:0', '--idle-chat-seconds', String(idleChatS), ...(companyPage ? ['--modern-auth', '--require-pkce'] : [])], { log: join(folder, 'pool.log') })
    const [line] = await program.printed(/^\{.*"ready".*\}$/m)
    return new Pool(program, JSON.parse(line) as Ready, caFile)
  }

  async stop(): Promise<void> {
    await this.program.stop(2000)
  }

  /** The network that the pool is to a server; `more` are further lines of its settings. */
  network(more = ''): Network {
    const settings = [
      'id = "skype"', 'kind = "skype"', 'name = "Skype for Business"', 'sip_domain = "lab.test"',
      `address = "${this.url}"`, `ca_file = "${this.caFile}"`, more,
    ]
    return { id: 'skype', settings: settings.join('\n'), account: { sign_in_name: address('dana'), password: 'demo', address: this.url } }
  }

  behaves(person: string, persona: Persona): Promise<unknown> {
    return this.post(`/people/${address(person)}/persona`, persona)
  }

  presence(person: string, availability: string): Promise<unknown> {
    return this.post(`/people/${address(person)}/presence`, { availability })
  }

  /** What a person's presence is at the pool. */
  async availability(person: string): Promise<string> {
    return ((await this.ask('GET', `/people/${address(person)}/presence`)) as { availability: string }).availability
  }

  says(person: string, text: string): Promise<unknown> {
    return this.post(`/people/${address(person)}/say`, { text })
  }

  types(person: string): Promise<unknown> {
    return this.post(`/people/${address(person)}/typing`, {})
  }

  accepts(person: string): Promise<unknown> {
    return this.post(`/people/${address(person)}/accept`, {})
  }

  declines(person: string, reason?: string): Promise<unknown> {
    return this.post(`/people/${address(person)}/decline`, reason ? { reason } : {})
  }

  leaves(person: string): Promise<unknown> {
    return this.post(`/people/${address(person)}/leave`, {})
  }

  writesTo(person: string, to: string, text: string): Promise<unknown> {
    return this.post(`/people/${address(person)}/chats`, { to: `sip:${address(to)}`, text })
  }

  /** The far desktop closes its window: the messaging ends, the conversation lives on. */
  closesWindow(person: string): Promise<unknown> {
    return this.post(`/people/${address(person)}/idle`, {})
  }

  /** Answers nothing but 503 for so long. */
  gone(seconds: number): Promise<unknown> {
    return this.post('/gone', { seconds })
  }

  /** All is well again. */
  well(): Promise<unknown> {
    return this.ask('DELETE', '/trouble')
  }

  /** How many chats there are at the pool. */
  async chatCount(): Promise<number> {
    return ((await this.ask('GET', '/chats')) as unknown[]).length
  }

  /** How the chats at the pool stand: inviting, open or idle. */
  async chatStates(): Promise<string[]> {
    return ((await this.ask('GET', '/chats')) as { state: string }[]).map((chat) => chat.state)
  }

  /** The first text that an invitation shows to the person while it rings. */
  async toast(person: string): Promise<string> {
    const ringing = async () => {
      const chats = (await this.ask('GET', '/chats')) as { parties: string[]; toast: string | null }[]
      return chats.find((chat) => chat.toast !== null && chat.parties.some((party) => party.includes(address(person))))?.toast
    }
    return until(`a question to ring at ${person}`, ringing)
  }

  /** What a person was told, in order. */
  async told(person: string): Promise<Told[]> {
    return ((await this.ask('GET', `/experts/${address(person)}/inbox`)) as { messages: Told[] }).messages
  }

  /** Waits until the person has been told this text. */
  async hasTold(person: string, text: string, limit_ms = 10_000): Promise<void> {
    let seen: Told[] = []
    await until(`${person} to be told "${text}"`, async () => {
      seen = await this.told(person)
      return seen.some((one) => one.text.includes(text))
    }, limit_ms, () => seen)
  }

  private post(path: string, body: unknown): Promise<unknown> {
    return this.ask('POST', path, body)
  }

  private async ask(method: string, path: string, body?: unknown): Promise<unknown> {
    const answer = await fetch(this.control + path, { method, ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }) })
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`)
    return answer.json()
  }
}

/** The address of somebody in the pool's domain. */
export function address(person: string): string {
  return person.includes('@') ? person : `${person}@lab.test`
}

import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { binary } from './binaries.ts'
import { until } from './poll.ts'
import { Program } from './program.ts'
import type { Network } from './server.ts'

const EXPERTS = fileURLToPath(new URL('../../crates/lab/xmpp-expert/expert.py', import.meta.url))
// Debian's own: its slixmpp belongs to it.
const PYTHON = '/usr/bin/python3'

/** Where the server listens, and what it has for its component. */
type Ready = { clients: number; components: number; domain: string; component: string; secret: string; password: string }
/** What an expert's client has got so far: see crates/lab/xmpp-expert/README.md. */
type Got = { texts: string[]; typed: number; rings: number; open: number; refused: { condition: string; text: string }[] }

/** How an expert takes a question. */
export type Taking = 'accept' | 'decline' | 'silent'

/** A real XMPP server in a temporary folder, with Hookflash's component, and experts on slixmpp. */
export class XmppSite {
  private readonly server: Dialogue
  private readonly experts: Dialogue
  private readonly ready: Ready
  private readonly secretFile: string

  private constructor(server: Dialogue, experts: Dialogue, ready: Ready, secretFile: string) {
    this.server = server
    this.experts = experts
    this.ready = ready
    this.secretFile = secretFile
  }

  static async start(folder: string): Promise<XmppSite> {
    await mkdir(folder, { recursive: true })
    const server = new Dialogue(new Program(binary('HOOKFLASH_LAB_BIN'), ['xmpp'], { log: join(folder, 'server.log') }))
    const ready = (await server.next()) as Ready
    const experts = new Dialogue(new Program(PYTHON, [EXPERTS, String(ready.clients)], { log: join(folder, 'experts.log') }))
    const secretFile = join(folder, 'secret')
    await writeFile(secretFile, ready.secret)
    return new XmppSite(server, experts, ready, secretFile)
  }

  /** The network that it is to a server. */
  network(): Network {
    const { components, component, domain } = this.ready
    const settings = [
      'id = "xmpp"', 'kind = "xmpp"', 'name = "Jabber"', `server = "127.0.0.1:${components}"`, `component = "${component}"`,
      `component_secret_file = "${this.secretFile}"`, `domain = "${domain}"`, `search = "search.${domain}"`,
    ]
    return { id: 'xmpp', settings: settings.join('\n') }
  }

  /** The domain in which experts have their addresses. */
  get domain(): string {
    return this.ready.domain
  }

  /** The component's domain, in which agents have their addresses. */
  get component(): string {
    return this.ready.component
  }

  /** Somebody with an account, a card with their name, and a client that is signed in. */
  async expert(name: string, answer: Taking = 'silent'): Promise<XmppExpert> {
    const user = name.toLowerCase().replace(' ', '.')
    const { domain, password } = this.ready
    await this.server.does({ do: 'add', user })
    await this.experts.does({ do: 'sign_in', expert: user, jid: `${user}@${domain}`, password, answer, name })
    return new XmppExpert(user, this.experts)
  }

  async stop(): Promise<void> {
    await this.experts.stop()
    await this.server.stop()
  }
}

/** An expert's client. */
export class XmppExpert {
  private readonly user: string
  private readonly experts: Dialogue

  constructor(user: string, experts: Dialogue) {
    this.user = user
    this.experts = experts
  }

  /** Own presence: `show` of RFC 6121 4.7.2.1, empty for available. */
  shows(show: '' | 'away' | 'dnd' | 'xa', note = ''): Promise<unknown> {
    return this.does({ do: 'show', show, note })
  }

  /** Answers the question that rings, in words. */
  answers(text: string): Promise<unknown> {
    return this.does({ do: 'answer', text })
  }

  /** Says it in the open chat, or to an address. */
  says(text: string, to?: string): Promise<unknown> {
    return this.does({ do: 'say', text, ...(to ? { to } : {}) })
  }

  /** Begins a chat. */
  writesTo(to: string, text: string): Promise<unknown> {
    return this.does({ do: 'start_chat', to, text })
  }

  types(): Promise<unknown> {
    return this.does({ do: 'types' })
  }

  /** Closes the window. */
  leaves(): Promise<unknown> {
    return this.does({ do: 'leave' })
  }

  got(): Promise<Got> {
    return this.does({ do: 'got' }) as Promise<Got>
  }

  /** Waits until the client has what is wanted. */
  async gets(what: string, wanted: (got: Got) => boolean, limit_ms = 15_000): Promise<void> {
    let seen: Got | null = null
    await until(`${this.user} to get ${what}`, async () => wanted((seen = await this.got())), limit_ms, () => seen)
  }

  /** Waits until the client shows a message with this text in it. */
  hears(text: string): Promise<void> {
    return this.gets(`"${text}"`, ({ texts }) => texts.some((one) => one.includes(text)))
  }

  private does(command: { do: string } & Record<string, unknown>): Promise<unknown> {
    return this.experts.does({ ...command, expert: this.user })
  }
}

/** A program that answers each line of JSON with one. */
class Dialogue {
  private readonly program: Program
  private asked = 0

  constructor(program: Program) {
    this.program = program
  }

  /** Tells it to do something and gives its answer. */
  async does(command: { do: string } & Record<string, unknown>): Promise<unknown> {
    this.program.tell(JSON.stringify(command))
    const answer = (await this.next()) as { error?: string }
    if (answer.error !== undefined) throw new Error(`${JSON.stringify(command)}: ${answer.error}`)
    return answer
  }

  /** The next line that it says. */
  async next(): Promise<unknown> {
    const number = (this.asked += 1)
    const lines = () => this.program.output.split('\n').slice(0, -1).filter((line) => line.startsWith('{'))
    const line = await until('an answer', () => this.program.orFail(lines()[number - 1]), 30_000)
    return JSON.parse(line) as unknown
  }

  async stop(): Promise<void> {
    await this.program.stop()
  }
}

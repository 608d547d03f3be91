import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { binary } from './binaries.ts'
import { until } from './poll.ts'
import { freePort } from './ports.ts'
import { Program, run } from './program.ts'
import { MUSIC } from './tones.ts'

/** A chat network: its id, its table of settings, and Dana's account there where it asks for one. */
export type Network = { id: string; settings: string; account?: { sign_in_name: string; password: string; address: string } }

/** What differs between servers: the database, the chat networks, how long a caller hears ringing, the table of the
 * mail server where it has one. */
type Setting = { databaseUrl: string; networks: Network[]; callRingMs: number; mail: string }

/** `hookflash serve` in a folder of its own. Its ports stay the same when it is started again. */
export class Server {
  readonly url: string
  readonly sipPort: number
  private readonly folder: string
  private readonly config: string
  private program: Program | null = null

  private constructor(folder: string, config: string, httpPort: number, sipPort: number) {
    this.folder = folder
    this.config = config
    this.url = `http://127.0.0.1:${httpPort}`
    this.sipPort = sipPort
  }

  static async start(folder: string, setting: Setting): Promise<Server> {
    await mkdir(folder, { recursive: true })
    const [httpPort, sipPort, config] = [await freePort(), await freePort(), join(folder, 'hookflash.toml')]
    await writeFile(config, configuration({ ...setting, folder, httpPort, sipPort }))
    const server = new Server(folder, config, httpPort, sipPort)
    await server.addUser('admin', 'Ada Keller', 'administrator')
    await server.start()
    return server
  }

  /** Starts it (again) and waits until it is ready. */
  async start(): Promise<void> {
    const program = new Program(binary('HOOKFLASH_BIN'), ['serve', '--config', this.config], { log: join(this.folder, 'hookflash.log'), cwd: this.folder, input: '' })
    this.program = program
    await until('the server to be ready', async () => {
      if (!program.is_running) throw new Error(`the server has ended: ${program.output.slice(-1500)}`)
      return (await fetch(`${this.url}/readyz`)).ok
    }, 30_000, () => program.output.slice(-1500))
  }

  /** Ends it as a power cut does. */
  async kill(): Promise<void> {
    await this.program?.kill()
  }

  /** Tells it to end; throws when it does not end in order. One that was killed has ended already. */
  async stop(): Promise<void> {
    if (!this.program?.is_running) return
    const code = await this.program.stop(15_000)
    if (code !== 0) throw new Error(`the server ended with ${code ?? 'a kill, since it did not stop'}`)
  }

  private async addUser(signInName: string, name: string, role: string): Promise<void> {
    const args = ['user', 'add', '--config', this.config, '--name', name, '--role', role, signInName]
    await run(binary('HOOKFLASH_BIN'), args, { log: join(this.folder, 'user-add.log'), cwd: this.folder, input: `${PASSWORD}\n` })
  }
}

/** Everybody's password at Hookflash. */
export const PASSWORD = 'correct horse battery'

type Settings = Setting & { folder: string; httpPort: number; sipPort: number }

function configuration({ folder, httpPort, sipPort, databaseUrl, networks, callRingMs, mail }: Settings): string {
  return `
[http]
listen = "127.0.0.1:${httpPort}"
public_url = "http://127.0.0.1:${httpPort}"

[store]
url = "${databaseUrl}"

[secrets]
key_file = "${join(folder, 'hookflash.key')}"

[log]
level = "info,hookflash=debug,rsipstack=warn"

[voice]
sip_udp = "127.0.0.1:${sipPort}"
sip_tcp = "127.0.0.1:${sipPort}"
media_ip = "127.0.0.1"
music = "tone:${MUSIC}"
ring_ms = ${callRingMs}
${mail}
${networks.map(({ settings }) => `[[network]]\n${settings}`).join('\n')}
`
}

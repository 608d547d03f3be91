import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { until } from './poll.ts'
import { Program, run } from './program.ts'

const PROGRAM = fileURLToPath(new URL('../../crates/lab/mail-server/serve.py', import.meta.url))
// Debian's own: its aiosmtpd belongs to it.
const PYTHON = '/usr/bin/python3'

/** A server's own certificate: openssl's default is an authority's, which no server may show. */
const CERTIFICATE = `
[req]
prompt = no
distinguished_name = name
x509_extensions = use
[name]
CN = localhost
[use]
basicConstraints = critical, CA:FALSE
subjectAltName = DNS:localhost
`

/** A mail as Python's own parser reads it: see crates/lab/mail-server/README.md. */
export type Mail = { recipients: string[]; headers: [string, string][]; text: string; attachments: { name: string; type: string; file: string }[] }

/** A real mail server in a temporary folder, which takes mails by STARTTLS from who has signed in. */
export class MailServer {
  private readonly program: Program
  private readonly folder: string
  private readonly port: number

  private constructor(program: Program, folder: string, port: number) {
    this.program = program
    this.folder = folder
    this.port = port
  }

  static async start(folder: string): Promise<MailServer> {
    await mkdir(folder, { recursive: true })
    const [cert, key] = [join(folder, 'cert.pem'), join(folder, 'key.pem')]
    const wanted = join(folder, 'openssl.cnf')
    await writeFile(wanted, CERTIFICATE)
    await run('openssl', ['req', '-x509', '-config', wanted, '-newkey', 'rsa:2048', '-nodes', '-days', '1', '-keyout', key, '-out', cert], { log: join(folder, 'openssl.log') })
    await writeFile(join(folder, 'password'), 'secret')
    const args = ['--security', 'starttls', '--cert', cert, '--key', key, '--folder', folder, '--user', 'hookflash', '--password', 'secret']
    const program = new Program(PYTHON, [PROGRAM, ...args], { log: join(folder, 'mail.log') })
    const [, port] = await program.printed(/"port": (\d+)/)
    return new MailServer(program, folder, Number(port))
  }

  /** The settings of a server that sends by it. */
  settings(): string {
    const path = (name: string) => join(this.folder, name)
    return `
[mail]
server = "localhost"
port = ${this.port}
ca_file = "${path('cert.pem')}"
user_name = "hookflash"
password_file = "${path('password')}"
from = "Hookflash <reports@desk.test>"
`
  }

  /** Waits until it has taken so many mails, and gives them. */
  async mails(count: number, limit_ms: number): Promise<Mail[]> {
    return until(`${count} mails`, async () => {
      const before = this.program.output.length
      this.program.tell('{"do":"mails"}')
      const [, told = ''] = await until('its answer', () => /^(\{"mails".*)\n/m.exec(this.program.output.slice(before)), 5_000)
      const { mails } = JSON.parse(told) as { mails: Mail[] }
      return mails.length >= count ? mails : null
    }, limit_ms)
  }

  async stop(): Promise<void> {
    await this.program.kill()
  }
}

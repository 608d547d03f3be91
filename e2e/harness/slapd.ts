import { mkdir, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { join } from 'node:path'
import { until } from './poll.ts'
import { freePort } from './ports.ts'
import { Program, run } from './program.ts'

// Debian's package slapd.
const PROGRAM = '/usr/sbin/slapd'
const SETTINGS = `include /etc/ldap/schema/core.schema
include /etc/ldap/schema/cosine.schema
include /etc/ldap/schema/inetorgperson.schema
modulepath /usr/lib/ldap
moduleload back_mdb
database mdb
maxsize 16777216
suffix "dc=uc,dc=test"
rootdn "cn=reader,dc=uc,dc=test"
rootpw "read only"
`
const TOP = 'dn: dc=uc,dc=test\nobjectClass: dcObject\nobjectClass: organization\ndc: uc\no: Example\n\n'

/** A real LDAP server in a temporary folder, on a free port. */
export class Slapd {
  readonly base = 'dc=uc,dc=test'
  readonly account = 'cn=reader,dc=uc,dc=test'
  readonly password = 'read only'
  readonly port: number
  private readonly program: Program

  private constructor(program: Program, port: number) {
    this.program = program
    this.port = port
  }

  /** Starts it with these entries (LDIF) below its base. */
  static async start(folder: string, ldif: string): Promise<Slapd> {
    const [settings, entries, database] = [join(folder, 'slapd.conf'), join(folder, 'people.ldif'), join(folder, 'database')]
    await mkdir(database, { recursive: true })
    await writeFile(settings, `${SETTINGS}pidfile ${folder}/pid\ndirectory ${database}\n`)
    await writeFile(entries, TOP + ldif)
    const log = join(folder, 'slapd.log')
    await run(PROGRAM, ['-T', 'add', '-q', '-f', settings, '-l', entries], { log })
    const port = await freePort()
    // With a level of debugging it stays in the foreground.
    const program = new Program(PROGRAM, ['-d', '0', '-h', `ldap://127.0.0.1:${port}`, '-f', settings], { log })
    const slapd = new Slapd(program, port)
    await until('slapd to listen', () => slapd.listens())
    return slapd
  }

  async stop(): Promise<void> {
    await this.program.stop()
  }

  private listens(): Promise<boolean | null> {
    return new Promise((resolve) => {
      const socket = connect(this.port, '127.0.0.1')
      socket.once('connect', () => {
        socket.destroy()
        resolve(true)
      })
      socket.once('error', () => resolve(null))
    })
  }
}

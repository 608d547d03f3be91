import { execFileSync } from 'node:child_process'
import { chmodSync, chownSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { until } from './poll.ts'
import { Program, run } from './program.ts'

type Account = { uid: number; gid: number }

/** Where servers keep what they store: each gets a database of its own. */
export type Databases = { create(folder: string): Promise<string>; stop(): Promise<void> }

/** SQLite or a PostgreSQL cluster, as HOOKFLASH_E2E_DATABASE says. */
export async function databases(): Promise<Databases> {
  const wanted = process.env.HOOKFLASH_E2E_DATABASE ?? 'sqlite'
  if (wanted === 'sqlite') return { create: async (folder) => `sqlite:${join(folder, 'hookflash.db')}`, stop: async () => undefined }
  if (wanted === 'postgres') return Cluster.start()
  throw new Error(`HOOKFLASH_E2E_DATABASE is sqlite or postgres, not ${wanted}`)
}

/** A PostgreSQL server in a temporary folder, on a Unix socket, without root's rights. */
class Cluster implements Databases {
  private readonly folder: string
  private readonly programs: string
  private readonly server: Program
  private readonly account: Account | null
  private count = 0

  private constructor(folder: string, programs: string, server: Program, account: Account | null) {
    this.folder = folder
    this.programs = programs
    this.server = server
    this.account = account
  }

  static async start(): Promise<Cluster> {
    const programs = findPrograms()
    const folder = mkdtempSync(join(tmpdir(), 'hookflash-e2e-pg-'))
    const account = otherAccount(folder)
    const [data, log] = [join(folder, 'data'), join(folder, 'log')]
    const options = { cwd: '/', log, ...account }
    await run(join(programs, 'initdb'), ['-D', data, '-U', 'hookflash', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync'], options)
    const args = ['-D', data, '-k', folder, '-c', 'listen_addresses=', '-c', 'fsync=off', '-c', 'max_connections=200']
    const cluster = new Cluster(folder, programs, new Program(join(programs, 'postgres'), args, options), account)
    await until('PostgreSQL to answer', () => cluster.psql('select 1').then(() => true), 30_000)
    return cluster
  }

  async create(): Promise<string> {
    const name = `test_${(this.count += 1)}`
    await this.psql(`create database ${name}`)
    return `postgres://hookflash@localhost/${name}?host=${this.folder}`
  }

  async stop(): Promise<void> {
    await this.server.kill()
    rmSync(this.folder, { recursive: true, force: true })
  }

  private psql(statement: string): Promise<string> {
    return run(join(this.programs, 'psql'), ['-h', this.folder, '-U', 'hookflash', '-d', 'postgres', '-qAtc', statement], { cwd: '/', log: join(this.folder, 'log'), ...this.account })
  }
}

/** PostgreSQL refuses to run as root: then the folder is given to another account, which runs it. */
function otherAccount(folder: string): Account | null {
  if (process.getuid?.() !== 0) return null
  const lines = readFileSync('/etc/passwd', 'utf8').split('\n').map((line) => line.split(':'))
  const found = ['postgres', 'nobody'].map((name) => lines.find((line) => line[0] === name)).find(Boolean)
  if (!found) throw new Error('PostgreSQL needs an account that is not root: postgres or nobody')
  const account = { uid: Number(found[2]), gid: Number(found[3]) }
  chmodSync(folder, 0o755)
  chownSync(folder, account.uid, account.gid)
  return account
}

/** The newest PostgreSQL among PG_BIN and Debian's places. */
function findPrograms(): string {
  const debian = existsSync('/usr/lib/postgresql') ? readdirSync('/usr/lib/postgresql').sort((a, b) => Number(b) - Number(a)) : []
  const places = [process.env.PG_BIN, ...debian.map((version) => `/usr/lib/postgresql/${version}/bin`)]
  const found = places.find((place) => place && existsSync(join(place, 'initdb')) && existsSync(join(place, 'postgres')))
  if (found) return found
  try {
    return execFileSync('pg_config', ['--bindir'], { encoding: 'utf8' }).trim()
  } catch {
    throw new Error('PostgreSQL is needed; install with: apt-get install postgresql (or set PG_BIN)')
  }
}

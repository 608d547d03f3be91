import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { freePort } from './ports.ts'
import { run } from './program.ts'

/** The scenarios of the voice room's own tests, here against the whole server. */
const SCENARIOS = join(import.meta.dirname, '../../crates/voice/tests/sipp')

/** Plays a scenario with sipp; throws when the server does not do its part. */
export async function sipp(folder: string, scenario: string, sipPort: number, { tcp = false, calls = 1 } = {}): Promise<void> {
  const cwd = join(folder, `${scenario}-${tcp ? 'tcp' : 'udp'}`)
  await mkdir(cwd, { recursive: true })
  // Its own, then sound's, then video's two after that.
  const port = await freePort(5)
  const ports = ['-i', '127.0.0.1', '-mi', '127.0.0.1', '-p', String(port), '-mp', String(port + 2)]
  const how = ['-t', tcp ? 't1' : 'u1', '-m', String(calls), '-l', String(calls), '-r', '25', '-timeout', '45s', '-timeout_error', '-nostdin']
  const traces = ['-trace_err', '-error_file', 'errors', '-trace_msg', '-message_file', 'messages']
  await run('sipp', ['-sf', join(SCENARIOS, `${scenario}.xml`), `127.0.0.1:${sipPort}`, ...ports, ...how, ...traces], { cwd, log: join(cwd, 'sipp.log') })
}

import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { binary } from './binaries.ts'
import { freePort } from './ports.ts'
import { Program } from './program.ts'

/** Everybody's password in the demo. */
export const DEMO_PASSWORD = 'hookflash-demo'

/** `hookflash demo` in a folder of its own: the server, a stand-in pool and callers. */
export class Demo {
  readonly url: string
  private readonly caller: string
  private readonly program: Program

  private constructor(program: Program, url: string, caller: string) {
    this.program = program
    this.url = url
    this.caller = caller
  }

  static async start(folder: string): Promise<Demo> {
    await mkdir(folder, { recursive: true })
    const args = ['demo', '--lab', binary('HOOKFLASH_LAB_BIN'), '--data', join(folder, 'data'), '--port', String(await freePort()), '--sip-port', String(await freePort(2))]
    const program = new Program(binary('HOOKFLASH_BIN'), args, { log: join(folder, 'demo.log') })
    const [, url = ''] = await program.printed(/Desk\s+(http:\S+)/, 30_000)
    const [, caller = ''] = await program.printed(/Caller\s+(http:[^\s/]*\/\/[^\s/]+)/)
    return new Demo(program, url, caller)
  }

  async stop(): Promise<void> {
    await this.program.stop()
  }

  /** One of the prepared customers calls. */
  async calls(customer: string): Promise<void> {
    const answer = await fetch(`${this.caller}/calls`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ customer }) })
    if (!answer.ok) throw new Error(`the caller refuses: ${answer.status} ${await answer.text()}`)
  }
}

import { type ChildProcess, spawn } from 'node:child_process'
import { createWriteStream } from 'node:fs'
import { Hopeless, until } from './poll.ts'

type Options = { log: string; env?: Record<string, string>; cwd?: string; uid?: number; gid?: number; input?: string }

const running = new Set<ChildProcess>()
// The last guard: a runner that ends without its teardown leaves no process behind.
process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL')
})

/** A program that a test started, and ends by its id. What it says goes to its log. */
export class Program {
  /** What it printed on its standard output. */
  output = ''
  private readonly name: string
  private readonly child: ChildProcess
  private readonly ended: Promise<number | null>

  constructor(command: string, args: string[], { log, env, cwd, uid, gid, input }: Options) {
    this.name = command.split('/').at(-1) ?? command
    this.child = spawn(command, args, { cwd, uid, gid, env: { ...process.env, ...env }, stdio: ['pipe', 'pipe', 'pipe'] })
    const words = createWriteStream(log, { flags: 'a' })
    this.child.stdout?.on('data', (data: Buffer) => {
      this.output += data.toString()
      words.write(data)
    })
    this.child.stderr?.on('data', (data: Buffer) => words.write(data))
    this.child.stdin?.on('error', () => undefined)
    // A phone reads commands from its input and takes the end of it for the end of its day.
    if (input !== undefined) this.child.stdin?.end(input)
    running.add(this.child)
    this.ended = new Promise((resolve, reject) => {
      this.child.once('error', reject)
      this.child.once('close', (code) => {
        running.delete(this.child)
        words.end()
        resolve(code)
      })
    })
    this.ended.catch(() => undefined)
  }

  get is_running(): boolean {
    return running.has(this.child) && this.child.exitCode === null && this.child.signalCode === null
  }

  /** Waits until it has printed what the pattern matches. */
  async printed(pattern: RegExp, limit_ms = 10_000): Promise<RegExpExecArray> {
    return until(`${this.name} to print ${pattern}`, () => this.orFail(pattern.exec(this.output)), limit_ms, () => this.output.slice(-500))
  }

  /** Writes a line to its input, which must have been left open. */
  tell(line: string): void {
    this.child.stdin?.write(`${line}\n`)
  }

  /** What is waited for, if it is there; throws when it is not and the program has ended. */
  orFail<T>(found: T | null | undefined): T | null {
    if (found !== null && found !== undefined) return found
    if (!this.is_running) throw new Hopeless(`${this.name} has ended: ${this.output.slice(-500)}`)
    return null
  }

  /** Waits for its own end. Gives the exit code. */
  async end(limit_ms = 20_000): Promise<number | null> {
    const timer = setTimeout(() => this.child.kill('SIGKILL'), limit_ms)
    return this.ended.finally(() => clearTimeout(timer))
  }

  /** Asks it to end, and makes it end when it does not within the limit. */
  async stop(limit_ms = 10_000): Promise<number | null> {
    if (this.is_running) this.child.kill('SIGTERM')
    return this.end(limit_ms)
  }

  /** Ends it without a warning, as a power cut does. */
  async kill(): Promise<void> {
    this.child.kill('SIGKILL')
    await this.ended
  }
}

/** Runs a program to its end; throws when it fails. Gives what it printed. */
export async function run(command: string, args: string[], options: Options): Promise<string> {
  const program = new Program(command, args, { ...options, input: options.input ?? '' })
  const code = await program.end(60_000)
  if (code !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${code}: ${program.output}`)
  return program.output
}

import { fileURLToPath } from 'node:url'
import { until } from './poll.ts'
import { Program } from './program.ts'

/** Own presence, as the client names it. */
type Status = 'available' | 'busy' | 'do-not-disturb' | 'be-right-back' | 'away'

/** What the client tells: see crates/lab/sip-expert/README.md. */
type ExpertEvent = { event: string; peer?: string; text?: string; from?: string; begins?: boolean }

const EXPERT = fileURLToPath(new URL('../../crates/lab/sip-expert/expert.py', import.meta.url))

/** An expert on an unrelated desktop client: pidgin-sipe without a screen, signed in to the pool's SIP side. */
export class SipExpert {
  private readonly program: Program

  private constructor(program: Program) {
    this.program = program
  }

  /** Signs in; the pool rings this client from then on, and the persona is silent. */
  static async signIn(sip: string, address: string, log: string): Promise<SipExpert> {
    const program = new Program('python3', [EXPERT], { log })
    const expert = new SipExpert(program)
    // The first start compiles the shim. Packages that it needs are in debian-packages.txt.
    await expert.tells('to start', { event: 'ready' })
    expert.does({ do: 'sign_in', uri: address, server: sip })
    await expert.tells('to sign in', { event: 'signed_in' })
    return expert
  }

  is(status: Status): void {
    this.does({ do: 'status', id: status })
  }

  /** Says it in the chat with this person, or in a new one. */
  says(to: string, text: string): void {
    this.does({ do: 'send', to: `sip:${to}`, text })
  }

  types(to: string): void {
    this.does({ do: 'typing', to: `sip:${to}` })
  }

  /** Closes the window: the chat ends. */
  closes(peer: string): void {
    this.does({ do: 'close', peer: `sip:${peer}` })
  }

  /** Waits until the client shows a message of this person with this text in it. */
  async hears(from: string, text: string): Promise<void> {
    await this.tells(`to hear "${text}"`, { event: 'received', peer: `sip:${from}`, text })
  }

  async seesTyping(from: string): Promise<void> {
    await this.tells('to see typing', { event: 'typing', from: `sip:${from}`, begins: true })
  }

  /** Waits until the client says that its chat with this person was refused. */
  async isRefused(peer: string): Promise<void> {
    await until("the expert's client to be refused", () => this.program.orFail(this.events.find((one) => isTrouble(one) && one.peer === `sip:${peer}`)), 30_000, () => this.events.slice(-5))
  }

  /** Everything that this person has said in the client's windows, in order. */
  heardFrom(person: string): string[] {
    return this.events.filter((one) => one.event === 'received' && one.peer === `sip:${person}`).map((one) => one.text ?? '')
  }

  /** Signs out and ends; the end of its input would do the same. */
  async stop(): Promise<void> {
    if (this.program.is_running) this.does({ do: 'quit' })
    await this.program.end()
  }

  private does(command: { do: string } & Record<string, string>): void {
    this.program.tell(JSON.stringify(command))
  }

  private async tells(what: string, wanted: ExpertEvent): Promise<void> {
    await until(`the expert's client ${what}`, () => this.program.orFail(this.events.find((one) => fits(one, wanted))), 30_000, () => this.events.slice(-5))
  }

  private get events(): ExpertEvent[] {
    const whole = this.program.output.split('\n').slice(0, -1)
    return whole.filter((line) => line.startsWith('{')).map((line) => JSON.parse(line) as ExpertEvent)
  }
}

function isTrouble({ event }: ExpertEvent): boolean {
  return event === 'error' || event === 'notice'
}

/** Whether an event has all that is wanted; of its text a part will do. */
function fits(one: ExpertEvent, wanted: ExpertEvent): boolean {
  const { text, ...rest } = wanted
  const same = Object.entries(rest).every(([key, value]) => one[key as keyof ExpertEvent] === value)
  return same && (text === undefined || (one.text ?? '').includes(text))
}

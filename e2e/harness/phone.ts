import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { connect, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Hopeless, until } from './poll.ts'
import { freePort } from './ports.ts'
import { Program } from './program.ts'
import { inOrder, runs, type Sound, soundsOf, STEPS_PER_SECOND } from './tones.ts'
import { Trunk } from './trunk.ts'

const MODULES = '/usr/lib/baresip/modules'

/** Who calls, and what the carrier hands over with the call. */
export type Customer = { name: string; number: string; headers: [string, string][]; rawName?: string }

/** The file with the customer's voice, and where the phone's words go. */
type Things = { voice: string; log: string }

/** What the phone tells of its call. */
type PhoneEvent = { type: string; param?: string }

/** A customer's SIP phone: baresip with a tone for a voice, recording what it hears. One call each. */
export class Phone {
  readonly events: PhoneEvent[] = []
  private readonly folder: string
  private readonly sipPort: number
  private readonly program: Program
  private readonly control: Socket
  private readonly trunk: Trunk

  private constructor(folder: string, sipPort: number, program: Program, control: Socket, trunk: Trunk) {
    this.folder = folder
    this.sipPort = sipPort
    this.program = program
    this.control = control
    this.trunk = trunk
    listen(control, (event) => this.events.push(event))
  }

  static async start(sipPort: number, customer: Customer, { voice, log }: Things): Promise<Phone> {
    // baresip cuts a long path to its recordings off.
    const folder = await mkdtemp(join(tmpdir(), 'hookflash-phone-'))
    const [listenPort, controlPort] = [await freePort(2), await freePort()]
    const trunk = await Trunk.open(sipPort, customer.headers, customer.rawName)
    await writeFile(join(folder, 'config'), configuration(folder, voice, listenPort, controlPort))
    await writeFile(join(folder, 'accounts'), account(customer, trunk.port))
    const program = new Program('baresip', ['-f', folder], { log })
    const control = await until('the phone to listen', () => reach(controlPort, program))
    return new Phone(folder, sipPort, program, control, trunk)
  }

  /** Calls a number at the server. */
  call(number = 'billing'): void {
    this.command('dial', `sip:${number}@127.0.0.1:${this.sipPort}`)
  }

  hangUp(): void {
    this.command('hangup')
  }

  /** Sends one digit as RFC 4733 telephone events. */
  press(digit: string): void {
    this.command('sndcode', digit)
  }

  /** Waits for an event of the call, such as CALL_RINGING, CALL_ESTABLISHED or CALL_CLOSED. */
  async event(type: string, limit_ms = 10_000): Promise<PhoneEvent> {
    return until(`the phone to tell ${type}`, () => this.events.find((one) => one.type === type), limit_ms, () => this.events)
  }

  /** The digits that were pressed at the other end. */
  get digits(): string {
    return this.events.filter((one) => one.type === 'CALL_DTMF_START').map((one) => one.param ?? '').join('')
  }

  /** What has come out of the ear piece so far. */
  async heard(): Promise<Sound[]> {
    const file = (await readdir(this.folder)).filter((name) => name.endsWith('-dec.wav')).sort().at(-1)
    return file ? soundsOf(join(this.folder, file)) : []
  }

  /** Waits until only this sound has been heard for half a second. */
  async hears(sound: Sound, limit_ms = 10_000): Promise<void> {
    const start = (await this.heard()).length
    const wanted = STEPS_PER_SECOND / 2
    let recent: Sound[] = []
    await until(`the caller to hear ${sound}`, async () => {
      recent = (await this.heard()).slice(start).slice(-wanted)
      return recent.length === wanted && recent.every((one) => one === sound)
    }, limit_ms, () => runs(recent))
  }

  /** The tones heard in the whole call, one after the other. */
  async story(): Promise<Sound[]> {
    return inOrder(await this.heard())
  }

  async stop(): Promise<void> {
    this.control.destroy()
    await this.program.stop(3000)
    this.trunk.close()
    await rm(this.folder, { recursive: true, force: true })
  }

  private command(command: string, params?: string): void {
    const json = JSON.stringify({ command, ...(params === undefined ? {} : { params }), token: command })
    this.control.write(`${Buffer.byteLength(json)}:${json},`)
  }
}

function configuration(folder: string, voice: string, sipPort: number, controlPort: number): string {
  const modules = ['stdio', 'g711', 'aufile', 'sndfile'].map((name) => `module ${name}.so`)
  return [
    'poll_method epoll', `sip_listen 127.0.0.1:${sipPort}`,
    `audio_player aufile,${join(folder, 'played.wav')}`, `audio_source aufile,${voice}`, 'audio_alert aufile,/dev/null',
    'audio_level no', 'ausrc_format s16', 'auplay_format s16', `module_path ${MODULES}`, ...modules, `snd_path ${folder}`,
    'module_tmp uuid.so', 'module_tmp account.so', 'module_app menu.so', 'module_app ctrl_tcp.so', `ctrl_tcp_listen 127.0.0.1:${controlPort}`, '',
  ].join('\n')
}

function account({ name, number }: Customer, trunkPort: number): string {
  return `"${name}" <sip:${number}@127.0.0.1>;regint=0;audio_codecs=pcmu;outbound="sip:127.0.0.1:${trunkPort}"\n`
}

async function reach(port: number, program: Program): Promise<Socket | null> {
  if (!program.is_running) throw new Hopeless(`baresip has ended: ${program.output.slice(-800)}`)
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    socket.once('connect', () => resolve(socket))
    socket.once('error', () => resolve(null))
  })
}

/** Reads netstrings ("5:hello,") with JSON in them. */
function listen(socket: Socket, tell: (event: PhoneEvent) => void): void {
  let rest = Buffer.alloc(0)
  socket.on('error', () => undefined)
  socket.on('data', (data) => {
    rest = Buffer.concat([rest, data])
    for (;;) {
      const colon = rest.indexOf(':')
      const length = Number(rest.subarray(0, Math.max(colon, 0)).toString())
      if (colon < 1 || rest.length < colon + 1 + length + 1) return
      const message = JSON.parse(rest.subarray(colon + 1, colon + 1 + length).toString()) as PhoneEvent & { event?: boolean }
      rest = rest.subarray(colon + length + 2)
      if (message.event) tell(message)
    }
  })
}


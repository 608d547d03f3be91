import { createSocket, type Socket } from 'node:dgram'
import { once } from 'node:events'

type Peer = { address: string; port: number }

/**
 * A carrier's edge between the phone and the server: puts headers into each INVITE, as a carrier or an IVR does,
 * since baresip cannot. Only the first transaction of a call passes through; the rest goes directly.
 */
export class Trunk {
  readonly port: number
  private readonly socket: Socket
  private readonly server: Peer
  private phone: Peer | null = null
  private readonly headers: string
  private readonly rawName: string | undefined

  private constructor(socket: Socket, serverPort: number, headers: [string, string][], rawName?: string) {
    this.rawName = rawName
    this.socket = socket
    this.port = socket.address().port
    this.server = { address: '127.0.0.1', port: serverPort }
    this.headers = headers.map(([name, value]) => `${name}: ${value}\r\n`).join('')
    socket.on('message', (message, from) => this.pass(message, from))
  }

  /** `rawName` replaces the caller's display name, for names that baresip would not send. */
  static async open(serverPort: number, headers: [string, string][], rawName?: string): Promise<Trunk> {
    const socket = createSocket('udp4')
    socket.bind(0, '127.0.0.1')
    await once(socket, 'listening')
    return new Trunk(socket, serverPort, headers, rawName)
  }

  close(): void {
    this.socket.close()
  }

  private pass(message: Buffer, from: Peer): void {
    if (from.port === this.server.port) {
      if (this.phone) this.socket.send(message, this.phone.port, this.phone.address)
      return
    }
    this.phone = from
    const text = message.toString('latin1')
    const changed = text.startsWith('INVITE ') ? withOwnMedia(this.withHeaders(text)) : text
    this.socket.send(Buffer.from(withoutOwnRoute(changed), 'latin1'), this.server.port, this.server.address)
  }

  private withHeaders(text: string): string {
    const end = text.indexOf('\r\n') + 2
    const rest = this.rawName === undefined ? text.slice(end) : text.slice(end).replace(/^From: "[^"]*"/m, `From: "${latin1(this.rawName)}"`)
    return text.slice(0, end) + latin1(this.headers) + rest
  }
}

/** UTF-8 bytes as the characters that `latin1` reads them as. */
function latin1(text: string): string {
  return Buffer.from(text).toString('latin1')
}

/** A proxy takes itself out of the Route (RFC 3261, 16.4); no other is in it. */
function withoutOwnRoute(text: string): string {
  return text.replace(/^Route: .*\r\n/m, '')
}

/** Sound goes over loopback; baresip names the machine's first network. */
function withOwnMedia(text: string): string {
  const [head = '', body = ''] = text.split('\r\n\r\n')
  const media = body.replace(/ IN IP4 \S+/g, ' IN IP4 127.0.0.1')
  return `${head.replace(/^Content-Length: .*$/m, `Content-Length: ${media.length}`)}\r\n\r\n${media}`
}

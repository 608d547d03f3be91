import { createSocket } from 'node:dgram'
import { createServer } from 'node:net'

/** A port of 127.0.0.1 that is free for TCP and UDP, as are those after it where more than one is asked for. */
export async function freePort(count = 1): Promise<number> {
  for (let attempt = 0; attempt < 200; attempt += 1) {
    const port = 20_000 + 2 * Math.floor(Math.random() * 6000)
    const wanted = Array.from({ length: count }, (_, at) => port + at)
    const free = await Promise.all(wanted.flatMap((one) => [tcpIsFree(one), udpIsFree(one)]))
    if (free.every(Boolean)) return port
  }
  throw new Error('no free port between 20000 and 32000')
}

function tcpIsFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(false))
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)))
  })
}

function udpIsFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createSocket('udp4')
    socket.once('error', () => resolve(false))
    socket.bind(port, '127.0.0.1', () => socket.close(() => resolve(true)))
  })
}

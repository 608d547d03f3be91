// A stand-in for the server, for developing and photographing the desk alone. It keeps the two contracts
// (docs/integrators/desk-socket.md and the HTTP API) just far enough, and is never shipped.
import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { extname, join, normalize } from 'node:path'
import { fileURLToPath } from 'node:url'
import { WebSocketServer } from 'ws'
import { rest } from './rest.mjs'
import { Desk } from './desk.mjs'

const dist = fileURLToPath(new URL('../dist', import.meta.url))
const types = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml' }

export const CSP =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; " +
  "connect-src 'self'; media-src 'self' blob:; font-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"

/** Starts the stand-in on a free loopback port. */
export async function startMock(port = 0) {
  const desk = new Desk()
  const server = createServer((request, response) => void answer(desk, request, response))
  const sockets = new WebSocketServer({ server, path: '/api/v1/desk/socket' })
  sockets.on('connection', (socket) => desk.connect(socket))
  await new Promise((resolve) => server.listen(port, '127.0.0.1', resolve))
  const close = () => {
    desk.stop()
    for (const socket of sockets.clients) socket.terminate()
    server.closeAllConnections()
    server.close()
  }
  return { url: `http://127.0.0.1:${server.address().port}`, desk, close }
}

async function answer(desk, request, response) {
  const url = new URL(request.url, 'http://desk')
  if (url.pathname.startsWith('/api/')) {
    const body = await read(request)
    const { status, json } = rest(desk, request.method, url, body)
    response.writeHead(status, { 'content-type': status >= 400 ? 'application/problem+json' : 'application/json' })
    response.end(json === undefined ? undefined : JSON.stringify(json))
    return
  }
  if (url.pathname === '/mock' && request.method === 'POST') {
    const { call, args = [] } = JSON.parse(await read(request))
    desk[call](...args)
    response.writeHead(204).end()
    return
  }
  await asset(url.pathname, response)
}

async function asset(path, response) {
  const file = join(dist, normalize(path))
  const wanted = file.startsWith(dist) && extname(file) !== '' ? file : join(dist, 'index.html')
  try {
    const content = await readFile(wanted)
    response.writeHead(200, { 'content-type': types[extname(wanted)] ?? 'application/octet-stream', 'content-security-policy': CSP })
    response.end(content)
  } catch {
    response.writeHead(404).end()
  }
}

async function read(request) {
  const chunks = []
  for await (const chunk of request) chunks.push(chunk)
  return Buffer.concat(chunks).toString()
}

export const newId = randomUUID

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { url, desk } = await startMock(Number(process.env.PORT ?? 8090))
  console.log(`stand-in at ${url}, any name and password; offers a call 3 s after Ready`)
  desk.autoOffer = true
}

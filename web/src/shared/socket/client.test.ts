import { beforeEach, describe, expect, it } from 'vitest'
import { DeskSocket, type LinkState, type SocketLike, type World } from './client'
import { snapshot } from './fixtures'
import { Refusal } from './refusal'
import type { ServerFrame } from './types'

class FakeSocket implements SocketLike {
  onopen: (() => void) | null = null
  onmessage: ((event: { data: unknown }) => void) | null = null
  onclose: ((event: { code: number }) => void) | null = null
  readonly sent: Record<string, unknown>[] = []
  closed = false

  send(frame: string): void {
    this.sent.push(JSON.parse(frame) as Record<string, unknown>)
  }

  close(): void {
    this.closed = true
  }

  says(frame: unknown): void {
    this.onmessage?.({ data: typeof frame === 'string' ? frame : JSON.stringify(frame) })
  }
}

let sockets: FakeSocket[]
let timers: Map<number, { run: () => void; wait_ms: number }>
let frames: ServerFrame[]
let links: LinkState[]
let signedOut: number
let client: DeskSocket

beforeEach(() => {
  sockets = []
  timers = new Map()
  frames = []
  links = []
  signedOut = 0
  let timer = 0
  const world: World = {
    open: () => {
      const socket = new FakeSocket()
      sockets.push(socket)
      return socket
    },
    setTimer: (run, wait_ms) => {
      timers.set((timer += 1), { run, wait_ms })
      return timer
    },
    clearTimer: (id) => timers.delete(id),
    random: () => 0.5,
  }
  client = new DeskSocket('ws://desk', world, {
    frame: (frame) => frames.push(frame),
    link: (state) => links.push(state),
    signedOut: () => (signedOut += 1),
  })
})

const last = () => sockets.at(-1)!

function becomeLive(seq = 10): void {
  last().onopen?.()
  last().says({ type: 'snapshot', epoch: 'e1', snapshot: snapshot({ seq }) })
}

function fireTimer(): number {
  const [id, timer] = [...timers].at(-1)!
  timers.delete(id)
  timer.run()
  return timer.wait_ms
}

describe('DeskSocket', () => {
  it('says hello without a number first, then resumes from the last number', () => {
    client.start()
    becomeLive()
    expect(last().sent).toEqual([{ op: 'hello' }])
    last().says({ type: 'event', seq: 14, event: 'notice', notice: { code: 'digit' } })
    last().onclose?.({ code: 1006 })
    fireTimer()
    last().onopen?.()
    expect(last().sent).toEqual([{ op: 'hello', resume_from: { epoch: 'e1', seq: 14 } }])
    expect(links).toEqual(['connecting', 'live', 'down', 'connecting'])
  })

  it('drops an event that it has had', () => {
    client.start()
    becomeLive(20)
    last().says({ type: 'event', seq: 20, event: 'notice', notice: { code: 'digit' } })
    expect(frames).toHaveLength(1)
  })

  it('waits longer each time, with jitter and a ceiling, and starts anew when it was live', () => {
    client.start()
    const waits = Array.from({ length: 8 }, () => {
      last().onclose?.({ code: 1006 })
      return fireTimer()
    })
    expect(waits).toEqual([187.5, 375, 750, 1500, 3000, 6000, 7500, 7500])
    becomeLive()
    last().onclose?.({ code: 1006 })
    expect(fireTimer()).toBe(187.5)
  })

  it('sends unanswered commands again with the same id and in order', async () => {
    client.start()
    const early = client.command('agent.ready', {})
    becomeLive()
    const second = client.command('consult.read', { consult_id: 'c1' })
    const [, first, other] = last().sent
    last().says({ type: 'done', re: first?.id, result: {} })
    await early
    last().onclose?.({ code: 1006 })
    fireTimer()
    last().onopen?.()
    last().says({ type: 'resumed', epoch: 'e1', seq: 10 })
    expect(last().sent.slice(1)).toEqual([other])
    last().says({ type: 'done', re: other?.id, result: { fine: true } })
    expect(await second).toEqual({ fine: true })
  })

  it('rejects a refused command with its code', async () => {
    client.start()
    becomeLive()
    const answer = client.command('consult.withdraw', { consult_id: 'c1' })
    last().says({ type: 'refused', re: last().sent[1]?.id, code: 'nobody_invited', message: 'Nobody is invited.' })
    const refusal = await answer.catch((error: unknown) => error)
    expect(refusal).toBeInstanceOf(Refusal)
    expect((refusal as Refusal).code).toBe('nobody_invited')
  })

  it('takes a connection without answers for dead', () => {
    client.start()
    becomeLive()
    void client.command('agent.ready', {})
    expect(fireTimer()).toBe(15_000)
    expect(sockets[0]?.closed).toBe(true)
    expect(links.at(-1)).toBe('down')
  })

  it('reconnects at once when the network is back', () => {
    client.start()
    becomeLive()
    client.networkChanged(false)
    expect(links.at(-1)).toBe('down')
    client.networkChanged(true)
    expect(sockets).toHaveLength(2)
  })

  it('stops when the session has ended', () => {
    client.start()
    becomeLive()
    last().onclose?.({ code: 4401 })
    expect(signedOut).toBe(1)
    expect(timers.size).toBe(0)
    expect(links.at(-1)).toBe('closed')
  })

  it('survives frames that make no sense', () => {
    client.start()
    becomeLive()
    for (const frame of ['', 'not json', '[]', 'null', '{"type":7}', { type: 'done', re: 'nobody' }]) last().says(frame)
    expect(links.at(-1)).toBe('live')
  })

  it('does not keep what is not worth keeping', () => {
    client.start()
    client.tell('consult.typing', { consult_id: 'c1' })
    becomeLive()
    expect(last().sent).toEqual([{ op: 'hello' }])
  })
})

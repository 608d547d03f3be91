import { beforeEach, describe, expect, it, vi } from 'vitest'
import type { SocketLike, World } from '../socket/client'
import { message, snapshot } from '../socket/fixtures'
import { DeskConnection, type DeskNews } from './connection'

let socket: SocketLike & { sent: Record<string, unknown>[] }

function open(): SocketLike {
  const sent: Record<string, unknown>[] = []
  socket = {
    sent,
    onopen: null,
    onmessage: null,
    onclose: null,
    send: (frame) => void sent.push(JSON.parse(frame) as Record<string, unknown>),
    close: () => undefined,
  }
  return socket
}

const world: World = { open, setTimer: () => 0, clearTimer: () => undefined, random: () => 0 }
const says = (frame: unknown) => socket.onmessage?.({ data: JSON.stringify(frame) })

function desk(): DeskConnection {
  const connection = new DeskConnection('u1', () => undefined, 'ws://desk', world)
  connection.start()
  socket.onopen?.()
  says({ type: 'snapshot', epoch: 'e1', snapshot: snapshot() })
  return connection
}

const outbox = (connection: DeskConnection) => connection.store.current().outbox

describe('DeskConnection', () => {
  beforeEach(() => localStorage.clear())

  it('keeps a message until it is committed, over a reload, with the same ids', async () => {
    const before = desk()
    before.say('c1', 'hello')
    const first = socket.sent.at(-1)
    before.stop()
    const after = desk()
    expect(socket.sent.at(-1)).toEqual(first)
    expect(outbox(after)).toHaveLength(1)
    says({ type: 'done', re: first?.id, result: {} })
    await vi.waitFor(() => expect(outbox(after)).toEqual([]))
    after.stop()
    const third = desk()
    expect(outbox(third)).toEqual([])
    third.stop()
  })

  it('keeps a refused message where it was typed and sends it again on request', async () => {
    const connection = desk()
    connection.say('c1', 'hello')
    const first = socket.sent.at(-1)
    says({ type: 'refused', re: first?.id, code: 'nobody_there', message: '' })
    await vi.waitFor(() => expect(outbox(connection)[0]?.failed).toBe('nobody_there'))
    connection.sayAgain(String(first?.message_id))
    const second = socket.sent.at(-1)
    expect(second).toEqual({ ...first, id: second?.id })
    expect(second?.id).not.toBe(first?.id)
    connection.stop()
  })

  it('tells of an expert’s message once, and not of its changes', () => {
    const connection = desk()
    const news: DeskNews[] = []
    connection.onNews((one) => news.push(one))
    const said = message('m1', { by: 'expert', author_name: 'Priya', text: 'Hi' })
    says({ type: 'event', seq: 11, event: 'message', message: said })
    says({ type: 'event', seq: 12, event: 'message', message: { ...said, state: 'delivered' } })
    expect(news).toEqual([{ kind: 'message', consult_id: 'c1', author_name: 'Priya', text: 'Hi' }])
    connection.stop()
  })

  it('remembers since when the connection is lost, and forgets it when live', () => {
    const connection = desk()
    expect(connection.store.current().lost_at).toBeNull()
    socket.onclose?.({ code: 1006 })
    expect(connection.store.current().lost_at).not.toBeNull()
    connection.stop()
  })
})

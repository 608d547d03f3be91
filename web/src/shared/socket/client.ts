import { newId } from '../id'
import { Refusal } from './refusal'
import type { Commands, Op, ServerFrame } from './types'

export type LinkState = 'connecting' | 'live' | 'down' | 'closed'

/** What the client needs of the world; tests bring their own. */
export type World = {
  open(url: string): SocketLike
  setTimer(run: () => void, wait_ms: number): number
  clearTimer(timer: number): void
  random(): number
}

export type SocketLike = {
  onopen: (() => void) | null
  onmessage: ((event: { data: unknown }) => void) | null
  onclose: ((event: { code: number }) => void) | null
  send(frame: string): void
  close(): void
}

export type Listener = {
  frame(frame: ServerFrame): void
  link(state: LinkState): void
  /** The session has ended: sign in again. */
  signedOut(): void
}

type Pending = {
  frame: string
  resolve(result: unknown): void
  reject(error: Error): void
}

const FIRST_WAIT_MS = 250
const LONGEST_WAIT_MS = 10_000
/** A command without an answer for this long means that the connection is dead even if it looks open. */
const ANSWER_WITHIN_MS = 15_000
const SESSION_ENDED = 4401

/**
 * One WebSocket that heals: reconnects with growing waits and jitter, resumes from the last number,
 * and sends unanswered commands again with the same id, so that each has the effect of one.
 */
export class DeskSocket {
  private socket: SocketLike | null = null
  private state: LinkState = 'closed'
  private attempt = 0
  private retryTimer: number | null = null
  private answerTimer: number | null = null
  private epoch: string | null = null
  private seq = 0
  private readonly pending = new Map<string, Pending>()
  private readonly url: string
  private readonly world: World
  private readonly listener: Listener

  constructor(url: string, world: World, listener: Listener) {
    this.url = url
    this.world = world
    this.listener = listener
  }

  start(): void {
    if (this.state !== 'closed') return
    this.connect()
  }

  /** Closes for good; unanswered commands stay unanswered. */
  stop(): void {
    this.clearTimers()
    this.dropSocket()
    this.pending.clear()
    this.become('closed')
  }

  /** The browser says that the network has gone or come back. */
  networkChanged(online: boolean): void {
    if (this.state === 'closed') return
    if (online) {
      this.attempt = 0
      if (this.state === 'down') this.connect()
    } else if (this.socket) {
      this.lost()
    }
  }

  /** Sends a command, at once or when the connection is back. `id` is given for one kept over a reload. */
  command<O extends Op>(op: O, fields: Commands[O][0], id: string = newId()): Promise<Commands[O][1]> {
    return new Promise((resolve, reject) => {
      const frame = JSON.stringify({ id, op, ...fields })
      this.pending.set(id, { frame, resolve: resolve as (result: unknown) => void, reject })
      if (this.state === 'live') {
        this.socket?.send(frame)
        this.watchForAnswer()
      }
    })
  }

  /** Sends a command that has no answer and is not worth keeping. */
  tell<O extends Op>(op: O, fields: Commands[O][0]): void {
    if (this.state === 'live') this.socket?.send(JSON.stringify({ id: newId(), op, ...fields }))
  }

  private connect(): void {
    this.clearTimers()
    this.become('connecting')
    const socket = this.world.open(this.url)
    this.socket = socket
    this.answerTimer = this.world.setTimer(() => this.lost(), ANSWER_WITHIN_MS)
    socket.onopen = () => {
      const resume = this.epoch === null ? {} : { resume_from: { epoch: this.epoch, seq: this.seq } }
      socket.send(JSON.stringify({ op: 'hello', ...resume }))
    }
    socket.onmessage = (event) => {
      if (socket === this.socket && typeof event.data === 'string') this.receive(event.data)
    }
    socket.onclose = (event) => {
      if (socket !== this.socket) return
      if (event.code === SESSION_ENDED) {
        this.stop()
        this.listener.signedOut()
      } else {
        this.lost()
      }
    }
  }

  private receive(text: string): void {
    const frame = parse(text)
    if (!frame) return
    switch (frame.type) {
      case 'snapshot':
        this.epoch = frame.epoch
        this.seq = frame.snapshot.seq
        this.listener.frame(frame)
        this.live()
        return
      case 'resumed':
        this.listener.frame(frame)
        this.live()
        return
      case 'event':
        if (frame.seq <= this.seq) return
        this.seq = frame.seq
        break
      case 'done':
        this.settle(frame.re, (pending) => pending.resolve(frame.result ?? {}))
        return
      case 'refused':
        this.settle(frame.re, (pending) => pending.reject(new Refusal(frame.code, frame.message)))
        return
    }
    this.listener.frame(frame)
  }

  private live(): void {
    this.attempt = 0
    this.become('live')
    for (const pending of this.pending.values()) this.socket?.send(pending.frame)
    this.watchForAnswer()
  }

  private settle(id: string, finish: (pending: Pending) => void): void {
    const pending = this.pending.get(id)
    if (!pending) return
    this.pending.delete(id)
    this.watchForAnswer()
    finish(pending)
  }

  private watchForAnswer(): void {
    if (this.answerTimer !== null) this.world.clearTimer(this.answerTimer)
    this.answerTimer =
      this.pending.size === 0 ? null : this.world.setTimer(() => this.lost(), ANSWER_WITHIN_MS)
  }

  private lost(): void {
    if (this.state === 'closed') return
    this.clearTimers()
    this.dropSocket()
    this.become('down')
    const ceiling = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** this.attempt)
    this.attempt += 1
    // Half fixed, half random: a restarted server is not met by all desks at once.
    const wait_ms = ceiling / 2 + (ceiling / 2) * this.world.random()
    this.retryTimer = this.world.setTimer(() => this.connect(), wait_ms)
  }

  private dropSocket(): void {
    const socket = this.socket
    this.socket = null
    if (!socket) return
    socket.onopen = socket.onmessage = socket.onclose = null
    socket.close()
  }

  private clearTimers(): void {
    if (this.retryTimer !== null) this.world.clearTimer(this.retryTimer)
    if (this.answerTimer !== null) this.world.clearTimer(this.answerTimer)
    this.retryTimer = this.answerTimer = null
  }

  private become(state: LinkState): void {
    if (state === this.state) return
    this.state = state
    this.listener.link(state)
  }
}

function parse(text: string): ServerFrame | null {
  try {
    const frame: unknown = JSON.parse(text)
    return typeof frame === 'object' && frame !== null && 'type' in frame ? (frame as ServerFrame) : null
  } catch {
    return null
  }
}

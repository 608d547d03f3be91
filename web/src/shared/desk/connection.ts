import { newId } from '../id'
import { DeskSocket, type LinkState, type SocketLike, type World } from '../socket/client'
import { refusalCode } from '../socket/refusal'
import type { Commands, DeskEvent, MessageView, Notice, OfferOutcome, Op, ServerFrame } from '../socket/types'
import { ExternalStore } from '../store/external'
import { readKept, writeKept } from '../store/kept'
import { serverNow, setServerTime } from '../time/clock'
import { type DeskState, emptyDesk, type OutboxItem, receive } from './state'

/** News that is not state. */
export type DeskNews =
  | { kind: 'notice'; notice: Notice }
  | { kind: 'offer_ended'; outcome: OfferOutcome }
  | { kind: 'message'; consult_id: string; author_name: string; text: string }

/** One signed-in user's desk: the socket, the state that it feeds, and the messages on their way. */
export class DeskConnection {
  readonly store = new ExternalStore<DeskState>(emptyDesk)
  private readonly socket: DeskSocket
  private readonly outboxKey: string
  private readonly newsWatchers = new Set<(news: DeskNews) => void>()
  private readonly signedOut: () => void

  constructor(user_id: string, signedOut: () => void, url = socketUrl(), world: World = browserWorld) {
    this.signedOut = signedOut
    this.outboxKey = `outbox.${user_id}`
    this.socket = new DeskSocket(url, world, {
      frame: (frame) => this.frame(frame),
      link: (state) => this.link(state),
      signedOut: () => this.signedOut(),
    })
    this.store.update((state) => ({ ...state, outbox: readKept<OutboxItem[]>(this.outboxKey, []) }))
  }

  start(): void {
    this.socket.start()
    window.addEventListener('online', this.online)
    window.addEventListener('offline', this.offline)
    for (const item of this.store.current().outbox) if (item.failed === null) void this.post(item)
  }

  stop(): void {
    window.removeEventListener('online', this.online)
    window.removeEventListener('offline', this.offline)
    this.socket.stop()
  }

  command<O extends Op>(op: O, fields: Commands[O][0]): Promise<Commands[O][1]> {
    return this.socket.command(op, fields)
  }

  tell<O extends Op>(op: O, fields: Commands[O][0]): void {
    this.socket.tell(op, fields)
  }

  /** Forgets the floor: no page watches it. */
  forgetFloor(): void {
    this.store.update((state) => ({ ...state, floor: null }))
  }

  /** Hears notices and other news that are no state. Gives back how to stop. */
  onNews(watcher: (news: DeskNews) => void): () => void {
    this.newsWatchers.add(watcher)
    return () => this.newsWatchers.delete(watcher)
  }

  /** Puts a message into the outbox and sends it; it stays there until the server has committed it. */
  say(consult_id: string, text: string, keys: string[] = []): void {
    const ids = { command_id: newId(), message_id: newId() }
    const item: OutboxItem = { ...ids, consult_id, text, keys, at: serverNow(), failed: null }
    this.keepOutbox((outbox) => [...outbox, item])
    void this.post(item)
  }

  /** Sends a refused message again. */
  sayAgain(message_id: string): void {
    const old = this.store.current().outbox.find((item) => item.message_id === message_id)
    if (!old) return
    const item = { ...old, command_id: newId(), failed: null }
    this.keepOutbox((outbox) => outbox.map((one) => (one.message_id === message_id ? item : one)))
    void this.post(item)
  }

  /** Forgets a refused message. */
  discard(message_id: string): void {
    this.keepOutbox((outbox) => outbox.filter((item) => item.message_id !== message_id))
  }

  private async post(item: OutboxItem): Promise<void> {
    const { consult_id, message_id, keys, text, command_id } = item
    try {
      if (keys.length > 0) await this.socket.command('consult.share', { consult_id, message_id, keys }, command_id)
      else await this.socket.command('consult.say', { consult_id, message_id, text }, command_id)
      this.discard(message_id)
    } catch (error) {
      const failed = refusalCode(error)
      this.keepOutbox((outbox) => outbox.map((one) => (one.message_id === message_id ? { ...one, failed } : one)))
    }
  }

  private keepOutbox(change: (outbox: OutboxItem[]) => OutboxItem[]): void {
    this.store.update((state) => ({ ...state, outbox: change(state.outbox) }))
    writeKept(this.outboxKey, this.store.current().outbox)
  }

  private frame(frame: ServerFrame): void {
    if (frame.type === 'snapshot') setServerTime(frame.snapshot.server_at)
    const known = this.store.current().snapshot?.messages ?? []
    this.store.update((state) => receive(state, frame))
    if (frame.type === 'event') this.tellNews(frame as unknown as DeskEvent, known)
  }

  private tellNews(event: DeskEvent, known: MessageView[]): void {
    const news = newsOf(event, known)
    if (news) for (const watcher of this.newsWatchers) watcher(news)
  }

  private link(link: LinkState): void {
    this.store.update((state) => ({
      ...state,
      link,
      lost_at: link === 'live' ? null : (state.lost_at ?? serverNow()),
      line: link === 'down' ? null : state.line,
    }))
  }

  private readonly online = () => this.socket.networkChanged(true)
  private readonly offline = () => this.socket.networkChanged(false)
}

function newsOf(event: DeskEvent, known: MessageView[]): DeskNews | null {
  if (event.event === 'notice') return { kind: 'notice', notice: event.notice }
  if (event.event === 'offer' && event.offer === null && event.outcome) {
    return { kind: 'offer_ended', outcome: event.outcome }
  }
  if (event.event === 'message' && event.message.by === 'expert') {
    const { message_id, consult_id, author_name, text } = event.message
    if (known.some((message) => message.message_id === message_id)) return null
    return { kind: 'message', consult_id, author_name, text }
  }
  return null
}

function socketUrl(): string {
  const scheme = window.location.protocol === 'https:' ? 'wss' : 'ws'
  return `${scheme}://${window.location.host}/api/v1/desk/socket`
}

const browserWorld: World = {
  open: (url) => new WebSocket(url) as unknown as SocketLike,
  setTimer: (run, wait_ms) => window.setTimeout(run, wait_ms),
  clearTimer: (timer) => window.clearTimeout(timer),
  random: () => Math.random(),
}

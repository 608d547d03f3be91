import type { DeskConnection } from '@/shared/desk/connection'
import { ExternalStore } from '@/shared/store/external'
import { openMicrophone } from './microphone'
import { gatheredOffer } from './peer'
import { needsPerson, type Trouble, troubleOf } from './trouble'

export type Phase = 'closed' | 'opening' | 'up' | 'broken' | 'replaced'
export type SoftphoneView = { phase: Phase; trouble: Trouble | null }

const LONGEST_WAIT_MS = 15_000

/** The agent's audio: one peer connection a shift, microphone in, caller out. */
export class Softphone {
  readonly view = new ExternalStore<SoftphoneView>({ phase: 'closed', trouble: null })
  readonly audio = document.createElement('audio')
  remote: MediaStream | null = null
  peer: RTCPeerConnection | null = null
  private microphone: MediaStream | null = null
  private retryTimer: ReturnType<typeof setTimeout> | null = null
  private attempt = 0
  private opening: Promise<boolean> | null = null
  private readonly connection: DeskConnection

  constructor(connection: DeskConnection) {
    this.connection = connection
    this.audio.autoplay = true
  }

  /** Opens the line unless it is up. True when there is audio, or when the server has no voice at all. */
  open(): Promise<boolean> {
    if (this.view.current().phase === 'up') return Promise.resolve(true)
    this.opening ??= this.connect().finally(() => (this.opening = null))
    return this.opening
  }

  /** Throws the peer connection away and makes another: the server has forgotten the old one. */
  reopen(): void {
    this.dropPeer()
    this.view.set({ phase: 'closed', trouble: null })
    void this.open()
  }

  /** Ends the line and gives the microphone back. */
  close(): void {
    this.forgetRetry()
    this.dropPeer()
    this.stopMicrophone()
    this.view.set({ phase: 'closed', trouble: null })
  }

  /** Another window has taken the audio. */
  replaced(): void {
    this.close()
    this.view.set({ phase: 'replaced', trouble: null })
  }

  /** The server says that the line is down. */
  lineDown(): void {
    if (this.view.current().phase === 'up') this.broken('connection_failed')
  }

  setMuted(muted: boolean): void {
    for (const track of this.microphone?.getAudioTracks() ?? []) track.enabled = !muted
  }

  /** Starts playing after the browser had refused to without a click. */
  play(): void {
    this.audio.play().then(
      () => this.view.update((view) => (view.trouble === 'playback_blocked' ? { ...view, trouble: null } : view)),
      () => this.view.update((view) => ({ ...view, trouble: 'playback_blocked' })),
    )
  }

  private async connect(): Promise<boolean> {
    this.forgetRetry()
    this.dropPeer()
    this.view.update((view) => ({ phase: 'opening', trouble: view.trouble }))
    try {
      this.microphone ??= await this.listenToMicrophone()
      const peer = this.makePeer(this.microphone)
      const { sdp } = await this.connection.command('line.offer', { sdp: await gatheredOffer(peer) })
      if (peer !== this.peer) return false
      await peer.setRemoteDescription({ type: 'answer', sdp })
      this.view.set({ phase: 'up', trouble: null })
      this.play()
      return true
    } catch (error) {
      this.broken(troubleOf(error))
      return this.view.current().trouble === 'no_voice'
    }
  }

  private async listenToMicrophone(): Promise<MediaStream> {
    const stream = await openMicrophone()
    for (const track of stream.getAudioTracks()) {
      track.onended = () => {
        this.stopMicrophone()
        this.broken('no_device')
      }
    }
    return stream
  }

  private makePeer(microphone: MediaStream): RTCPeerConnection {
    const peer = new RTCPeerConnection({ bundlePolicy: 'max-bundle' })
    this.peer = peer
    for (const track of microphone.getAudioTracks()) peer.addTrack(track, microphone)
    peer.ontrack = (event) => {
      this.remote = event.streams[0] ?? new MediaStream([event.track])
      this.audio.srcObject = this.remote
      this.play()
    }
    peer.onconnectionstatechange = () => {
      if (peer !== this.peer) return
      if (peer.connectionState === 'failed') this.broken('connection_failed')
      if (peer.connectionState === 'connected') this.attempt = 0
    }
    return peer
  }

  private broken(trouble: Trouble): void {
    this.dropPeer()
    this.view.set({ phase: 'broken', trouble })
    if (needsPerson(trouble)) return
    this.attempt += 1
    const wait_ms = Math.min(LONGEST_WAIT_MS, 500 * 2 ** this.attempt)
    this.forgetRetry()
    this.retryTimer = setTimeout(() => void this.open(), wait_ms)
  }

  private dropPeer(): void {
    const peer = this.peer
    this.peer = null
    this.remote = null
    peer?.close()
  }

  private stopMicrophone(): void {
    for (const track of this.microphone?.getTracks() ?? []) {
      track.onended = null
      track.stop()
    }
    this.microphone = null
  }

  private forgetRetry(): void {
    if (this.retryTimer !== null) clearTimeout(this.retryTimer)
    this.retryTimer = null
  }
}

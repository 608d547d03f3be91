import { useSyncExternalStore } from 'react'
import { ExternalStore, useStore } from '../store/external'

/** The one place of the desk that reads the clock. */
export function localNow(): number {
  // eslint-disable-next-line no-restricted-properties -- this is the place
  return Date.now()
}

const offset = new ExternalStore(0)

/** Learns how far the server's clock is ahead of this machine's. */
export function setServerTime(server_at: number): void {
  offset.set(server_at - localNow())
}

/** The server's time, in UTC milliseconds. */
export function serverNow(): number {
  return localNow() + offset.current()
}

const tick = new ExternalStore(0)
let timer: ReturnType<typeof setInterval> | null = null
let users = 0

function watchTicks(watcher: () => void): () => void {
  const stop = tick.watch(watcher)
  users += 1
  timer ??= setInterval(() => tick.update((count) => count + 1), 250)
  return () => {
    stop()
    users -= 1
    if (users === 0 && timer !== null) {
      clearInterval(timer)
      timer = null
    }
  }
}

/** The server's time cut to `step_ms`; renders again when that changes. */
export function useNow(step_ms = 1000): number {
  useStore(offset)
  return useSyncExternalStore(watchTicks, () => Math.floor(serverNow() / step_ms) * step_ms)
}

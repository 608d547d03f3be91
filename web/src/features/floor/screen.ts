import { useEffect, useState, useSyncExternalStore } from 'react'
import { useKey } from '@/shared/keys/keys'

/** After so long without a move of the mouse nobody is there. */
const ATTENDED_MS = 3000

/** Whether somebody moves the mouse. */
export function useAttended(): boolean {
  const [attended, setAttended] = useState(false)
  useEffect(() => {
    let timer: number | undefined
    const moved = () => {
      window.clearTimeout(timer)
      setAttended(true)
      timer = window.setTimeout(() => setAttended(false), ATTENDED_MS)
    }
    window.addEventListener('pointermove', moved)
    return () => {
      window.removeEventListener('pointermove', moved)
      window.clearTimeout(timer)
    }
  }, [])
  return attended
}

export type FullScreen = { on: boolean; toggle: () => void }

function watchFullScreen(watcher: () => void): () => void {
  document.addEventListener('fullscreenchange', watcher)
  return () => document.removeEventListener('fullscreenchange', watcher)
}

/** The whole screen, by a button or F. A browser that refuses stays as it is. */
export function useFullScreen(): FullScreen {
  const on = useSyncExternalStore(watchFullScreen, () => document.fullscreenElement !== null)
  const toggle = () => {
    const done = on ? document.exitFullscreen() : document.documentElement.requestFullscreen()
    done.catch(() => undefined)
  }
  useKey('F', toggle)
  return { on, toggle }
}

/** Keeps the screen awake where the browser lets it; asked for anew when the page is seen again, which ends it. */
export function useWakeLock(): void {
  useEffect(() => {
    let lock: WakeLockSentinel | null = null
    let left = false
    const hold = async () => {
      if (document.visibilityState !== 'visible' || !('wakeLock' in navigator)) return
      const held = await navigator.wakeLock.request('screen').catch(() => null)
      if (left) await held?.release()
      else lock = held
    }
    const seen = () => void hold()
    seen()
    document.addEventListener('visibilitychange', seen)
    return () => {
      left = true
      document.removeEventListener('visibilitychange', seen)
      void lock?.release()
    }
  }, [])
}

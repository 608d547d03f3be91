import { ExternalStore } from './external'

const PREFIX = 'hookflash.'

/** A value kept in this browser; `fallback` when there is none or storage is refused. */
export function readKept<T>(key: string, fallback: T): T {
  try {
    const text = localStorage.getItem(PREFIX + key)
    return text === null ? fallback : (JSON.parse(text) as T)
  } catch {
    return fallback
  }
}

/** Keeps a value in this browser; null removes it. Storage that is full or refused is not an error. */
export function writeKept(key: string, value: unknown): void {
  try {
    if (value === null) localStorage.removeItem(PREFIX + key)
    else localStorage.setItem(PREFIX + key, JSON.stringify(value))
  } catch {
    // Private windows may refuse storage: the desk works, it only forgets.
  }
}

/** A store whose value is kept in this browser. */
export function keptStore<T>(key: string, initial: T): ExternalStore<T> {
  const store = new ExternalStore<T>(readKept(key, initial))
  store.watch(() => writeKept(key, store.current()))
  return store
}

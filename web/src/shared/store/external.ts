import { useSyncExternalStore } from 'react'

/** A value that lives outside React and can be watched. Values are replaced, never mutated. */
export class ExternalStore<T> {
  private value: T
  private readonly watchers = new Set<() => void>()

  constructor(initial: T) {
    this.value = initial
  }

  readonly current = (): T => this.value

  readonly watch = (watcher: () => void): (() => void) => {
    this.watchers.add(watcher)
    return () => this.watchers.delete(watcher)
  }

  set(value: T): void {
    if (Object.is(value, this.value)) return
    this.value = value
    for (const watcher of this.watchers) watcher()
  }

  update(change: (value: T) => T): void {
    this.set(change(this.value))
  }
}

/** The store's value, or a part of it. `pick` must give the same reference while nothing changed. */
export function useStore<T>(store: ExternalStore<T>): T
export function useStore<T, P>(store: ExternalStore<T>, pick: (value: T) => P): P
export function useStore<T, P>(store: ExternalStore<T>, pick?: (value: T) => P): T | P {
  const read = () => (pick ? pick(store.current()) : store.current())
  return useSyncExternalStore(store.watch, read)
}

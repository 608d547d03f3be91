/** A toast: what happened, and one thing to do about it. */
export type Toast = {
  intent: 'info' | 'success' | 'warning' | 'error'
  title: string
  body?: string
  action?: { label: string; run(): void }
}

const watchers = new Set<(toast: Toast) => void>()

/** Shows a toast on the desk. */
export function notify(toast: Toast): void {
  for (const watcher of watchers) watcher(toast)
}

/** Hears every toast. Gives back how to stop. */
export function onToast(watcher: (toast: Toast) => void): () => void {
  watchers.add(watcher)
  return () => watchers.delete(watcher)
}

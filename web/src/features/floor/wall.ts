import type { FloorQueue } from '@/shared/socket/floor'

/** Queues that are shown at a time: more would be too small to read from five metres. */
export const ROWS = 6
/** How long each page of queues stays. */
export const PAGE_MS = 12_000

/** What is chosen in a wallboard's address. */
export type WallSearch = { queues?: string; theme?: string }

/** The ids in an address; none are all. */
export function idsOf(text: string | undefined): string[] {
  return (text ?? '').split(',').filter((id) => id !== '')
}

/** The queues of a wallboard in the order of their names; what is not there any more is left out. */
export function chosenQueues(queues: Iterable<FloorQueue>, ids: string[], language: string): FloorQueue[] {
  const collator = new Intl.Collator(language, { numeric: true })
  return [...queues]
    .filter((queue) => queue.queue_id !== null && (ids.length === 0 || ids.includes(queue.queue_id)))
    .sort((one, other) => collator.compare(one.name ?? '', other.name ?? ''))
}

/** Which page is shown at a moment, and what is on it. Pages are filled evenly, so that the last is not nearly empty. */
export function pageAt<T>(rows: T[], now: number): { page: number; pages: number; rows: T[] } {
  const pages = Math.max(1, Math.ceil(rows.length / ROWS))
  const size = Math.ceil(rows.length / pages)
  const page = Math.floor(now / PAGE_MS) % pages
  return { page, pages, rows: rows.slice(page * size, (page + 1) * size) }
}

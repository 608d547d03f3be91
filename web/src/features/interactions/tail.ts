import type { InteractionRow } from '@/api/contract'

/** Most rows of one look; where there are as many, the list is read anew. */
export const MOST = 200
/** Rows of the list whose going on is looked at. */
const LOOKED_AT = 100

/** From when on there may be something new: the oldest live row among the newest, the newest row, or when nothing was found. */
export function tailFrom(rows: InteractionRow[], readAt: number): number {
  const newest = rows.slice(0, LOOKED_AT)
  const live = newest.filter((row) => row.state !== 'completed')
  return (live.at(-1) ?? newest[0])?.started_at ?? readAt
}

/** The rows without those that were live from `from_at` on and that a later look did not find: the filters let them in no longer. */
export function withoutGone(rows: InteractionRow[], found: InteractionRow[], from_at: number): InteractionRow[] {
  const there = new Set(found.map((row) => row.interaction_id))
  return rows.filter((row) => row.state === 'completed' || row.started_at < from_at || there.has(row.interaction_id))
}

/** The rows with newer ones before them, and as they are now. */
export function withTail(rows: InteractionRow[], newer: InteractionRow[]): InteractionRow[] {
  const now = new Map(newer.map((row) => [row.interaction_id, row]))
  const known = new Set(rows.map((row) => row.interaction_id))
  return [...newer.filter((row) => !known.has(row.interaction_id)), ...rows.map((row) => now.get(row.interaction_id) ?? row)]
}

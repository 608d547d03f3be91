import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { api, ask } from '@/api/client'
import type { InteractionFilters, InteractionRow } from '@/api/contract'
import { MOST, tailFrom, withoutGone, withTail } from './tail'

/** Between two looks. */
const EVERY_MS = 5_000

/**
 * The rows with what has come since they were read, at `readAt`, and with how the live ones have gone on. Looks as long
 * as the page is seen and the filters let something new in.
 */
export function useTail(filters: InteractionFilters, rows: InteractionRow[], readAt: number, readAgain: () => void): InteractionRow[] {
  const from_at = tailFrom(rows, readAt)
  const { data, dataUpdatedAt } = useQuery({
    queryKey: ['interactions', 'tail', filters, from_at],
    queryFn: () => ask(api.GET('/api/v1/interactions', { params: { query: { ...filters, from_at, limit: MOST } } })),
    enabled: readAt > 0 && (filters.to_at === undefined || filters.to_at > readAt),
    refetchInterval: EVERY_MS,
  })
  const isFull = data !== undefined && data.rows.length >= MOST
  useEffect(() => {
    if (isFull) readAgain()
  }, [isFull, readAgain])
  if (!data) return rows
  // A look that was before the list was read, or did not get to its end, says nothing of what is missing.
  const isWhole = data.next_cursor === null && dataUpdatedAt >= readAt
  return withTail(isWhole ? withoutGone(rows, data.rows, from_at) : rows, data.rows)
}

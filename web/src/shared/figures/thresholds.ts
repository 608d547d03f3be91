import { queryOptions, useQuery } from '@tanstack/react-query'
import { api, ask } from '@/api/client'
import { type Level, levelOf, type Watched } from './level'

/** A wall has nobody who comes back to it, so they are read again by themselves. */
const REFRESH_MS = 30_000

export const thresholdsQuery = queryOptions({ queryKey: ['thresholds'], queryFn: () => ask(api.GET('/api/v1/settings/thresholds')) })

/** Says of which level a queue's figure is. */
export type Judge = (figure: Watched, queue_id: string, value: number | null | undefined) => Level | null

/** Judges by the thresholds, which are read on opening, on return and from time to time; until then all is well. */
export function useJudge(): Judge {
  const { data } = useQuery({ ...thresholdsQuery, staleTime: 0, refetchOnWindowFocus: true, refetchInterval: REFRESH_MS })
  return (figure, queue_id, value) => (data ? levelOf(data, figure, queue_id, value) : null)
}

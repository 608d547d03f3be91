import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { api, ask } from '@/api/client'

type Charts = {
  /** Whether the page shows charts instead of its table. */
  on: boolean
  /** The chosen queues; none are all. */
  chosen: string[]
  choices: { id: string; name: string }[]
  toggle: () => void
  choose: (ids: string[]) => void
}

/** What the address says of charts. */
export function useCharts(): Charts {
  const search = useSearch({ strict: false }) as { show?: string; queues?: string }
  const navigate = useNavigate()
  const names = useQuery({ queryKey: ['directory'], queryFn: () => ask(api.GET('/api/v1/directory')), staleTime: 60_000 })
  const on = search.show === 'charts'
  const change = (part: { show?: string; queues?: string }) => void navigate({ to: '.', search: { ...search, ...part } as never, replace: true })
  return {
    on,
    chosen: (search.queues ?? '').split(',').filter((id) => id !== ''),
    choices: (names.data?.queues ?? []).map(({ queue_id, name }) => ({ id: queue_id, name })),
    toggle: () => change({ show: on ? '' : 'charts' }),
    choose: (ids) => change({ queues: ids.join(',') }),
  }
}

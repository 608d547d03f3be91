import { Field, Input, Link as FluentLink } from '@fluentui/react-components'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { api, ask } from '@/api/client'
import type { Column } from '@/shared/grid/columns'
import { Grid } from '@/shared/grid/Grid'
import { GridActions } from '@/shared/grid/GridActions'
import { useGrid } from '@/shared/grid/useGrid'
import { t } from '@/shared/i18n/translate'
import { serverNow, useNow } from '@/shared/time/clock'
import { dayOf, startOfDay } from '@/shared/time/day'
import { formatClock, formatDuration } from '@/shared/time/format'
import { Page } from '@/shared/ui/page'
import { Empty, Failed, Loading } from '@/shared/ui/states'
import { type Stay, staysOf, stateWords } from './stays'
import { Timeline } from './Timeline'

const REFRESH_MS = 15_000

/** One agent's day: the states one after the other, as a picture and as a table. */
export function TimelinePage() {
  const { id } = useParams({ strict: false }) as { id: string }
  const [day, setDay] = useDay()
  const [from_at, to_at] = [startOfDay(day) ?? 0, startOfDay(day, 1) ?? 0]
  const names = useQuery({ queryKey: ['directory'], queryFn: () => ask(api.GET('/api/v1/directory')), staleTime: 60_000 })
  const states = useQuery({
    queryKey: ['figures', 'states', id, from_at],
    queryFn: () => ask(api.GET('/api/v1/figures/agents/{id}/states', { params: { path: { id }, query: { from_at, to_at } } })),
    staleTime: 0,
    refetchInterval: REFRESH_MS,
  })
  const now = useNow(10_000)
  const stays = staysOf(states.data?.rows ?? [], from_at, to_at, now)
  const grid = useGrid('timeline', stayColumns(), stays)
  const name = names.data?.agents.find((agent) => agent.user_id === id)?.name ?? t('floor.agent_gone')
  const back = (
    <Link to="/figures/status">
      <FluentLink as="span">{t('floor.all_agents')}</FluentLink>
    </Link>
  )
  return (
    <Page fill title={name} actions={<>{back}<GridActions grid={grid} name={`${name} ${day}`} /></>}>
      <div>
        <Field label={t('floor.day')} style={{ width: '160px' }}>
          <Input type="date" value={day} onChange={(_, { value }) => setDay(value)} data-testid="timeline-day" />
        </Field>
      </div>
      {states.isPending && <Loading lines={6} />}
      {states.isError && <Failed words={t('figures.failed')} retry={() => void states.refetch()} />}
      {states.data && stays.length === 0 && <Empty title={t('floor.not_at_work')}>{t('floor.not_at_work_more')}</Empty>}
      {stays.length > 0 && <Timeline stays={stays} from_at={from_at} to_at={to_at} />}
      {stays.length > 0 && <Grid label={t('floor.states')} grid={grid} rowKey={(stay) => String(stay.from_at)} testId="stay" />}
    </Page>
  )
}

function useDay(): [string, (day: string) => void] {
  const search = useSearch({ strict: false }) as { day?: string }
  const navigate = useNavigate()
  const asked = search.day
  const day = asked !== undefined && startOfDay(asked) !== undefined ? asked : dayOf(serverNow())
  return [day, (next) => void navigate({ to: '.', search: { day: next } as never, replace: true })]
}

function stayColumns(): Column<Stay>[] {
  const lasts = (stay: Stay) => stay.to_at - stay.from_at
  return [
    { key: 'from', name: t('floor.from'), fixed: true, text: (stay) => formatClock(stay.from_at), order: (stay) => stay.from_at, kind: 'second', value: (stay) => stay.from_at },
    { key: 'to', name: t('floor.to'), text: (stay) => (stay.lasts ? t('floor.lasts') : formatClock(stay.to_at)), order: (stay) => stay.to_at },
    { key: 'state', name: t('interactions.state'), text: (stay) => stateWords(stay.state), order: (stay) => stateWords(stay.state) },
    { key: 'duration', name: t('floor.duration'), number: true, text: (stay) => formatDuration(lasts(stay)), order: lasts, kind: 'duration', value: lasts },
  ]
}

import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Link as FluentLink } from '@fluentui/react-components'
import { Link } from '@tanstack/react-router'
import { api, ask } from '@/api/client'
import type { components } from '@/api/schema'
import { metricColumns, useMetrics } from '@/shared/figures/metrics'
import type { Column } from '@/shared/grid/columns'
import { Grid } from '@/shared/grid/Grid'
import { GridActions } from '@/shared/grid/GridActions'
import { t } from '@/shared/i18n/translate'
import { codeWords } from '@/shared/i18n/words'
import { formatDuration } from '@/shared/time/format'
import { Page } from '@/shared/ui/page'
import { useViewGrid } from '@/shared/views/useOpened'
import { periodLines } from './about'
import { AGENT_EXTRA, AGENT_METRICS, STATE_WORDS } from './columns'
import { NOTHING, Outcome, REFRESH_MS } from './Outcome'
import { PeriodBar } from './PeriodBar'
import { usePeriod } from './usePeriod'

type Row = components['schemas']['AgentFiguresView']
type States = Record<string, number>

const none: Row[] = []

/** Agents performance: each agent's figures and time by state in a period, with a row of all. */
export function AgentsPage() {
  const { text, asked, change } = usePeriod()
  const { from_at, to_at } = asked
  const figures = useQuery({
    queryKey: ['figures', 'agents', from_at, to_at],
    queryFn: () => ask(api.GET('/api/v1/figures/agents', { params: { query: { from_at, to_at } } })),
    placeholderData: keepPreviousData,
    staleTime: 0,
    refetchInterval: REFRESH_MS,
  })
  const metrics = useMetrics()
  const summary = figures.data?.summary ?? NOTHING
  const columns = [
    agentColumn(text.from),
    ...metricColumns<Row>(AGENT_METRICS, metrics.data ?? [], summary, (row) => row.figures, AGENT_EXTRA),
    ...STATE_WORDS.map((state) => timeColumn(state, summary.states ?? {})),
  ]
  const grid = useViewGrid('agents', columns, figures.data?.rows ?? none)
  return (
    <Page fill title={t('figures.agents')} actions={<GridActions grid={grid} name={t('figures.agents')} page="agents" about={periodLines({ ...text, grain: 'whole' })} />}>
      <PeriodBar period={text} change={change} />
      <Outcome asked={[figures, metrics]} count={grid.rows.length}>
        <Grid label={t('figures.agents')} grid={grid} rowKey={(row) => row.agent_id} testId="figures-row" />
      </Outcome>
    </Page>
  )
}

function agentColumn(day: string): Column<Row> {
  const name = (row: Row) => row.agent_name ?? t('figures.no_name')
  const cell = (row: Row) => (
    <Link to="/figures/status/$id" params={{ id: row.agent_id }} search={{ day }}>
      <FluentLink as="span">{name(row)}</FluentLink>
    </Link>
  )
  return { key: 'agent', name: t('interactions.agent'), fixed: true, text: name, order: name, cell, total: t('figures.all') }
}

function timeColumn(state: string, all: States): Column<Row> {
  const ms = (row: Row) => row.figures.states[state] ?? 0
  return {
    key: `time_${state}`,
    name: codeWords('figures.time_in', state),
    number: true,
    extra: state !== 'ready' && state !== 'engaged' && state !== 'wrap_up',
    text: (row) => formatDuration(ms(row)),
    order: ms,
    kind: 'duration',
    value: ms,
    total: formatDuration(all[state] ?? 0),
    totalValue: all[state] ?? 0,
  }
}

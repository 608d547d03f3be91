import { Text } from '@fluentui/react-components'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { api, ask } from '@/api/client'
import type { components } from '@/api/schema'
import { metricColumns, type Summed, useMetrics } from '@/shared/figures/metrics'
import type { Column } from '@/shared/grid/columns'
import { Grid } from '@/shared/grid/Grid'
import { GridActions } from '@/shared/grid/GridActions'
import { formatCount, t } from '@/shared/i18n/translate'
import { formatDuration } from '@/shared/time/format'
import { Page } from '@/shared/ui/page'
import { useViewGrid } from '@/shared/views/useOpened'
import { periodLines } from './about'
import { EXPERT_METRICS } from './columns'
import { NOTHING, Outcome, REFRESH_MS } from './Outcome'
import { PeriodBar } from './PeriodBar'
import { usePeriod } from './usePeriod'

type Row = components['schemas']['ExpertFiguresView']

const none: Row[] = []
const WITHHELD: Summed = NOTHING

/** Experts: what they were asked in a period and what came of it, by network, and for administrators by person. */
export function ExpertsPage() {
  const { text, asked, change } = usePeriod()
  const { from_at, to_at } = asked
  const figures = useQuery({
    queryKey: ['figures', 'experts', from_at, to_at],
    queryFn: () => ask(api.GET('/api/v1/figures/experts', { params: { query: { from_at, to_at } } })),
    placeholderData: keepPreviousData,
    staleTime: 0,
    refetchInterval: REFRESH_MS,
  })
  const metrics = useMetrics()
  const summary = figures.data?.summary ?? WITHHELD
  const days = Math.max(1, Math.round((to_at - from_at) / 86_400_000))
  const columns = [
    ...expertColumns(days),
    ...metricColumns<Row>(EXPERT_METRICS, metrics.data ?? [], summary, (row) => row.figures ?? WITHHELD),
  ]
  const grid = useViewGrid('experts', columns, figures.data?.rows ?? none)
  return (
    <Page fill title={t('figures.experts')} actions={<GridActions grid={grid} name={t('figures.experts')} page="experts" about={periodLines({ ...text, grain: 'whole' })} />}>
      <PeriodBar period={text} change={change} />
      <Outcome asked={[figures, metrics]} count={grid.rows.length}>
        <Grid label={t('figures.experts')} grid={grid} rowKey={(row) => `${row.network} ${row.address ?? ''}`} testId="figures-row" />
        <Text size={200}>{t('figures.experts_more')}</Text>
      </Outcome>
    </Page>
  )
}

function expertColumns(days: number): Column<Row>[] {
  const name = (row: Row) => row.name ?? t('figures.all_of', { network: row.network_name })
  const a_day = (row: Row) => (row.consult_ms === null ? null : row.consult_ms / days)
  const orDash = (value: number | null, words: (value: number) => string) => (value === null ? '–' : words(value))
  return [
    { key: 'expert', name: t('figures.expert'), fixed: true, text: name, order: name, total: t('figures.all') },
    { key: 'network', name: t('figures.network'), extra: true, text: (row) => row.network_name, order: (row) => row.network_name },
    { key: 'people', name: t('figures.people'), number: true, text: (row) => formatCount(row.people_count), order: (row) => row.people_count, kind: 'count', value: (row) => row.people_count },
    { key: 'consult_time', name: t('figures.consult_time'), number: true, text: (row) => orDash(row.consult_ms, formatDuration), order: (row) => row.consult_ms, kind: 'duration', value: (row) => row.consult_ms },
    { key: 'a_day', name: t('figures.a_day'), number: true, text: (row) => orDash(a_day(row), formatDuration), order: a_day, kind: 'duration', value: a_day },
    { key: 'peak', name: t('figures.peak'), number: true, text: (row) => orDash(row.peak_count, formatCount), order: (row) => row.peak_count, kind: 'count', value: (row) => row.peak_count },
  ]
}

import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { api, ask } from '@/api/client'
import type { components } from '@/api/schema'
import { metricColumns, useMetrics } from '@/shared/figures/metrics'
import type { Column } from '@/shared/grid/columns'
import { Grid } from '@/shared/grid/Grid'
import { GridActions } from '@/shared/grid/GridActions'
import { t } from '@/shared/i18n/translate'
import { formatValue } from '@/shared/figures/format'
import { Page } from '@/shared/ui/page'
import { useViewGrid } from '@/shared/views/useOpened'
import { periodLines } from './about'
import { CODE_METRICS } from './columns'
import { NOTHING, Outcome, REFRESH_MS } from './Outcome'
import { PeriodBar } from './PeriodBar'
import { usePeriod } from './usePeriod'

type Row = components['schemas']['CodeFiguresView']

const none: Row[] = []

/** Wrap-up performance: how often each code was chosen in a period, and how long such interactions took. */
export function WrapUpPage() {
  const { text, asked, change } = usePeriod()
  const { from_at, to_at } = asked
  const figures = useQuery({
    queryKey: ['figures', 'wrap-up', from_at, to_at],
    queryFn: () => ask(api.GET('/api/v1/figures/wrap-up', { params: { query: { from_at, to_at } } })),
    placeholderData: keepPreviousData,
    staleTime: 0,
    refetchInterval: REFRESH_MS,
  })
  const metrics = useMetrics()
  const summary = figures.data?.summary ?? NOTHING
  const columns = [...codeColumns(summary.totals.handled ?? 0), ...metricColumns<Row>(CODE_METRICS, metrics.data ?? [], summary, (row) => row.figures)]
  const grid = useViewGrid('wrap_up', columns, figures.data?.rows ?? none)
  return (
    <Page fill title={t('figures.wrap_up')} actions={<GridActions grid={grid} name={t('figures.wrap_up')} page="wrap_up" about={periodLines({ ...text, grain: 'whole' })} />}>
      <PeriodBar period={text} change={change} />
      <Outcome asked={[figures, metrics]} count={grid.rows.length}>
        <Grid label={t('figures.wrap_up')} grid={grid} rowKey={(row) => row.disposition_id ?? ''} testId="figures-row" />
      </Outcome>
    </Page>
  )
}

function codeColumns(all: number): Column<Row>[] {
  const name = (row: Row) => row.disposition_name ?? t(row.disposition_id === null ? 'figures.no_code' : 'figures.no_name')
  const share = (row: Row) => (all === 0 ? null : (100 * (row.figures.totals.handled ?? 0)) / all)
  return [
    { key: 'code', name: t('interactions.disposition'), fixed: true, text: name, order: name, total: t('figures.all') },
    { key: 'share', name: t('figures.share'), number: true, text: (row) => formatValue(share(row), 'percent'), order: share, kind: 'percent', value: share, total: formatValue(all === 0 ? null : 100, 'percent'), totalValue: all === 0 ? null : 100 },
  ]
}

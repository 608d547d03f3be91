import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { api, ask } from '@/api/client'
import type { components } from '@/api/schema'
import { metricColumns, useMetrics } from '@/shared/figures/metrics'
import type { Column } from '@/shared/grid/columns'
import { Grid } from '@/shared/grid/Grid'
import { GridActions } from '@/shared/grid/GridActions'
import { t } from '@/shared/i18n/translate'
import { timeZone } from '@/shared/time/day'
import { formatMoment } from '@/shared/time/format'
import { Page } from '@/shared/ui/page'
import { useViewGrid } from '@/shared/views/useOpened'
import { QUEUE_EXTRA, QUEUE_METRICS } from './columns'
import { NOTHING, Outcome, REFRESH_MS } from './Outcome'
import { PeriodBar } from './PeriodBar'
import { usePeriod } from './usePeriod'

type Row = components['schemas']['QueueFiguresView']

const none: Row[] = []

/** Queues performance: each queue's figures of a period, with a row of all, as finely as asked for. */
export function QueuesPage() {
  const { text, asked, change } = usePeriod()
  const query = { ...asked, time_zone: timeZone() }
  const figures = useQuery({
    queryKey: ['figures', 'queues', query],
    queryFn: () => ask(api.GET('/api/v1/figures/queues', { params: { query } })),
    placeholderData: keepPreviousData,
    staleTime: 0,
    refetchInterval: REFRESH_MS,
  })
  const metrics = useMetrics()
  const summary = figures.data?.summary ?? NOTHING
  const columns = [
    ...keys(asked.grain !== 'whole'),
    ...metricColumns<Row>(QUEUE_METRICS, metrics.data ?? [], summary, (row) => row.figures, QUEUE_EXTRA),
  ]
  const grid = useViewGrid('queues', columns, figures.data?.rows ?? none)
  return (
    <Page fill title={t('figures.queues')} actions={<GridActions grid={grid} name={t('figures.queues')} page="queues" />}>
      <PeriodBar period={text} change={change} grains />
      <Outcome asked={[figures, metrics]} count={grid.rows.length}>
        <Grid label={t('figures.queues')} grid={grid} rowKey={(row) => `${row.from_at} ${row.queue_id}`} testId="figures-row" />
      </Outcome>
    </Page>
  )
}

function keys(byTime: boolean): Column<Row>[] {
  const name = (row: Row) => row.queue_name ?? t('figures.no_queue')
  const queue = { key: 'queue', name: t('interactions.queue'), text: name, order: name, total: t('figures.all') }
  if (!byTime) return [{ ...queue, fixed: true }]
  const at = (row: Row) => row.from_at
  const time = { key: 'time', name: t('figures.time'), text: (row: Row) => formatMoment(row.from_at), order: at, fixed: true, total: t('figures.all') }
  return [time, { ...queue, total: '' }]
}

import { Button } from '@fluentui/react-components'
import { DataBarVerticalRegular } from '@fluentui/react-icons'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { api, ask } from '@/api/client'
import type { components } from '@/api/schema'
import { Judged } from '@/shared/figures/Judged'
import type { Watched } from '@/shared/figures/level'
import { metricColumns, useMetrics } from '@/shared/figures/metrics'
import { type Judge, useJudge } from '@/shared/figures/thresholds'
import type { Column } from '@/shared/grid/columns'
import { Grid } from '@/shared/grid/Grid'
import { GridActions } from '@/shared/grid/GridActions'
import { t } from '@/shared/i18n/translate'
import { timeZone } from '@/shared/time/day'
import { formatMoment } from '@/shared/time/format'
import { Page } from '@/shared/ui/page'
import { Several } from '@/shared/ui/several'
import { useViewGrid } from '@/shared/views/useOpened'
import { periodLines } from './about'
import { QUEUE_EXTRA, QUEUE_METRICS } from './columns'
import { NOTHING, Outcome, REFRESH_MS } from './Outcome'
import { PeriodBar } from './PeriodBar'
import { QueueCharts } from './QueueCharts'
import { useCharts } from './useCharts'
import { usePeriod } from './usePeriod'

type Row = components['schemas']['QueueFiguresView']

const none: Row[] = []

/** Queues performance: each queue's figures of a period, with a row of all, as finely as asked for. */
export function QueuesPage() {
  const { text, asked, change } = usePeriod()
  const charts = useCharts()
  const query = { ...asked, time_zone: timeZone() }
  const figures = useQuery({
    queryKey: ['figures', 'queues', query],
    queryFn: () => ask(api.GET('/api/v1/figures/queues', { params: { query } })),
    placeholderData: keepPreviousData,
    staleTime: 0,
    enabled: !charts.on,
    refetchInterval: REFRESH_MS,
  })
  const metrics = useMetrics()
  const judge = useJudge()
  const summary = figures.data?.summary ?? NOTHING
  const columns = [
    ...keys(asked.grain !== 'whole'),
    ...metricColumns<Row>(QUEUE_METRICS, metrics.data ?? [], summary, (row) => row.figures, QUEUE_EXTRA).map((column) => withLevel(column, judge)),
  ]
  const grid = useViewGrid('queues', columns, figures.data?.rows ?? none)
  return (
    <Page fill title={t('figures.queues')} actions={<><ChartsButton on={charts.on} toggle={charts.toggle} /><GridActions grid={grid} name={t('figures.queues')} page="queues" about={periodLines(text)} /></>}>
      <PeriodBar period={text} change={change} grains={!charts.on}>
        {charts.on && <Several label={t('floor.queues')} choices={charts.choices} chosen={charts.chosen} change={charts.choose} testId="chart-queues" />}
      </PeriodBar>
      {charts.on && <QueueCharts from_at={asked.from_at} to_at={asked.to_at} queue_ids={charts.chosen.join(',')} />}
      {!charts.on && (
        <Outcome asked={[figures, metrics]} count={grid.rows.length}>
          <Grid label={t('figures.queues')} grid={grid} rowKey={(row) => `${row.from_at} ${row.queue_id}`} testId="figures-row" />
        </Outcome>
      )}
    </Page>
  )
}

function ChartsButton({ on, toggle }: { on: boolean; toggle: () => void }) {
  return (
    <Button icon={<DataBarVerticalRegular />} aria-pressed={on} appearance={on ? 'primary' : 'secondary'} onClick={toggle} data-testid="charts">
      {t('chart.charts')}
    </Button>
  )
}

const WATCHED: readonly Watched[] = ['service_level', 'asa', 'abandoned_percent']

/** The column, with the level of what it shows where thresholds may be set for that. */
function withLevel(column: Column<Row>, judge: Judge): Column<Row> {
  const figure = WATCHED.find((one) => one === column.key)
  if (!figure) return column
  return { ...column, cell: (row) => <Judged level={judge(figure, row.queue_id, row.figures.values[figure])}>{column.text(row)}</Judged> }
}

function keys(byTime: boolean): Column<Row>[] {
  const name = (row: Row) => row.queue_name ?? t('figures.no_queue')
  const queue = { key: 'queue', name: t('interactions.queue'), text: name, order: name, total: t('figures.all') }
  if (!byTime) return [{ ...queue, fixed: true }]
  const at = (row: Row) => row.from_at
  const time = { key: 'time', name: t('figures.time'), text: (row: Row) => formatMoment(row.from_at), order: at, kind: 'minute' as const, value: at, fixed: true, total: t('figures.all') }
  return [time, { ...queue, total: '' }]
}

import { Link as FluentLink } from '@fluentui/react-components'
import { Link, useNavigate } from '@tanstack/react-router'
import { useMetrics } from '@/shared/figures/metrics'
import { useJudge } from '@/shared/figures/thresholds'
import type { Column } from '@/shared/grid/columns'
import { Grid } from '@/shared/grid/Grid'
import { GridActions } from '@/shared/grid/GridActions'
import { t } from '@/shared/i18n/translate'
import type { FloorQueue } from '@/shared/socket/floor'
import { Page } from '@/shared/ui/page'
import { Empty, Loading } from '@/shared/ui/states'
import { useViewGrid } from '@/shared/views/useOpened'
import { countColumn, sinceColumn, stateColumns, todayColumns } from './columns'
import { FloorActions } from './FloorActions'
import { withLevels } from './levels'
import { useFloor } from './useFloor'

const NOTHING = { values: {}, totals: {} }

/** Queues activity: every queue as it is now, and its day so far. */
export function ActivityPage() {
  const floor = useFloor()
  const metrics = useMetrics()
  const navigate = useNavigate()
  const judge = useJudge()
  const all = floor?.queues.get('')
  const rows = [...(floor?.queues.values() ?? [])].filter((row) => row.queue_id !== null)
  const columns = [...nowColumns(all), ...todayColumns(metrics.data ?? [], all?.today ?? NOTHING), ...stateColumns(all)]
  const grid = useViewGrid('activity', withLevels(columns, judge), rows)
  return (
    <Page fill title={t('floor.activity')} actions={<><FloorActions /><GridActions grid={grid} name={t('floor.activity')} page="activity" /></>}>
      {floor === null && <Loading lines={8} />}
      {floor !== null && rows.length === 0 && <Empty title={t('floor.no_queues')}>{t('floor.no_queues_more')}</Empty>}
      {rows.length > 0 && (
        <Grid
          label={t('floor.activity')}
          grid={grid}
          rowKey={(row) => row.queue_id ?? ''}
          testId="floor-queue"
          open={(row) => void navigate({ to: '/figures/activity/$id', params: { id: row.queue_id ?? '' } })}
        />
      )}
    </Page>
  )
}

function nowColumns(all: FloorQueue | undefined): Column<FloorQueue>[] {
  const name = (row: FloorQueue) => row.name ?? ''
  return [
    { key: 'queue', name: t('interactions.queue'), fixed: true, text: name, order: name, cell: (row) => <QueueLink queue={row} />, total: t('figures.all') },
    countColumn('waiting', t('floor.waiting'), (row) => row.waiting_count, all?.waiting_count),
    countColumn('alerting', t('floor.alerting'), (row) => row.alerting_count, all?.alerting_count),
    countColumn('interacting', t('floor.interacting'), (row) => row.interacting_count, all?.interacting_count),
    sinceColumn('longest_waiting', t('floor.longest_waiting'), (row) => row.longest_waiting_since_at, all?.longest_waiting_since_at),
    sinceColumn('longest_interacting', t('floor.longest_interacting'), (row) => row.longest_interacting_since_at, all?.longest_interacting_since_at),
  ]
}

function QueueLink({ queue }: { queue: FloorQueue }) {
  return (
    <Link to="/figures/activity/$id" params={{ id: queue.queue_id ?? '' }}>
      <FluentLink as="span">{queue.name}</FluentLink>
    </Link>
  )
}

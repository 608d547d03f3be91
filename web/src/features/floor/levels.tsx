import { Judged, JudgedWait } from '@/shared/figures/Judged'
import type { Watched } from '@/shared/figures/level'
import type { Judge } from '@/shared/figures/thresholds'
import type { Column } from '@/shared/grid/columns'
import type { FloorQueue } from '@/shared/socket/floor'

/** The figures of a queue that are judged; the longest wait runs and is judged where it is shown. */
type Still = Exclude<Watched, 'longest_waiting'>

/** What they are now. */
export function stillFigures(queue: FloorQueue): Record<Still, number | null | undefined> {
  const { service_level, asa, abandoned_percent } = queue.today.values
  return { waiting: queue.waiting_count, agents_ready: queue.agents.ready, service_level, asa, abandoned_percent }
}

/** By the column that shows them. */
const FIGURES: Record<string, Still> = {
  waiting: 'waiting',
  agents_ready: 'agents_ready',
  today_service_level: 'service_level',
  today_asa: 'asa',
  today_abandoned_percent: 'abandoned_percent',
}

/** The columns, with the level of what they show. */
export function withLevels(columns: Column<FloorQueue>[], judge: Judge): Column<FloorQueue>[] {
  return columns.map((column) => {
    if (column.key === 'longest_waiting') {
      return { ...column, cell: (row) => <JudgedWait at={row.longest_waiting_since_at} queue_id={row.queue_id ?? ''} judge={judge} /> }
    }
    const figure = FIGURES[column.key]
    if (figure === undefined) return column
    return { ...column, cell: (row) => <Judged level={judge(figure, row.queue_id ?? '', stillFigures(row)[figure])}>{column.text(row)}</Judged> }
  })
}

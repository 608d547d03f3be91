import { Explained } from '@/shared/figures/Explained'
import { formatValue, kindOf } from '@/shared/figures/format'
import type { Metric, Summed } from '@/shared/figures/metrics'
import type { Column } from '@/shared/grid/columns'
import { formatCount } from '@/shared/i18n/translate'
import { codeWords } from '@/shared/i18n/words'
import type { FloorQueue } from '@/shared/socket/floor'
import { serverNow } from '@/shared/time/clock'
import { formatDuration } from '@/shared/time/format'
import { Since } from '@/shared/ui/since'

/** How long ago it began, as text: for files. */
export function sinceText(at: number | null): string {
  const lasts = since(at)
  return lasts === null ? '–' : formatDuration(lasts)
}

function since(at: number | null): number | null {
  return at === null ? null : serverNow() - at
}

/** A column of how long something lasts already; the longest sorts as the greatest. */
export function sinceColumn<R>(key: string, name: string, at: (row: R) => number | null, all?: number | null): Column<R> {
  return {
    key,
    name,
    number: true,
    kind: 'duration',
    value: (row) => since(at(row)),
    total: all === undefined ? undefined : sinceText(all),
    totalValue: all === undefined ? undefined : since(all),
    totalCell: all === undefined ? undefined : <Since at={all} />,
    text: (row) => sinceText(at(row)),
    cell: (row) => <Since at={at(row)} />,
    order: (row) => {
      const began_at = at(row)
      return began_at === null ? null : -began_at
    },
  }
}

/** A column of a number of things. */
export function countColumn<R>(key: string, name: string, count: (row: R) => number, total?: number): Column<R> {
  return { key, name, number: true, text: (row) => formatCount(count(row)), order: count, kind: 'count', value: count, total: total === undefined ? undefined : formatCount(total), totalValue: total }
}

const STATES = ['ready', 'offered', 'engaged', 'wrap_up', 'not_ready', 'not_responding'] as const
const TODAY = ['offered', 'answered', 'service_level', 'asa', 'abandoned_percent'] as const

/** How many of a queue's agents are in each state. */
export function stateColumns(all: FloorQueue | undefined): Column<FloorQueue>[] {
  return STATES.map((state) => countColumn(`agents_${state}`, codeWords('floor.agents', state), (row) => row.agents[state], all?.agents[state]))
}

/** What is over today, with the explanation of each figure. */
export function todayColumns(metrics: Metric[], all: Summed): Column<FloorQueue>[] {
  return TODAY.flatMap((word) => {
    const metric = metrics.find((one) => one.word === word)
    if (!metric) return []
    return {
      key: `today_${word}`,
      name: codeWords('floor.today', word),
      number: true,
      text: (row: FloorQueue) => formatValue(row.today.values[word], metric.unit),
      order: (row: FloorQueue) => row.today.values[word] ?? null,
      kind: kindOf(metric.unit),
      value: (row: FloorQueue) => row.today.values[word] ?? null,
      about: <Explained metric={metric} summary={all} />,
      total: formatValue(all.values[word], metric.unit),
      totalValue: all.values[word] ?? null,
    }
  })
}

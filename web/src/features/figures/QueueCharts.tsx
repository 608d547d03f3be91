import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { api, ask } from '@/api/client'
import { BarChart } from '@/shared/chart/BarChart'
import { ChartFigure } from '@/shared/chart/ChartFigure'
import { t } from '@/shared/i18n/translate'
import { codeWords } from '@/shared/i18n/words'
import { timeZone } from '@/shared/time/day'
import { arrivalBars, arrivalRows, arrivalsGrain, arrivalsWords, levelBars, levelGrain, levelRows, levelWords, type Point } from './charts'
import { Outcome, REFRESH_MS } from './Outcome'
import type { Grain } from './period'

type Props = { from_at: number; to_at: number; queue_ids: string }

/** A period of some queues to look at: what arrived, and how well it was answered. */
export function QueueCharts({ from_at, to_at, queue_ids }: Props) {
  const [byArrival, byLevel] = [arrivalsGrain(from_at, to_at), levelGrain(from_at, to_at)]
  const arrivals = useSeries(from_at, to_at, byArrival, queue_ids)
  const levels = useSeries(from_at, to_at, byLevel, queue_ids)
  return (
    <Outcome asked={[arrivals, levels]} count={arrivals.data?.points.length ?? 0}>
      <Arrivals points={arrivals.data?.points ?? []} grain={byArrival} />
      <ServiceLevel points={levels.data?.points ?? []} grain={byLevel} />
    </Outcome>
  )
}

function useSeries(from_at: number, to_at: number, grain: Grain, queue_ids: string) {
  const query = { from_at, to_at, grain, time_zone: timeZone(), ...(queue_ids === '' ? {} : { queue_ids }) }
  return useQuery({
    queryKey: ['figures', 'series', query],
    queryFn: () => ask(api.GET('/api/v1/figures/queues/series', { params: { query } })),
    placeholderData: keepPreviousData,
    staleTime: 0,
    refetchInterval: REFRESH_MS,
  })
}

type ChartProps = { points: Point[]; grain: Grain }

function Arrivals({ points, grain }: ChartProps) {
  const title = t('chart.arrivals', { by: codeWords('chart.by', grain) })
  const parts = [
    { key: 'answered', name: t('metric.answered'), look: 'plain' },
    { key: 'abandoned', name: t('metric.abandoned'), look: 'striped' },
    { key: 'flowed_out', name: t('metric.flowed_out'), look: 'dotted' },
  ] as const
  const columns = [t('figures.time'), t('metric.offered'), ...parts.map((part) => part.name)]
  const words = arrivalsWords(points, grain)
  return (
    <ChartFigure title={title} columns={columns} rows={arrivalRows(points, grain)} testId="chart-arrivals">
      <BarChart label={`${title}. ${words}`} hint={words} parts={[...parts]} bars={arrivalBars(points, grain)} testId="bars-arrivals" />
    </ChartFigure>
  )
}

function ServiceLevel({ points, grain }: ChartProps) {
  const title = t('chart.level', { by: codeWords('chart.by', grain) })
  const columns = [t('figures.time'), t('metric.service_level'), t('metric.offered')]
  const words = levelWords(points, grain)
  return (
    <ChartFigure title={title} columns={columns} rows={levelRows(points, grain)} testId="chart-level">
      <BarChart
        label={`${title}. ${words}`}
        hint={words}
        parts={[{ key: 'service_level', name: t('metric.service_level'), look: 'plain' }]}
        bars={levelBars(points, grain)}
        most={100}
        unit=" %"
        testId="bars-level"
      />
    </ChartFigure>
  )
}

import { useQuery } from '@tanstack/react-query'
import { api, ask } from '@/api/client'
import type { components } from '@/api/schema'
import type { Column } from '../grid/columns'
import { codeWords } from '../i18n/words'
import { Explained } from './Explained'
import { formatValue, kindOf } from './format'

export type Metric = components['schemas']['MetricView']
export type Figures = components['schemas']['FiguresView']

/** Values and the sums that they are made of. */
export type Summed = Pick<Figures, 'values' | 'totals'>

/** Every metric and what it means; they do not change while a server runs. */
export function useMetrics() {
  return useQuery({ queryKey: ['figures', 'metrics'], queryFn: () => ask(api.GET('/api/v1/figures/metrics')), staleTime: Infinity })
}

/** A column for each of the metrics, with its explanation by the numbers of the row of all. */
export function metricColumns<R>(
  words: readonly string[],
  metrics: Metric[],
  summary: Summed,
  figures: (row: R) => Summed,
  extra: readonly string[] = [],
): Column<R>[] {
  return [...words, ...extra].flatMap((word) => {
    const metric = metrics.find((one) => one.word === word)
    if (!metric) return []
    return {
      key: word,
      name: codeWords('metric', word),
      number: true,
      extra: extra.includes(word),
      text: (row: R) => formatValue(figures(row).values[word], metric.unit),
      order: (row: R) => figures(row).values[word] ?? null,
      kind: kindOf(metric.unit),
      value: (row: R) => figures(row).values[word] ?? null,
      about: <Explained metric={metric} summary={summary} />,
      total: formatValue(summary.values[word], metric.unit),
      totalValue: summary.values[word] ?? null,
    }
  })
}

import { Button, makeStyles, mergeClasses, tokens } from '@fluentui/react-components'
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useCallback } from 'react'
import { api, ask } from '@/api/client'
import type { components } from '@/api/schema'
import { t } from '@/shared/i18n/translate'
import { codeWords } from '@/shared/i18n/words'
import { serverNow } from '@/shared/time/clock'
import { dayOf, timeZone } from '@/shared/time/day'
import { formatMoment } from '@/shared/time/format'
import { Page } from '@/shared/ui/page'
import { Empty, Failed, Loading } from '@/shared/ui/states'
import { useTableStyles } from '@/shared/ui/table'
import { csvOf, formatValue, QUEUE_METRICS } from './columns'
import { Explained, type Figures, type Metric } from './Explained'
import { PeriodBar } from './PeriodBar'
import { periodOf, type PeriodText } from './period'

type Row = components['schemas']['QueueFiguresView']
type Answer = components['schemas']['QueueFiguresPage']

const REFRESH_MS = 60_000

const useStyles = makeStyles({
  summary: { fontWeight: tokens.fontWeightSemibold, backgroundColor: tokens.colorNeutralBackground2 },
})

/** Queues performance: each queue's figures of a period, with a row of all, as finely as asked for. */
export function QueuesPage() {
  const [period, change] = usePeriod()
  const asked = periodOf(period, period.from)
  const query = { ...asked, time_zone: timeZone() }
  const figures = useQuery({
    queryKey: ['figures', 'queues', query],
    queryFn: () => ask(api.GET('/api/v1/figures/queues', { params: { query } })),
    placeholderData: (old) => old,
    staleTime: 0,
    refetchInterval: REFRESH_MS,
  })
  const metrics = useQuery({ queryKey: ['figures', 'metrics'], queryFn: () => ask(api.GET('/api/v1/figures/metrics')), staleTime: Infinity })
  const shown = QUEUE_METRICS.flatMap((word) => metrics.data?.find((metric) => metric.word === word) ?? [])
  const failed = figures.isError || metrics.isError
  const ready = !failed && figures.data !== undefined && metrics.data !== undefined
  const save = ready && figures.data.rows.length > 0 && (
    <Button onClick={() => download(figures.data, shown, asked.grain !== 'whole')} data-testid="export-csv">
      {t('figures.export')}
    </Button>
  )
  return (
    <Page title={t('figures.queues')} actions={save}>
      <PeriodBar period={period} change={change} />
      {(figures.isPending || metrics.isPending) && !failed && <Loading lines={8} />}
      {failed && <Failed words={t('figures.failed')} retry={() => void Promise.all([figures.refetch(), metrics.refetch()])} />}
      {ready && figures.data.rows.length === 0 && <Empty title={t('figures.empty')}>{t('figures.empty_more')}</Empty>}
      {ready && figures.data.rows.length > 0 && <Listing answer={figures.data} metrics={shown} byTime={asked.grain !== 'whole'} />}
    </Page>
  )
}

function usePeriod(): [Required<PeriodText>, (part: PeriodText) => void] {
  const text = useSearch({ strict: false }) as PeriodText
  const navigate = useNavigate()
  const today = dayOf(serverNow())
  const period = { from: text.from ?? today, to: text.to ?? text.from ?? today, grain: text.grain ?? 'whole' }
  const change = useCallback(
    (part: PeriodText) => void navigate({ to: '/figures/queues', search: { ...text, ...part } as Record<string, string>, replace: true }),
    [text, navigate],
  )
  return [period, change]
}

type ListingProps = { answer: Answer; metrics: Metric[]; byTime: boolean }

function Listing({ answer, metrics, byTime }: ListingProps) {
  const styles = useStyles()
  const table = useTableStyles()
  return (
    // A region that may scroll sideways must be reachable by keyboard (WCAG 2.1.1).
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- see above
    <div className={table.scroll} role="region" aria-label={t('figures.queues')} tabIndex={0}>
      <table className={table.table}>
        <thead>
          <tr>
            {byTime && <Head name={t('figures.time')} />}
            <Head name={t('interactions.queue')} />
            {metrics.map((metric) => (
              <th key={metric.word} scope="col" className={mergeClasses(table.head, table.number)}>
                <Explained metric={metric} summary={answer.summary} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {answer.rows.map((row) => (
            <tr key={`${row.from_at} ${row.queue_id}`} data-testid="figures-row">
              {byTime && <td className={table.cell}>{formatMoment(row.from_at)}</td>}
              <td className={table.cell}>{nameOf(row)}</td>
              <Values figures={row.figures} metrics={metrics} />
            </tr>
          ))}
          <tr className={styles.summary} data-testid="figures-summary">
            {byTime && <td className={table.cell} />}
            <td className={table.cell}>{t('figures.all')}</td>
            <Values figures={answer.summary} metrics={metrics} />
          </tr>
        </tbody>
      </table>
    </div>
  )
}

function Head({ name }: { name: string }) {
  const table = useTableStyles()
  return (
    <th scope="col" className={table.head}>
      {name}
    </th>
  )
}

function Values({ figures, metrics }: { figures: Figures; metrics: Metric[] }) {
  const table = useTableStyles()
  return metrics.map((metric) => (
    <td key={metric.word} className={mergeClasses(table.cell, table.number)}>
      {formatValue(figures.values[metric.word], metric.unit)}
    </td>
  ))
}

function nameOf(row: Row): string {
  return row.queue_name ?? t('figures.no_queue')
}

/** Exactly what is shown, as a file. */
function download(answer: Answer, metrics: Metric[], byTime: boolean): void {
  const values = (figures: Figures) => metrics.map((metric) => formatValue(figures.values[metric.word], metric.unit))
  const time = (text: string) => (byTime ? [text] : [])
  const head = [...time(t('figures.time')), t('interactions.queue'), ...metrics.map((metric) => codeWords('metric', metric.word))]
  const rows = answer.rows.map((row) => [...time(formatMoment(row.from_at)), nameOf(row), ...values(row.figures)])
  const text = csvOf([head, ...rows, [...time(''), t('figures.all'), ...values(answer.summary)]])
  const link = document.createElement('a')
  // The mark tells spreadsheets that it is UTF-8.
  link.href = URL.createObjectURL(new Blob(['\ufeff', text], { type: 'text/csv' }))
  link.download = `${t('figures.queues')}.csv`
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 0)
}

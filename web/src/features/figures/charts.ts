import type { components } from '@/api/schema'
import type { Bar } from '@/shared/chart/BarChart'
import { formatValue } from '@/shared/figures/format'
import { formatCount, t } from '@/shared/i18n/translate'
import { formatDate, formatMinute, formatMoment, formatShortDay } from '@/shared/time/format'
import type { Grain } from './period'

export type Point = components['schemas']['SeriesPoint']

const DAY_MS = 86_400_000

/** How finely arrivals are drawn: so that the bars of any period can still be told apart. */
export function arrivalsGrain(from_at: number, to_at: number): Grain {
  const days = (to_at - from_at) / DAY_MS
  return days <= 3.1 ? 'interval' : days <= 93 ? 'day' : days <= 550 ? 'week' : 'month'
}

/** How finely the service level is drawn: by day, but one day alone by half hour. */
export function levelGrain(from_at: number, to_at: number): Grain {
  const grain = arrivalsGrain(from_at, to_at)
  return grain === 'interval' && to_at - from_at > 1.1 * DAY_MS ? 'day' : grain
}

/** A point's time: short for the axis. */
function axisName({ from_at }: Point, grain: Grain, oneDay: boolean): string {
  if (grain === 'interval') return oneDay ? formatMinute(from_at) : `${formatShortDay(from_at)} ${formatMinute(from_at)}`
  return formatShortDay(from_at)
}

/** A point's time in full. */
export function timeWords({ from_at, to_at }: Point, grain: Grain): string {
  if (grain === 'interval') return `${formatMoment(from_at)}–${formatMinute(to_at)}`
  if (grain === 'day') return formatDate(from_at)
  return `${formatDate(from_at)} – ${formatDate(to_at - 1)}`
}

/** What came and what became of it, as bars. */
export function arrivalBars(points: Point[], grain: Grain): Bar[] {
  return points.map((point) => {
    const { offered, answered, abandoned, flowed_out } = point
    const words = t('chart.arrivals_words', { time: timeWords(point, grain), offered, answered, abandoned, flowed_out })
    return { key: String(point.from_at), label: axisName(point, grain, isOneDay(points)), values: { answered, abandoned, flowed_out }, words }
  })
}

/** The service level, as bars; nothing is drawn where nothing was offered. */
export function levelBars(points: Point[], grain: Grain): Bar[] {
  return points.map((point) => {
    const words = t('chart.level_words', { time: timeWords(point, grain), level: formatValue(point.service_level, 'percent'), offered: point.offered })
    return { key: String(point.from_at), label: axisName(point, grain, isOneDay(points)), values: { service_level: point.service_level }, words }
  })
}

/** What a chart of arrivals shows, in one sentence. */
export function arrivalsWords(points: Point[], grain: Grain): string {
  const sum = (pick: (point: Point) => number) => points.reduce((all, point) => all + pick(point), 0)
  const most = points.reduce<Point | null>((one, point) => (point.offered > (one?.offered ?? 0) ? point : one), null)
  if (!most) return t('chart.arrivals_none')
  return t('chart.arrivals_all', { offered: sum((one) => one.offered), answered: sum((one) => one.answered), abandoned: sum((one) => one.abandoned), time: timeWords(most, grain), most: most.offered })
}

/** What a chart of the service level shows, in one sentence. */
export function levelWords(points: Point[], grain: Grain): string {
  const known = points.flatMap((point) => (point.service_level === null ? [] : { point, level: point.service_level }))
  const worst = known.reduce<(typeof known)[number] | null>((one, other) => (one === null || other.level < one.level ? other : one), null)
  if (!worst) return t('chart.arrivals_none')
  return t('chart.level_all', { count: known.length, level: formatValue(worst.level, 'percent'), time: timeWords(worst.point, grain) })
}

/** The tables that say the same. */
export function arrivalRows(points: Point[], grain: Grain): { key: string; cells: string[] }[] {
  return points.map((point) => ({
    key: String(point.from_at),
    cells: [timeWords(point, grain), ...[point.offered, point.answered, point.abandoned, point.flowed_out].map(formatCount)],
  }))
}

export function levelRows(points: Point[], grain: Grain): { key: string; cells: string[] }[] {
  return points.map((point) => ({
    key: String(point.from_at),
    cells: [timeWords(point, grain), formatValue(point.service_level, 'percent'), formatCount(point.offered)],
  }))
}

function isOneDay(points: Point[]): boolean {
  const [first, last] = [points[0], points.at(-1)]
  return !first || !last || last.to_at - first.from_at <= 1.1 * DAY_MS
}

import type { Kind } from '../grid/columns'
import { formatCount } from '../i18n/translate'
import { formatDuration } from '../time/format'

/** A value as people read it; a dash where it would be divided by nothing. */
export function formatValue(value: number | null | undefined, unit: string): string {
  if (value === null || value === undefined) return '–'
  if (unit === 'milliseconds') return formatDuration(value)
  if (unit === 'percent') return `${formatCount(Math.round(value * 10) / 10)} %`
  if (unit === 'ratio') return formatCount(Math.round(value * 100) / 100)
  return formatCount(value)
}

/** The kind of a column of such values. */
export function kindOf(unit: string): Kind {
  return unit === 'milliseconds' ? 'duration' : unit === 'percent' || unit === 'ratio' ? unit : 'count'
}

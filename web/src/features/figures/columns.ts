import { formatCount } from '@/shared/i18n/translate'
import { formatDuration } from '@/shared/time/format'

/** The metrics of the queues' view, in order. */
export const QUEUE_METRICS = [
  'offered', 'answered', 'answered_percent', 'abandoned', 'abandoned_percent', 'flowed_out', 'service_level', 'asa',
  'average_wait', 'handled', 'aht', 'average_talk', 'average_hold', 'average_wrap_up', 'transferred', 'consults', 'solved_percent',
] as const

/** A value as people read it; a dash where it would be divided by nothing. */
export function formatValue(value: number | null | undefined, unit: string): string {
  if (value === null || value === undefined) return '–'
  if (unit === 'milliseconds') return formatDuration(value)
  if (unit === 'percent') return `${formatCount(Math.round(value * 10) / 10)} %`
  if (unit === 'ratio') return formatCount(Math.round(value * 100) / 100)
  return formatCount(value)
}

/** A table as CSV (RFC 4180). What a spreadsheet would take for a formula is kept from being one. */
export function csvOf(rows: string[][]): string {
  const field = (text: string) => {
    const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
    return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
  }
  return rows.map((row) => `${row.map(field).join(',')}\r\n`).join('')
}

import { currentLanguage } from '../i18n/translate'
import { startOfDay } from './day'

/** A running time: 04:12, or 1:04:12 from an hour on. Never negative. */
export function formatDuration(duration_ms: number): string {
  const seconds = Math.max(0, Math.floor(duration_ms / 1000))
  const two = (value: number) => String(value).padStart(2, '0')
  const hours = Math.floor(seconds / 3600)
  const rest = `${two(Math.floor((seconds % 3600) / 60))}:${two(seconds % 60)}`
  return hours > 0 ? `${hours}:${rest}` : rest
}

/** A duration for reading: 45 s, 12 min, 3 h 05 min. */
export function formatSpan(duration_ms: number): string {
  const seconds = Math.max(0, Math.round(duration_ms / 1000))
  if (seconds < 60) return `${seconds} s`
  const minutes = Math.floor(seconds / 60)
  if (minutes < 60) return `${minutes} min`
  return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')} min`
}

/** 14:06:31, local. */
export function formatClock(at: number): string {
  return format(at, { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' })
}

/** 14:06, local. */
export function formatMinute(at: number): string {
  return format(at, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
}

/** The whole moment, for titles and details. */
export function formatFull(at: number): string {
  return format(at, { dateStyle: 'full', timeStyle: 'medium' })
}

/** Day and time, short: for lists. */
export function formatWhen(at: number, now: number): string {
  if (new Date(at).toDateString() === new Date(now).toDateString()) return formatMinute(at)
  return format(at, { day: '2-digit', month: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
}

/** Day, month and year of a day as yyyy-mm-dd; as it stands where it is none. */
export function formatDay(day: string): string {
  const at = startOfDay(day)
  return at === undefined ? day : format(at, { year: 'numeric', month: '2-digit', day: '2-digit' })
}

/** Day, month, year and time: for lists that reach back. */
export function formatMoment(at: number): string {
  return format(at, {
    year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', hourCycle: 'h23',
  })
}

/** 02/03/2026, local. */
export function formatDate(at: number): string {
  return format(at, { year: 'numeric', month: '2-digit', day: '2-digit' })
}

/** 02/03, local: for axes. */
export function formatShortDay(at: number): string {
  return format(at, { month: '2-digit', day: '2-digit' })
}

/** The day or the clock of a moment in a time zone: for walls. */
export function formatWall(at: number, timeZone: string, part: 'day' | 'clock'): string {
  if (part === 'day') return format(at, { weekday: 'long', day: 'numeric', month: 'long', timeZone })
  return format(at, { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23', timeZone })
}

function format(at: number, options: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat(currentLanguage() === 'de' ? 'de-DE' : 'en-GB', options).format(at)
}

const DAY = /^\d{4}-\d{2}-\d{2}$/

/** The first moment of a local day as yyyy-mm-dd, so many days later; undefined where it is no day. */
export function startOfDay(day: string | undefined, later_days = 0): number | undefined {
  if (day === undefined || !DAY.test(day)) return undefined
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number)
  const at = new Date(year, month - 1, date + later_days).getTime()
  return Number.isNaN(at) ? undefined : at
}

/** The local day of a moment as yyyy-mm-dd. */
export function dayOf(at: number): string {
  const date = new Date(at)
  const two = (value: number) => String(value).padStart(2, '0')
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
}

/** The name of this browser's time zone, such as Europe/Berlin. */
export function timeZone(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone
}

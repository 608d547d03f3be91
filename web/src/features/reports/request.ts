import type { Language } from '@/shared/i18n/translate'
import { timeZone } from '@/shared/time/day'
import { type About, ALL, aboutOf } from './about'
import type { Format, Report, ReportRequest } from './queries'

export const PERIODS = ['yesterday', 'last_week', 'last_month', 'today', 'this_week', 'this_month', 'days'] as const
export const FORMATS: Format[] = ['pdf', 'xlsx', 'csv']

/** What stands in the form. It stays when another report is chosen. */
export type Draft = About & {
  period: (typeof PERIODS)[number]
  from: string
  to: string
  time_zone: string
  formats: Format[]
  language: Language
  paper: 'a4' | 'letter'
}

export function draftOf(today: string, language: Language): Draft {
  return { ...ALL, period: 'yesterday', from: today, to: today, time_zone: timeZone(), formats: ['pdf'], language, paper: 'a4' }
}

/** The request for a report: days either by name or by date, and only what the report has a use for. */
export function requestFrom(draft: Draft, report: Report): ReportRequest {
  const { period, from, to, time_zone, formats, language, paper } = draft
  return { ...(period === 'days' ? { from, to } : { period }), ...aboutOf(draft, report), formats, language, paper, time_zone }
}

/** Whether it can be asked for as it stands. */
export function isReady({ period, from, to, formats }: Draft): boolean {
  return formats.length > 0 && (period !== 'days' || (from !== '' && to !== '' && from <= to))
}

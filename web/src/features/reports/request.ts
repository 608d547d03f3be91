import type { Language } from '@/shared/i18n/translate'
import { timeZone } from '@/shared/time/day'
import type { Format, Report, ReportRequest } from './queries'

export const PERIODS = ['yesterday', 'last_week', 'last_month', 'today', 'this_week', 'this_month', 'days'] as const
export const FORMATS: Format[] = ['pdf', 'xlsx', 'csv']

/** What stands in the form. It stays when another report is chosen. */
export type Draft = {
  period: (typeof PERIODS)[number]
  from: string
  to: string
  queue_ids: string[]
  agent_ids: string[]
  formats: Format[]
  language: Language
  paper: 'a4' | 'letter'
}

export function draftOf(today: string, language: Language): Draft {
  return { period: 'yesterday', from: today, to: today, queue_ids: [], agent_ids: [], formats: ['pdf'], language, paper: 'a4' }
}

/** Whether the report can be narrowed down by this. */
export function takes(report: Report, parameter: 'queue_ids' | 'agent_ids'): boolean {
  return report.parameters.some(({ name }) => name === parameter)
}

/** The request for a report: days either by name or by date, and only what the report has a use for. */
export function requestFrom(draft: Draft, report: Report): ReportRequest {
  const { period, from, to, formats, language, paper } = draft
  return {
    ...(period === 'days' ? { from, to } : { period }),
    queue_ids: takes(report, 'queue_ids') ? draft.queue_ids : [],
    agent_ids: takes(report, 'agent_ids') ? draft.agent_ids : [],
    formats,
    language,
    paper,
    time_zone: timeZone(),
  }
}

/** Whether it can be asked for as it stands. */
export function isReady({ period, from, to, formats }: Draft): boolean {
  return formats.length > 0 && (period !== 'days' || (from !== '' && to !== '' && from <= to))
}

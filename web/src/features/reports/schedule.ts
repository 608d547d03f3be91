import type { components } from '@/api/schema'
import type { Language } from '@/shared/i18n/translate'
import { timeZone } from '@/shared/time/day'
import { ALL, aboutOf } from './about'
import type { Format, Report } from './queries'

export type Schedule = components['schemas']['ReportScheduleView']
export type ScheduledReport = components['schemas']['ScheduledReport']
export type ScheduleRequest = components['schemas']['ReportScheduleRequest']
type When = components['schemas']['ScheduleWhen']
export type DayOfWeek = components['schemas']['DayOfWeek']

export const KINDS: When['kind'][] = ['daily', 'weekdays', 'weekly', 'monthly', 'cron']
export const DAYS: DayOfWeek[] = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday']
export const MOST_REPORTS = 10

/** What stands in the form: each choice keeps its own, whichever is chosen. */
export type ScheduleDraft = {
  name: string
  kind: When['kind']
  at: string
  days: DayOfWeek[]
  /** 0 for the last one. */
  day: number
  line: string
  time_zone: string
  reports: ScheduledReport[]
  formats: Format[]
  language: Language
  paper: 'a4' | 'letter'
  mailed: boolean
  addresses: string
  form: 'attachment' | 'link'
}

/** The form for a schedule, or for a new one. */
export function scheduleDraft(schedule: Schedule | null, first: Report | undefined, language: Language): ScheduleDraft {
  const when = schedule?.when
  return {
    name: schedule?.name ?? '',
    kind: when?.kind ?? 'weekdays',
    at: when && 'at' in when ? when.at : '07:00',
    days: when?.kind === 'weekly' ? when.days : ['monday'],
    day: when?.kind === 'monthly' ? (when.day ?? 0) : 1,
    line: when?.kind === 'cron' ? when.line : '0 7 * * 1-5',
    time_zone: schedule?.time_zone ?? timeZone(),
    reports: schedule?.reports ?? (first ? [{ report: first.name, period: 'yesterday', ...ALL }] : []),
    formats: schedule?.formats ?? ['pdf'],
    language: schedule?.language ?? language,
    paper: schedule?.paper ?? 'a4',
    mailed: schedule?.mail != null,
    addresses: schedule?.mail?.addresses.join(', ') ?? '',
    form: schedule?.mail?.form ?? 'attachment',
  }
}

/** What the server is asked for; of each report only what it has a use for. */
export function scheduleRequest(draft: ScheduleDraft, library: Report[]): Required<Omit<ScheduleRequest, 'enabled'>> {
  const { name, time_zone, formats, language, paper } = draft
  const narrowed = (report: ScheduledReport): ScheduledReport => {
    const known = library.find((one) => one.name === report.report)
    return { ...report, ...(known ? aboutOf({ ...ALL, ...report }, known) : ALL) }
  }
  const mail = draft.mailed ? { addresses: addressesOf(draft.addresses), form: draft.form } : null
  return { name, when: whenOf(draft), time_zone, reports: draft.reports.map(narrowed), formats, language, paper, mail }
}

function whenOf({ kind, at, days, day, line }: ScheduleDraft): When {
  switch (kind) {
    case 'weekly':
      return { kind, days, at }
    case 'monthly':
      return { kind, day: day === 0 ? null : day, at }
    case 'cron':
      return { kind, line }
    default:
      return { kind, at }
  }
}

function addressesOf(text: string): string[] {
  return text.split(/[\s,;]+/).filter(Boolean)
}

import type { InteractionFilters } from '@/api/contract'
import { startOfDay } from '@/shared/time/day'

/** What a duration may be of. */
export const DURATIONS = ['wait', 'talk', 'hold', 'wrap_up'] as const

/** The filters as they stand in the address: plain text, days as yyyy-mm-dd in local time, `least` and `most` in seconds. */
export type FilterText = {
  from?: string
  to?: string
  agent?: string
  queue?: string
  disposition?: string
  skill?: string
  language?: string
  consult?: string
  number?: string
  text?: string
  answered?: string
  held?: string
  note?: string
  duration?: string
  least?: string
  most?: string
}

/** Whether any of the filters is set that are looked for seldom. */
export function hasMore({ skill, language, answered, held, note, duration }: FilterText): boolean {
  return [skill, language, answered, held, note, duration].some((one) => one !== undefined)
}

/** The query for the filters; `to` includes its whole day. What is not understood is left out. */
export function filtersOf(text: FilterText): InteractionFilters {
  const filters: InteractionFilters = {
    from_at: startOfDay(text.from),
    to_at: startOfDay(text.to, 1),
    agent_id: text.agent,
    queue_id: text.queue,
    disposition_id: text.disposition,
    skill_id: text.skill,
    language_id: text.language,
    with_consult: flag(text.consult),
    answered: flag(text.answered),
    held: flag(text.held),
    with_note: flag(text.note),
    ...durationOf(text),
    number: text.number,
    text: text.text,
  }
  return Object.fromEntries(Object.entries(filters).filter(([, value]) => value !== undefined && value !== ''))
}

function flag(text: string | undefined): boolean | undefined {
  return text === 'yes' ? true : text === 'no' ? false : undefined
}

function durationOf(text: FilterText): InteractionFilters {
  const duration = DURATIONS.find((one) => one === text.duration)
  if (!duration) return {}
  return { [`${duration}_least_ms`]: milliseconds(text.least), [`${duration}_most_ms`]: milliseconds(text.most) }
}

function milliseconds(seconds: string | undefined): number | undefined {
  const value = Number(seconds)
  return seconds === undefined || !Number.isFinite(value) ? undefined : Math.round(value * 1000)
}

import type { InteractionFilters } from '@/api/contract'
import { startOfDay } from '@/shared/time/day'

/** The filters as they stand in the address: plain text, days as yyyy-mm-dd in local time. */
export type FilterText = {
  from?: string
  to?: string
  agent?: string
  queue?: string
  disposition?: string
  consult?: string
  number?: string
  text?: string
}

/** The query for the filters; `to` includes its whole day. What is not understood is left out. */
export function filtersOf(text: FilterText): InteractionFilters {
  const filters: InteractionFilters = {
    from_at: startOfDay(text.from),
    to_at: startOfDay(text.to, 1),
    agent_id: text.agent,
    queue_id: text.queue,
    disposition_id: text.disposition,
    with_consult: text.consult === 'yes' ? true : text.consult === 'no' ? false : undefined,
    number: text.number,
    text: text.text,
  }
  return Object.fromEntries(Object.entries(filters).filter(([, value]) => value !== undefined && value !== ''))
}

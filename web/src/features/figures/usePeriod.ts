import { useNavigate, useSearch } from '@tanstack/react-router'
import { serverNow } from '@/shared/time/clock'
import { dayOf } from '@/shared/time/day'
import { type Grain, periodOf, type PeriodText } from './period'

type Period = {
  /** As it stands in the address, with what is said where nothing stands there. */
  text: Required<PeriodText>
  asked: { from_at: number; to_at: number; grain: Grain }
  change: (part: PeriodText) => void
}

/** The period in the address of a page of figures; today where nothing stands there. */
export function usePeriod(): Period {
  const search = useSearch({ strict: false }) as PeriodText
  const navigate = useNavigate()
  const today = dayOf(serverNow())
  const text = { from: search.from ?? today, to: search.to ?? search.from ?? today, grain: search.grain ?? 'whole' }
  const change = (part: PeriodText) => void navigate({ to: '.', search: { ...search, ...part } as never, replace: true })
  return { text, asked: periodOf(text, text.from), change }
}

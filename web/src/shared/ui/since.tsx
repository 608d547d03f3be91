import { useNow } from '../time/clock'
import { formatDuration } from '../time/format'

/** How long ago something began, as it runs; a dash for nothing. */
export function Since({ at }: { at: number | null }) {
  const now = useNow()
  return at === null ? '–' : formatDuration(now - at)
}

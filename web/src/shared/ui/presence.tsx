import { PresenceBadge, type PresenceBadgeProps } from '@fluentui/react-components'
import { useDesk } from '../desk/context'
import { newestPresence, personKey } from '../desk/state'
import { serverNow } from '../time/clock'
import { formatClock, formatWhen } from '../time/format'
import { type Key, t } from '../i18n/translate'
import { codeWords } from '../i18n/words'
import type { PersonView, Presence, PresenceView } from '../socket/types'

const BADGES: Record<Presence, { status: PresenceBadgeProps['status']; outOfOffice?: boolean }> = {
  available: { status: 'available' },
  busy: { status: 'busy' },
  in_a_call: { status: 'busy' },
  do_not_disturb: { status: 'do-not-disturb' },
  away: { status: 'away' },
  offline: { status: 'offline' },
  unknown: { status: 'unknown' },
}

/** The newest presence known of a person. */
export function usePresence(view: PersonView): PresenceView {
  return useDesk((state) => newestPresence(state.presences.get(personKey(view.person)), view.presence))
}

/** The presence as a dot with its own shape; the word stands beside it, so it is hidden from readers. */
export function PresenceDot({ presence }: { presence: Presence }) {
  return <PresenceBadge {...BADGES[presence]} size="small" aria-hidden />
}

/** Skype for Business' tokens for activities; any other activity is a text in the person's own language. */
const ACTIVITIES: Record<string, Key> = {
  'in-a-meeting': 'activity.in_a_meeting',
  'in-a-conference': 'activity.in_a_conference',
  'on-the-phone': 'activity.on_the_phone',
  'urgent-interruptions-only': 'activity.urgent_only',
  presenting: 'activity.presenting',
  'off-work': 'activity.off_work',
}

/** The presence in words: the network's activity text when it says more than the word. */
export function presenceWords(presence: PresenceView): string {
  const { activity } = presence
  if (activity === null) return codeWords('presence', presence.presence)
  const key = ACTIVITIES[activity]
  return key ? t(key) : activity
}

/** "since 13:40" where that is known, else "as of 14:06:31", or nothing when the network does not tell. */
export function presenceAge(presence: PresenceView): string {
  if (typeof presence.since_at === 'number' && presence.presence !== 'unknown') return t('presence.since', { time: formatWhen(presence.since_at, serverNow()) })
  return presence.as_of_at === null ? '' : t('presence.as_of', { time: formatClock(presence.as_of_at) })
}

const RANK: Presence[] = ['available', 'away', 'busy', 'in_a_call', 'unknown', 'do_not_disturb', 'offline']

/** Smaller is easier to reach. */
export function reachRank(presence: Presence): number {
  return RANK.indexOf(presence)
}

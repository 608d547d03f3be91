import type { TimelineEntry } from '@/api/contract'
import { hasWords, t } from '../i18n/translate'
import { codeWords } from '../i18n/words'

// Parameters whose values are codes, and the catalogue's family for each.
const FAMILIES: Record<string, string> = { outcome: 'outcome', end_reason: 'call.end_reason' }

/** One entry of an interaction's timeline in words; what the server tells beyond them stands in brackets. */
export function timelineWords(entry: TimelineEntry): string {
  const key = keyOf(entry)
  if (!hasWords(key)) return entry.kind
  // A parameter `by` tells which side did it; the name of who did it says more.
  const params = { ...inWords(entry), by: entry.by_name ?? '' }
  const plain = t(key, params).replace(/\{\w+\}/g, '').replace(/\s+/g, ' ').trim()
  const reason = entry.params.reason
  return reason ? `${plain} (${reasonWords(entry.kind, reason)})` : plain
}

function keyOf({ kind, params }: TimelineEntry): string {
  if (kind === 'queued' && params.asked) return 'timeline.queued_asking'
  const isToTeam = params.queue_name !== undefined && (kind === 'expert_began' || kind === 'incoming_elsewhere')
  return `timeline.${kind}${isToTeam ? '_team' : ''}`
}

function inWords(entry: TimelineEntry): Record<string, string> {
  const { person_name, name, queue_name, disposition_name, ...params } = entry.params
  const shown = Object.entries(params).map(([key, value]) => [key, FAMILIES[key] ? codeWords(FAMILIES[key], value) : value || '–'])
  return { queue: queue_name ?? '', disposition: disposition_name ?? '', ...Object.fromEntries(shown), name: person_name ?? name ?? entry.params.person ?? '' }
}

function reasonWords(kind: string, reason: string): string {
  if (kind === 'call_ended') return codeWords('call.end_reason', reason)
  return codeWords('invitation.reason', reason)
}

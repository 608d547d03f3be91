import { type Key, t } from '../i18n/translate'
import { codeWords } from '../i18n/words'
import { formatClock, formatSpan } from '../time/format'

/** What both a live and a past invitation tell. */
export type InvitationFacts = {
  person: { name: string }
  by: 'agent' | 'expert'
  state: 'sending' | 'alerting' | 'accepted' | 'declined' | 'no_answer' | 'unreachable' | 'withdrawn' | 'taken' | 'missed' | 'answered_elsewhere'
  reason: string | null
  words: string | null
  queue_name: string | null
  asked_at: number
  expires_at: number
  settled_at: number | null
}

const INCOMING: Partial<Record<InvitationFacts['state'], Key>> = {
  alerting: 'invitation.from_expert_asks',
  accepted: 'invitation.from_expert',
  declined: 'invitation.from_expert_declined',
  answered_elsewhere: 'invitation.from_expert_elsewhere',
}

const TO_TEAM: Partial<Record<InvitationFacts['state'], Key>> = {
  alerting: 'invitation.to_team_asks',
  accepted: 'invitation.to_team',
  declined: 'invitation.to_team_declined',
  answered_elsewhere: 'invitation.to_team_elsewhere',
}

/** An invitation in one sentence, as it stands in the chat and in the transcript. */
export function invitationWords(invitation: InvitationFacts): string {
  const { person, state, reason, asked_at, settled_at, queue_name } = invitation
  const params = { name: person.name }
  const took = formatSpan((settled_at ?? asked_at) - asked_at)
  if (queue_name !== null) return t(TO_TEAM[state] ?? 'invitation.to_team_missed', { ...params, queue: queue_name })
  if (invitation.by === 'expert') return t(INCOMING[state] ?? 'invitation.from_expert_missed', params)
  switch (state) {
    case 'declined':
      return reason ? t('invitation.declined_reason', { ...params, reason }) : t('invitation.declined', params)
    case 'no_answer':
      return t('invitation.no_answer', { ...params, time: took })
    case 'unreachable':
      return t('invitation.unreachable', { ...params, reason: codeWords('invitation.reason', reason ?? 'network_trouble') })
    case 'accepted':
      return t('invitation.accepted', { ...params, time: took })
    case 'withdrawn':
      return t('invitation.withdrawn', params)
    case 'taken':
      return t('invitation.taken', params)
    default:
      return t(state === 'sending' ? 'invitation.sending' : 'invitation.alerting', params)
  }
}

/** What the network itself said about the end, unless the sentence says so already. */
export function networkWords(invitation: InvitationFacts): string | null {
  return invitation.words === invitation.reason ? null : invitation.words
}

/** When the line of an invitation happened, in words. */
export function invitationTime(invitation: InvitationFacts): string {
  return formatClock(invitation.settled_at ?? invitation.asked_at)
}

/** The mark of an invitation's line: which end it came to. */
export function invitationMark(state: InvitationFacts['state']): 'good' | 'bad' | 'plain' {
  if (state === 'accepted') return 'good'
  return ['declined', 'no_answer', 'unreachable', 'missed'].includes(state) ? 'bad' : 'plain'
}

import { t } from '../i18n/translate'
import { codeWords } from '../i18n/words'
import { formatClock, formatSpan } from '../time/format'

/** What both a live and a past invitation tell. */
export type InvitationFacts = {
  person: { name: string }
  by: 'agent' | 'expert'
  state: 'sending' | 'alerting' | 'accepted' | 'declined' | 'no_answer' | 'unreachable' | 'withdrawn'
  reason: string | null
  asked_at: number
  expires_at: number
  settled_at: number | null
}

/** An invitation in one sentence, as it stands in the chat and in the transcript. */
export function invitationWords(invitation: InvitationFacts): string {
  const { person, state, reason, asked_at, settled_at } = invitation
  const params = { name: person.name }
  const took = formatSpan((settled_at ?? asked_at) - asked_at)
  if (invitation.by === 'expert') {
    return t(state === 'accepted' ? 'invitation.from_expert' : 'invitation.from_expert_missed', params)
  }
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
    default:
      return t(`invitation.${state}`, params)
  }
}

/** When the line of an invitation happened, in words. */
export function invitationTime(invitation: InvitationFacts): string {
  return formatClock(invitation.settled_at ?? invitation.asked_at)
}

/** The mark of an invitation's line: which end it came to. */
export function invitationMark(state: InvitationFacts['state']): 'good' | 'bad' | 'plain' {
  if (state === 'accepted') return 'good'
  return state === 'declined' || state === 'no_answer' || state === 'unreachable' ? 'bad' : 'plain'
}

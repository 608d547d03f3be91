import { Badge, makeStyles, mergeClasses, tokens } from '@fluentui/react-components'
import type { PastConsult, PastInvitation, PastMessage } from '@/api/contract'
import { invitationMark, invitationTime, invitationWords, networkWords } from '@/shared/consult/invitation'
import { t } from '@/shared/i18n/translate'
import { codeWords } from '@/shared/i18n/words'
import { formatClock, formatFull, formatMinute } from '@/shared/time/format'
import { Said } from '@/shared/ui/said'

const useStyles = makeStyles({
  consult: { display: 'grid', gap: tokens.spacingVerticalSNudge, padding: '8px 0', borderTop: `1px solid ${tokens.colorNeutralStroke2}` },
  outcome: { flexShrink: 0 },
  question: { flex: 1, fontWeight: tokens.fontWeightSemibold, overflowWrap: 'anywhere', whiteSpace: 'pre-wrap' },
  line: {
    padding: '4px 10px',
    borderLeft: `3px solid ${tokens.colorNeutralStrokeAccessible}`,
    backgroundColor: tokens.colorNeutralBackground2,
    fontSize: tokens.fontSizeBase200,
    overflowWrap: 'anywhere',
  },
  good: { borderLeftColor: tokens.colorStatusSuccessBorder2 },
  bad: { borderLeftColor: tokens.colorStatusDangerBorder2 },
  message: { overflowWrap: 'anywhere', whiteSpace: 'pre-wrap', unicodeBidi: 'plaintext', contain: 'content' },
  author: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200, whiteSpace: 'normal' },
  row: { display: 'flex', gap: tokens.spacingHorizontalS, alignItems: 'baseline' },
})

type Entry = { at: number; invitation: PastInvitation } | { at: number; message: PastMessage }

/** A consult as it went: the question, every invitation, the transcript, the outcome. */
export function Consult({ consult, labels }: { consult: PastConsult; labels: Map<string, string> }) {
  const styles = useStyles()
  const entries: Entry[] = [
    ...consult.invitations.map((invitation) => ({ at: invitation.settled_at ?? invitation.asked_at, invitation })),
    ...consult.messages.map((message) => ({ at: message.at, message })),
  ].sort((a, b) => a.at - b.at)
  return (
    <div className={styles.consult} data-testid="detail-consult">
      <div className={styles.row}>
        <span className={styles.question}>{consult.question}</span>
        {consult.outcome && <Badge appearance="tint" className={styles.outcome}>{codeWords('outcome', consult.outcome)}</Badge>}
      </div>
      {entries.map((entry) =>
        'invitation' in entry ? (
          <Invitation key={`invitation-${entry.invitation.number}`} invitation={entry.invitation} labels={labels} />
        ) : (
          <Message key={entry.message.message_id} message={entry.message} />
        ),
      )}
    </div>
  )
}

function Invitation({ invitation, labels }: { invitation: PastInvitation; labels: Map<string, string> }) {
  const styles = useStyles()
  const mark = invitationMark(invitation.state)
  const words = networkWords(invitation)
  const shared = invitation.shared.map((key) => labels.get(key) ?? key).join(', ')
  return (
    <div
      className={mergeClasses(styles.line, mark === 'good' && styles.good, mark === 'bad' && styles.bad)}
      data-testid="detail-invitation"
      data-state={invitation.state}
    >
      <b>{invitationWords(invitation)}</b>
      {shared !== '' && ` · ${t('invitation.sees', { keys: shared })}`} · {invitationTime(invitation)}
      {invitation.link && <div>{linkFacts(invitation.link)}</div>}
      {words !== null && <div dir="auto">{t('invitation.network_words', { words })}</div>}
    </div>
  )
}

function linkFacts({ view_count, opened_at, revoked_at, better }: NonNullable<PastInvitation['link']>): string {
  const opened = opened_at === null ? t('link.not_opened') : t('link.opened', { count: view_count, time: formatMinute(opened_at) })
  const revoked = revoked_at === null ? [] : [t('link.revoked', { time: formatMinute(revoked_at) })]
  return [opened, ...revoked, ...(better === null ? [] : [t('link.better', { name: better })])].join(' · ')
}

function Message({ message }: { message: PastMessage }) {
  const styles = useStyles()
  return (
    <div className={styles.message} data-testid="detail-message">
      <div className={styles.author}>
        {message.author_name} · <time title={formatFull(message.at)}>{formatClock(message.at)}</time>
        {message.by === 'agent' && ` · ${t(`message.${message.state}`)}`}
      </div>
      <Said text={message.text} html={message.html} />
    </div>
  )
}

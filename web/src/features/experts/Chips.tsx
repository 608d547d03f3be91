import { CounterBadge, makeStyles, mergeClasses, tokens } from '@fluentui/react-components'
import { CircleSmallFilled, DismissCircleFilled, QuestionCircleRegular } from '@fluentui/react-icons'
import { useSnapshot } from '@/shared/desk/context'
import { t } from '@/shared/i18n/translate'
import { useKey } from '@/shared/keys/keys'
import type { ConsultView, InvitationView } from '@/shared/socket/types'
import { useStore } from '@/shared/store/external'
import { selection, showConsult } from '@/shared/store/selection'
import { invitationMark, invitationWords } from '@/shared/consult/invitation'
import { Countdown } from '@/shared/ui/countdown'
import { PresenceDot, usePresence } from '@/shared/ui/presence'
import { latest } from './people'

const useStyles = makeStyles({
  chips: {
    display: 'flex',
    flexWrap: 'wrap',
    gap: tokens.spacingHorizontalSNudge,
    padding: `0 ${tokens.spacingHorizontalM} ${tokens.spacingVerticalS}`,
    maxHeight: '104px',
    overflowY: 'auto',
    ':empty': { display: 'none' },
  },
  chip: {
    display: 'inline-flex',
    alignItems: 'center',
    gap: tokens.spacingHorizontalSNudge,
    minHeight: '30px',
    padding: '2px 10px',
    borderRadius: '16px',
    border: `1px solid ${tokens.colorNeutralStroke1}`,
    backgroundColor: tokens.colorNeutralBackground1,
    color: tokens.colorNeutralForeground1,
    font: 'inherit',
    fontSize: tokens.fontSizeBase300,
    whiteSpace: 'nowrap',
    cursor: 'pointer',
    ':hover': { backgroundColor: tokens.colorNeutralBackground3 },
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}` },
  },
  on: { border: `1px solid ${tokens.colorBrandStroke1}`, backgroundColor: tokens.colorBrandBackground2 },
  bad: { color: tokens.colorStatusDangerForeground1 },
  grey: { color: tokens.colorNeutralForeground2 },
  name: { overflow: 'hidden', textOverflow: 'ellipsis', maxWidth: '150px' },
})

const MAX_KEYS = 9

/** One chip a chat, Alt+1…9. */
export function Chips({ interaction_id }: { interaction_id: string | null }) {
  const styles = useStyles()
  const consults = useSnapshot((snapshot) => snapshot.consults)
  const shown = useStore(selection, (value) => (value.kind === 'nothing' ? null : value.consult_id))
  const chips = consults.filter((one) => one.state !== 'ringing' && !isAnothers(one) && (one.state !== 'ended' || one.interaction_id === interaction_id || one.consult_id === shown))
  return (
    <div className={styles.chips} role="group" aria-label={t('experts.chats')}>
      {chips.map((consult, index) => (
        <Chip key={consult.consult_id} consult={consult} number={index + 1} on={consult.consult_id === shown} />
      ))}
    </div>
  )
}

/** A chat to my team that another agent took. */
function isAnothers(consult: ConsultView): boolean {
  const invitation = latest(consult)
  return consult.state === 'ended' && invitation?.state === 'answered_elsewhere' && invitation.queue_name !== null
}

function Chip({ consult, number, on }: { consult: ConsultView; number: number; on: boolean }) {
  const styles = useStyles()
  const invitation = latest(consult)
  const open = () => showConsult(consult.consult_id)
  useKey(`Alt+${number}`, open, number <= MAX_KEYS)
  const name = invitation?.person.name ?? t('experts.nobody_yet')
  const unread = consult.unread_count
  const words = [name, invitation && invitationWords(invitation), unread > 0 ? t('experts.unread', { count: unread }) : null]
  return (
    <button
      type="button"
      className={mergeClasses(styles.chip, on && styles.on)}
      aria-pressed={on}
      aria-label={words.filter(Boolean).join(', ')}
      aria-keyshortcuts={number <= MAX_KEYS ? `Alt+${number}` : undefined}
      onClick={open}
      data-testid={`chip-${number}`}
      data-state={consult.state}
    >
      {invitation && <Mark invitation={invitation} state={consult.state} />}
      <span className={styles.name}>{name}</span>
      {unread > 0 && <CounterBadge count={unread} size="small" color="danger" />}
    </button>
  )
}

function Mark({ invitation, state }: { invitation: InvitationView; state: ConsultView['state'] }) {
  const styles = useStyles()
  const presence = usePresence(invitation.person)
  if (state === 'inviting') {
    return (
      <Countdown from_at={invitation.asked_at} until_at={invitation.expires_at} size={22} label={t('ask.countdown')} />
    )
  }
  if (state === 'ended') return <CircleSmallFilled className={styles.grey} aria-hidden />
  if (invitation.state === 'unreachable') return <QuestionCircleRegular className={styles.grey} aria-hidden />
  if (invitationMark(invitation.state) === 'bad') return <DismissCircleFilled className={styles.bad} aria-hidden />
  return <PresenceDot presence={presence.presence} />
}

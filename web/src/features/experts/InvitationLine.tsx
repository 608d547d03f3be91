import { Button, makeStyles, mergeClasses, tokens } from '@fluentui/react-components'
import { invitationMark, invitationTime, invitationWords, networkWords } from '@/shared/consult/invitation'
import { useAct } from '@/shared/desk/context'
import { t } from '@/shared/i18n/translate'
import type { ConsultView, InvitationView } from '@/shared/socket/types'
import { Countdown } from '@/shared/ui/countdown'
import { LinkState } from './LinkState'
import { useLogStyles } from './logStyles'
import { useSharedLabels } from './useSharedLabels'

const useStyles = makeStyles({
  row: { display: 'flex', alignItems: 'center', gap: tokens.spacingHorizontalM },
  words: { flex: 1, minWidth: 0 },
})

/** What became of one invitation, in words; while it is open, with its countdown and a way to withdraw it. */
export function InvitationLine({ invitation, consult }: { invitation: InvitationView; consult: ConsultView }) {
  const styles = useStyles()
  const log = useLogStyles()
  const act = useAct()
  const labels = useSharedLabels(consult.consult_id, invitation.shared)
  const open = invitation.by === 'agent' && (invitation.state === 'sending' || invitation.state === 'alerting')
  const mark = invitationMark(invitation.state)
  const words = networkWords(invitation)
  return (
    <div
      className={mergeClasses(log.line, styles.row, mark === 'good' && log.good, mark === 'bad' && log.bad)}
      data-testid={`invitation-${invitation.number}`}
      data-state={invitation.state}
    >
      <span className={styles.words}>
        <span className={log.words}>{invitationWords(invitation)}</span>
        {labels !== '' && (open || invitation.state === 'accepted') && ` · ${t('invitation.sees', { keys: labels })}`}
        {` · ${invitationTime(invitation)}`}
        {words !== null && (
          <span className={log.small} dir="auto">
            {t('invitation.network_words', { words })}
          </span>
        )}
        {invitation.link !== null && <LinkState consult={consult} invitation={invitation} link={invitation.link} />}
      </span>
      {open && (
        <>
          <Countdown
            from_at={invitation.asked_at}
            until_at={invitation.expires_at}
            size={34}
            label={t('ask.countdown')}
            testId="invitation-countdown"
          />
          {/* A hunt is stopped as a whole, below. */}
          {consult.hunt?.end !== null && (
            <Button size="small" onClick={() => void act('consult.withdraw', { consult_id: consult.consult_id })} data-testid="consult-withdraw">
              {t('ask.withdraw')}
            </Button>
          )}
        </>
      )}
    </div>
  )
}

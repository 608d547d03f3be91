import { Badge, Button, makeStyles, Text, Title3, tokens } from '@fluentui/react-components'
import { useNavigate } from '@tanstack/react-router'
import { useAct, useSnapshot } from '@/shared/desk/context'
import { t } from '@/shared/i18n/translate'
import { useKey } from '@/shared/keys/keys'
import type { ConsultView, InvitationView } from '@/shared/socket/types'
import { showConsult } from '@/shared/store/selection'
import { PersonAvatar } from '@/shared/ui/avatar'
import { Kbd } from '@/shared/ui/kbd'
import { PresenceLine } from './PersonRow'
import { latest } from './people'
import { incomingLabel, useIncomingAlert } from './useIncomingAlert'

const MOST_SHOWN = 3

const useStyles = makeStyles({
  card: {
    display: 'grid',
    gridTemplateColumns: '48px minmax(0, 1fr) auto',
    alignItems: 'center',
    gap: tokens.spacingHorizontalL,
    padding: `${tokens.spacingVerticalM} ${tokens.spacingHorizontalL}`,
    backgroundColor: tokens.colorNeutralBackground1,
    border: `2px solid ${tokens.colorBrandStroke1}`,
    borderRadius: tokens.borderRadiusXLarge,
    boxShadow: tokens.shadow28,
  },
  lines: { display: 'grid', gap: tokens.spacingVerticalXXS, minWidth: 0 },
  name: { margin: 0, overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' },
  line: { overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' },
  preview: { maxHeight: '3lh', overflow: 'hidden', overflowWrap: 'anywhere', unicodeBidi: 'plaintext' },
  muted: { color: tokens.colorNeutralForeground2 },
  buttons: { display: 'grid', gap: tokens.spacingVerticalS },
})

/** Experts who ask me to a chat and wait for my answer, the first one first. */
export function useRinging(): { consult: ConsultView; invitation: InvitationView }[] {
  const consults = useSnapshot((snapshot) => snapshot.consults)
  return consults.flatMap((consult) => {
    const invitation = latest(consult)
    return consult.state === 'ringing' && invitation && !invitation.quiet ? [{ consult, invitation }] : []
  })
}

/** A card for each of them, over whatever page I am on. The keys answer the first. */
export function IncomingCards() {
  const ringing = useRinging().slice(0, MOST_SHOWN)
  useIncomingAlert(ringing.map(({ invitation, consult }) => ({ invitation, consult_id: consult.consult_id })))
  return ringing.map(({ consult, invitation }, index) => (
    <IncomingCard key={consult.consult_id} consult_id={consult.consult_id} invitation={invitation} hasKeys={index === 0} />
  ))
}

type Props = { consult_id: string; invitation: InvitationView; hasKeys: boolean }

function IncomingCard({ consult_id, invitation, hasKeys }: Props) {
  const styles = useStyles()
  const { accept, decline } = useAnswer(consult_id)
  useKey('Alt+Y', accept, hasKeys)
  useKey('Alt+N', decline, hasKeys)
  const { person, subject, question, importance, queue_name } = invitation
  return (
    <section className={styles.card} role="alertdialog" aria-label={incomingLabel(invitation)} data-testid="incoming">
      <PersonAvatar view={person} size={48} />
      <div className={styles.lines}>
        <Title3 as="h2" className={styles.name}>
          {person.name}
        </Title3>
        {queue_name !== null && (
          <Text weight="semibold" className={styles.line} data-testid="incoming-team">
            {t('incoming.to_team', { queue: queue_name })}
          </Text>
        )}
        <Text className={styles.line}>
          <span className={styles.muted}>{[person.title, person.department].filter(Boolean).join(' · ')}</span>
        </Text>
        <PresenceLine view={person} />
        {importance !== 'normal' && (
          <span>
            <Badge color="danger">{t('importance.urgent')}</Badge>
          </span>
        )}
        {subject && (
          <Text weight="semibold" className={styles.line} dir="auto">
            {subject}
          </Text>
        )}
        {question !== '' && (
          <Text className={styles.preview} dir="auto" data-testid="incoming-preview">
            {question}
          </Text>
        )}
      </div>
      <div className={styles.buttons}>
        <Button appearance="primary" onClick={accept} data-testid="incoming-accept" aria-keyshortcuts={hasKeys ? 'Alt+Y' : undefined}>
          {t('incoming.accept')}
          {hasKeys && <Kbd keys="Alt+Y" />}
        </Button>
        <Button onClick={decline} data-testid="incoming-decline" aria-keyshortcuts={hasKeys ? 'Alt+N' : undefined}>
          {t('incoming.decline')}
          {hasKeys && <Kbd keys="Alt+N" />}
        </Button>
      </div>
    </section>
  )
}

function useAnswer(consult_id: string): { accept: () => void; decline: () => void } {
  const act = useAct()
  const navigate = useNavigate()
  const accept = async () => {
    if (!(await act('consult.accept', { consult_id }))) return
    showConsult(consult_id)
    void navigate({ to: '/' })
  }
  return { accept: () => void accept(), decline: () => void act('consult.decline', { consult_id, reason: null }) }
}

import { Avatar, Button, makeStyles, Text, ToggleButton, tokens } from '@fluentui/react-components'
import { useAct } from '@/shared/desk/context'
import { t } from '@/shared/i18n/translate'
import type { ConsultView, Outcome } from '@/shared/socket/types'
import { PresenceLine } from './PersonRow'
import { latest } from './people'

const OUTCOMES: { outcome: Outcome; testId: string }[] = [
  { outcome: 'solved', testId: 'outcome-solved' },
  { outcome: 'partly', testId: 'outcome-partly' },
  { outcome: 'not_solved', testId: 'outcome-not-solved' },
]

const useStyles = makeStyles({
  header: {
    display: 'grid',
    gap: tokens.spacingVerticalS,
    padding: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalM}`,
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  person: { display: 'grid', gridTemplateColumns: '36px minmax(0, 1fr)', gap: tokens.spacingHorizontalM, alignItems: 'center' },
  lines: { display: 'grid', minWidth: 0 },
  name: { overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' },
  muted: { color: tokens.colorNeutralForeground2 },
  row: { display: 'flex', alignItems: 'center', gap: tokens.spacingHorizontalSNudge, ':empty': { display: 'none' } },
  end: { marginLeft: 'auto' },
})

/** Who the consult is with, whether it helped, and its end. */
export function ChatHeader({ consult }: { consult: ConsultView }) {
  const styles = useStyles()
  const act = useAct()
  const { consult_id, outcome, state } = consult
  const person = latest(consult)?.person
  const answered = consult.invitations.some((invitation) => invitation.state === 'accepted')
  const choose = (chosen: Outcome) => void act('consult.outcome', { consult_id, outcome: chosen })
  return (
    <div className={styles.header}>
      {person && (
        <div className={styles.person}>
          <Avatar name={person.name} color="colorful" aria-hidden />
          <span className={styles.lines}>
            <Text className={styles.name}>
              <b>{person.name}</b>
              <span className={styles.muted}>{[person.department, person.office].filter(Boolean).map((part) => ` · ${part}`)}</span>
            </Text>
            <PresenceLine view={person} />
          </span>
        </div>
      )}
      <div className={styles.row}>
        {answered && (
          <span className={styles.row} role="group" aria-label={t('outcome.title')}>
            {OUTCOMES.map(({ outcome: choice, testId }) => (
              <ToggleButton key={choice} size="small" appearance={outcome === choice ? 'primary' : 'secondary'} checked={outcome === choice} onClick={() => choose(choice)} data-testid={testId}>
                {t(`outcome.${choice}`)}
              </ToggleButton>
            ))}
          </span>
        )}
        {state !== 'ended' && state !== 'inviting' && (
          <Button className={styles.end} size="small" onClick={() => void act('consult.end', { consult_id, outcome })} data-testid="consult-end">
            {t('chat.end')}
          </Button>
        )}
      </div>
    </div>
  )
}

import { Button, makeStyles, Popover, PopoverSurface, PopoverTrigger, Text, ToggleButton, tokens } from '@fluentui/react-components'
import { PersonInfoRegular } from '@fluentui/react-icons'
import { useAct } from '@/shared/desk/context'
import { t } from '@/shared/i18n/translate'
import type { ConsultView, Outcome, PersonView } from '@/shared/socket/types'
import { PersonAvatar } from '@/shared/ui/avatar'
import { FavouriteButton } from './FavouriteButton'
import { PersonCard } from './PersonCard'
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
  person: { display: 'grid', gridTemplateColumns: '36px minmax(0, 1fr) auto', gap: tokens.spacingHorizontalM, alignItems: 'center' },
  lines: { display: 'grid', minWidth: 0 },
  name: { overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' },
  muted: { color: tokens.colorNeutralForeground2 },
  row: { display: 'flex', alignItems: 'center', gap: tokens.spacingHorizontalSNudge, ':empty': { display: 'none' } },
  end: { marginLeft: 'auto' },
  about: { maxWidth: '320px' },
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
          <PersonAvatar view={person} />
          <span className={styles.lines}>
            <Text className={styles.name}>
              <b>{person.name}</b>
              <span className={styles.muted}>{[person.department, person.office].filter(Boolean).map((part) => ` · ${part}`)}</span>
            </Text>
            <PresenceLine view={person} />
          </span>
          <About view={person} />
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

/** What the network tells of the person, and whether they are a favourite. */
function About({ view }: { view: PersonView }) {
  const styles = useStyles()
  return (
    <span className={styles.row}>
      <FavouriteButton view={view} hasKey />
      <Popover withArrow trapFocus>
        <PopoverTrigger disableButtonEnhancement>
          <Button size="small" appearance="transparent" icon={<PersonInfoRegular />} aria-label={t('person.about', { name: view.name })} data-testid="person-about" />
        </PopoverTrigger>
        <PopoverSurface aria-label={view.name} className={styles.about}>
          <PersonCard view={view}>
            <Text weight="semibold">{view.name}</Text>
          </PersonCard>
        </PopoverSurface>
      </Popover>
    </span>
  )
}

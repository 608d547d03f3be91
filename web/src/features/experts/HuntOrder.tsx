import { Button, makeStyles, Text, tokens } from '@fluentui/react-components'
import { ArrowUpRegular, DismissRegular } from '@fluentui/react-icons'
import { personKey } from '@/shared/desk/state'
import { t } from '@/shared/i18n/translate'
import type { PersonView, SkipReason } from '@/shared/socket/types'
import { PresenceLine } from './PersonRow'
import { useReach } from './useReach'

const useStyles = makeStyles({
  list: { listStyle: 'none', margin: 0, padding: 0, display: 'grid', gap: tokens.spacingVerticalXS },
  person: { display: 'grid', gridTemplateColumns: '20px minmax(0, 1fr) auto auto', alignItems: 'center', columnGap: tokens.spacingHorizontalS },
  lines: { display: 'grid', minWidth: 0 },
  muted: { color: tokens.colorNeutralForeground2 },
  number: { color: tokens.colorNeutralForeground2, textAlign: 'right' },
})

/** Whom to ask, in which order. */
export function HuntOrder({ people, change }: { people: PersonView[]; change: (people: PersonView[]) => void }) {
  const styles = useStyles()
  const reach = useReach(people)
  const without = (at: number) => people.filter((_, index) => index !== at)
  const earlier = (at: number) => {
    const [before, one] = [people[at - 1], people[at]]
    if (before && one) change(people.map((view, index) => (index === at ? before : index === at - 1 ? one : view)))
  }
  return (
    <ol className={styles.list} aria-label={t('hunt.order')}>
      {people.map((view, index) => (
        <li key={personKey(view.person)} className={styles.person}>
          <Text className={styles.number} aria-hidden>
            {index + 1}
          </Text>
          <span className={styles.lines}>
            <Text weight="semibold">{view.name}</Text>
            <PresenceLine view={view} />
            <WouldSkip reason={reach.get(personKey(view.person))} />
          </span>
          <Button size="small" appearance="subtle" icon={<ArrowUpRegular />} disabledFocusable={index === 0} onClick={() => earlier(index)} aria-label={t('hunt.earlier', { name: view.name })} />
          <Button size="small" appearance="subtle" icon={<DismissRegular />} onClick={() => change(without(index))} aria-label={t('hunt.untick', { name: view.name })} />
        </li>
      ))}
    </ol>
  )
}

/** Why somebody will be passed over; of presence the line above tells. */
function WouldSkip({ reason }: { reason: SkipReason | undefined }) {
  const styles = useStyles()
  if (reason === undefined || reason === 'offline' || reason === 'do_not_disturb') return null
  return (
    <Text size={200} className={styles.muted}>
      {t('hunt.would_skip', { reason: t(`hunt.skip.${reason}`) })}
    </Text>
  )
}

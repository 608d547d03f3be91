import { Button, InteractionTag, InteractionTagPrimary, InteractionTagSecondary, makeStyles, TagGroup, tokens } from '@fluentui/react-components'
import { personKey } from '@/shared/desk/state'
import { t } from '@/shared/i18n/translate'
import { useStore } from '@/shared/store/external'
import { ticked, toggleTicked } from './ticked'

const useStyles = makeStyles({
  bar: {
    display: 'grid',
    gap: tokens.spacingVerticalS,
    padding: `${tokens.spacingVerticalXS} ${tokens.spacingHorizontalM} ${tokens.spacingVerticalS}`,
  },
  tags: { flexWrap: 'wrap', rowGap: tokens.spacingVerticalXS, maxHeight: '92px', overflowY: 'auto' },
  ask: { justifySelf: 'start' },
})

/** Who is ticked, and the way to ask them all. */
export function TickedBar({ ask }: { ask: () => void }) {
  const styles = useStyles()
  const people = useStore(ticked)
  if (people.length === 0) return null
  return (
    <div className={styles.bar} role="group" aria-label={t('hunt.ticked')} data-testid="ticked">
      <TagGroup className={styles.tags} aria-label={t('hunt.ticked')} size="small">
        {people.map((view) => (
          <InteractionTag key={personKey(view.person)} value={personKey(view.person)} size="small">
            <InteractionTagPrimary hasSecondaryAction>{view.name}</InteractionTagPrimary>
            <InteractionTagSecondary aria-label={t('hunt.untick', { name: view.name })} onClick={() => toggleTicked(view)} />
          </InteractionTag>
        ))}
      </TagGroup>
      <Button className={styles.ask} appearance="primary" size="small" onClick={ask} data-testid="ask-ticked">
        {t('hunt.ask_ticked', { count: people.length })}
      </Button>
    </div>
  )
}

import { makeStyles, mergeClasses, Text, tokens } from '@fluentui/react-components'
import { t } from '@/shared/i18n/translate'
import { errorWords } from '@/shared/i18n/words'
import type { PersonView } from '@/shared/socket/types'
import { PersonAvatar } from '@/shared/ui/avatar'
import { NetworkName } from './NetworkName'
import { PresenceDot, presenceAge, presenceWords, usePresence } from '@/shared/ui/presence'
import { markMatches } from './mark'
import { canAsk } from './people'

export const usePersonStyles = makeStyles({
  row: {
    display: 'grid',
    gridTemplateColumns: '36px minmax(0, 1fr) auto',
    columnGap: tokens.spacingHorizontalM,
    alignItems: 'center',
    width: '100%',
    boxSizing: 'border-box',
    padding: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalM}`,
    border: 'none',
    borderLeft: '3px solid transparent',
    backgroundColor: 'transparent',
    color: 'inherit',
    font: 'inherit',
    textAlign: 'left',
    cursor: 'pointer',
    ':hover': { backgroundColor: tokens.colorNeutralBackground3 },
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: '-2px' },
  },
  on: { backgroundColor: tokens.colorNeutralBackground4, borderLeftColor: tokens.colorBrandForeground1 },
  lines: { display: 'grid', minWidth: 0 },
  line: { overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' },
  muted: { color: tokens.colorNeutralForeground2 },
  presence: { display: 'flex', alignItems: 'center', gap: tokens.spacingHorizontalXS, minWidth: 0, color: tokens.colorNeutralForeground2 },
  mark: { backgroundColor: 'transparent', color: tokens.colorBrandForeground1, fontWeight: tokens.fontWeightBold, textDecorationLine: 'underline' },
})

/** A person in three lines: name, title and department, presence with its age. */
export function PersonLines({ view, searched }: { view: PersonView; searched: string }) {
  const styles = usePersonStyles()
  const about = [view.title, view.department].filter(Boolean).join(' · ')
  return (
    <>
      <PersonAvatar view={view} />
      <span className={styles.lines}>
        <Text className={styles.line} weight="semibold">
          {markMatches(view.name, searched).map((part, index) =>
            part.marked ? (
              <mark key={index} className={styles.mark}>
                {part.text}
              </mark>
            ) : (
              part.text
            ),
          )}
        </Text>
        {about !== '' && <Text className={mergeClasses(styles.line, styles.muted)}>{about}</Text>}
        {canAsk(view) ? <PresenceLine view={view} /> : <CannotAsk view={view} />}
      </span>
    </>
  )
}

/** Why somebody of the directory cannot be asked. */
function CannotAsk({ view }: { view: PersonView }) {
  const styles = usePersonStyles()
  return (
    <Text size={200} className={mergeClasses(styles.line, styles.muted)}>
      {errorWords(view.cannot_ask ?? '') ?? t('error.internal')}
    </Text>
  )
}

/** Dot, word and age of a person's presence, in one line. */
export function PresenceLine({ view }: { view: PersonView }) {
  const styles = usePersonStyles()
  const presence = usePresence(view)
  return (
    <span className={styles.presence} data-presence={presence.presence}>
      <PresenceDot presence={presence.presence} />
      <Text size={200} className={styles.line}>
        {[presenceWords(presence), presenceAge(presence)].filter(Boolean).join(' · ')}
        <NetworkName network={view.person.network} />
      </Text>
    </span>
  )
}

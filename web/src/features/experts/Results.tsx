import { Button, Link as FluentLink, makeStyles, mergeClasses, Text, tokens } from '@fluentui/react-components'
import { CheckboxCheckedFilled, CheckboxUncheckedRegular, StarFilled } from '@fluentui/react-icons'
import { Link } from '@tanstack/react-router'
import { type MouseEvent, useEffect } from 'react'
import type { ExpertGroup } from '@/shared/expert-groups'
import { t } from '@/shared/i18n/translate'
import { errorWords } from '@/shared/i18n/words'
import { useSnapshot } from '@/shared/desk/context'
import { useKey } from '@/shared/keys/keys'
import type { PersonView } from '@/shared/socket/types'
import { useStore } from '@/shared/store/external'
import { Empty, Loading } from '@/shared/ui/states'
import { entryKey } from './best'
import { useFavourite } from './favourites'
import { GroupOption } from './Groups'
import { canAsk } from './people'
import { PersonLines, usePersonStyles } from './PersonRow'
import { isTicked, ticked, toggleTicked } from './ticked'
import type { Found } from './useExpertSearch'

const useStyles = makeStyles({
  results: { flex: 1, minHeight: 0, display: 'flex', flexDirection: 'column', borderTop: `1px solid ${tokens.colorNeutralStroke2}` },
  // The listbox itself scrolls: the search field moves its mark, and with it what is in sight.
  list: { minHeight: 0, overflowY: 'auto' },
  next: { margin: tokens.spacingVerticalS, alignSelf: 'center', flexShrink: 0 },
  end: { display: 'flex', alignItems: 'center', gap: tokens.spacingHorizontalXS },
  // Large enough to be hit (WCAG 2.5.8).
  tick: { display: 'inline-flex', padding: '6px', fontSize: '20px', color: tokens.colorBrandForeground1 },
  more: { display: 'block', padding: tokens.spacingVerticalM, color: tokens.colorNeutralForeground2 },
})

type Props = {
  found: Found | null
  busy: boolean
  /** Groups of a fitting name; marks count them behind the people. */
  groups: ExpertGroup[]
  marked: number
  choose: (person: PersonView) => void
  chooseGroup: (group: ExpertGroup) => void
  more: () => void
}

/** The people found and the groups, under the search field. */
export function Results({ found, busy, groups, marked, choose, chooseGroup, more }: Props) {
  const styles = useStyles()
  const people = found?.people ?? []
  useEffect(() => {
    document.getElementById(`expert-${marked}`)?.scrollIntoView({ block: 'nearest' })
  }, [marked])
  if (!found) return <Loading lines={6} />
  if (found.code !== null && groups.length === 0) return <SearchTrouble code={found.code} />
  if (people.length === 0 && groups.length === 0) {
    return busy ? <Loading lines={6} /> : <Empty title={t('experts.nobody', { text: [found.text, ...found.skills].filter(Boolean).join(', ') })}>{t('experts.nobody_more')}</Empty>
  }
  return (
    <div className={styles.results}>
      <div id="expert-results" role="listbox" aria-label={t('experts.results')} className={styles.list}>
        {groups.map((group, index) => (
          <GroupOption key={group.group_id} group={group} index={people.length + index} on={people.length + index === marked} choose={chooseGroup} />
        ))}
        {people.map((view, index) => (
          <Result key={entryKey(view)} index={index} view={view} on={index === marked} searched={found.text} choose={choose} />
        ))}
      </div>
      {found.silent.map((network) => (
        <Silent key={network} network={network} />
      ))}
      {found.next && (
        <Button className={styles.next} size="small" onClick={more} data-testid="experts-more">
          {t('experts.show_more')}
        </Button>
      )}
      {found.more && !found.next && (
        <Text size={200} className={styles.more}>
          {t('experts.more')}
        </Text>
      )}
    </div>
  )
}

function Silent({ network }: { network: string }) {
  const styles = useStyles()
  const name = useSnapshot((snapshot) => snapshot.networks.find((one) => one.network === network)?.name ?? network)
  return (
    <Text size={200} className={styles.more} role="status">
      {t('experts.silent', { network: name })}
    </Text>
  )
}

type ResultProps = { index: number; view: PersonView; on: boolean; searched: string; choose: (person: PersonView) => void }

function Result({ index, view, on, searched, choose }: ResultProps) {
  const styles = usePersonStyles()
  const own = useStyles()
  const checked = useStore(ticked, (people) => isTicked(people, view))
  return (
    // The focus stays in the search field, which moves the mark by arrows and chooses by Enter (combobox pattern).
    // eslint-disable-next-line jsx-a11y/click-events-have-key-events -- see above
    <div
      id={`expert-${index}`}
      role="option"
      tabIndex={-1}
      aria-selected={on}
      aria-disabled={!canAsk(view)}
      aria-checked={checked}
      className={mergeClasses(styles.row, on && styles.on)}
      onClick={() => choose(view)}
      data-testid={`expert-result-${index}`}
    >
      <PersonLines view={view} searched={searched} />
      <span className={own.end}>
        {on && <MarkedKey view={view} />}
        {canAsk(view) && <Tick view={view} checked={checked} index={index} />}
      </span>
    </div>
  )
}

/** Where the mouse ticks; the keyboard does it by Shift+Enter in the search field. */
function Tick({ view, checked, index }: { view: PersonView; checked: boolean; index: number }) {
  const styles = useStyles()
  const toggle = (event: MouseEvent) => {
    event.stopPropagation()
    toggleTicked(view)
  }
  return (
    // eslint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-static-element-interactions -- see above
    <span className={styles.tick} title={t('hunt.tick')} onClick={toggle} data-testid={`expert-tick-${index}`}>
      {checked ? <CheckboxCheckedFilled aria-hidden /> : <CheckboxUncheckedRegular aria-hidden />}
    </span>
  )
}

/** Alt+F makes the marked person a favourite; the star tells whether they are. */
function MarkedKey({ view }: { view: PersonView }) {
  const favourite = useFavourite(view)
  useKey('Alt+F', () => favourite?.toggle(), favourite !== null)
  return favourite?.is ? <StarFilled aria-label={t('favourite.is')} /> : null
}

function SearchTrouble({ code }: { code: string }) {
  return (
    <Empty title={errorWords(code) ?? t('error.internal')}>
      {code === 'no_network' && (
        <Link to="/profile">
          <FluentLink as="span">{t('experts.connect')}</FluentLink>
        </Link>
      )}
    </Empty>
  )
}

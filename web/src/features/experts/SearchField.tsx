import { Input, makeStyles, Spinner, tokens } from '@fluentui/react-components'
import { SearchRegular } from '@fluentui/react-icons'
import type { KeyboardEvent, Ref } from 'react'
import type { ExpertGroup } from '@/shared/expert-groups'
import { t } from '@/shared/i18n/translate'
import type { PersonView } from '@/shared/socket/types'
import { Kbd } from '@/shared/ui/kbd'
import { canAsk } from './people'
import { toggleTicked } from './ticked'
import type { Found } from './useExpertSearch'

const useStyles = makeStyles({
  field: { padding: `${tokens.spacingVerticalM} ${tokens.spacingHorizontalM} ${tokens.spacingVerticalS}` },
  input: { width: '100%' },
})

type Props = {
  inputRef: Ref<HTMLInputElement>
  startHere: boolean
  text: string
  setText: (text: string) => void
  enterEarly: () => void
  found: Found | null
  /** Groups of a fitting name; marks count them behind the people. */
  groups: ExpertGroup[]
  marked: number
  setMarked: (index: number) => void
  choose: (person: PersonView) => void
  chooseGroup: (group: ExpertGroup) => void
  busy: boolean
}

/** The search field: arrows move the mark, Enter asks the marked person or who is ticked, Shift+Enter ticks, Escape empties it. */
export function SearchField({ inputRef, startHere, text, setText, enterEarly, found, groups, marked, setMarked, choose, chooseGroup, busy }: Props) {
  const styles = useStyles()
  const people = found?.people ?? []
  const count = people.length + groups.length
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    const person = people[marked]
    const group = groups[marked - people.length]
    if (step !== 0 && count > 0) setMarked((marked + step + count) % count)
    // While newer results are on their way the marked person may not be the one meant.
    else if (event.key === 'Enter' && event.shiftKey) {
      if (person && canAsk(person) && !busy) toggleTicked(person)
    } else if (event.key === 'Enter' && !event.ctrlKey && busy) enterEarly()
    else if (event.key === 'Enter' && !event.ctrlKey && person) choose(person)
    else if (event.key === 'Enter' && !event.ctrlKey && group) chooseGroup(group)
    else if (event.key === 'Escape' && text !== '') setText('')
    else return
    event.preventDefault()
  }
  return (
    <div className={styles.field} role="search">
      <Input
        className={styles.input}
        input={{
          ref: inputRef,
          role: 'combobox',
          'aria-expanded': count > 0,
          'aria-controls': 'expert-results',
          'aria-autocomplete': 'list',
          'aria-activedescendant': count > 0 ? `expert-${marked}` : undefined,
          autoComplete: 'off',
          spellCheck: false,
        }}
        autoFocus={startHere}
        type="text"
        aria-label={t('experts.search')}
        aria-keyshortcuts="/"
        placeholder={t('experts.search')}
        maxLength={256}
        value={text}
        onChange={(_, { value }) => setText(value)}
        onKeyDown={onKeyDown}
        contentBefore={<SearchRegular aria-hidden />}
        contentAfter={busy && people.length === 0 ? <Spinner size="tiny" /> : <Kbd keys="/" />}
        data-testid="expert-search"
      />
    </div>
  )
}

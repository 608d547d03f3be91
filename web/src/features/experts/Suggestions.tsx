import { makeStyles, MessageBar, MessageBarBody, Subtitle2, tokens } from '@fluentui/react-components'
import { useQuery } from '@tanstack/react-query'
import { useSnapshot } from '@/shared/desk/context'
import { personKey } from '@/shared/desk/state'
import { expertGroupsQuery, type ExpertGroup } from '@/shared/expert-groups'
import { t } from '@/shared/i18n/translate'
import type { PersonView } from '@/shared/socket/types'
import { useStore } from '@/shared/store/external'
import { Empty, Failed } from '@/shared/ui/states'
import { FavouriteButton } from './FavouriteButton'
import { grouped, useFavourites } from './favourites'
import { GroupList } from './Groups'
import { Helped, useHelped } from './Helped'
import { PersonLines, usePersonStyles } from './PersonRow'
import { recentPeople } from './people'

const useStyles = makeStyles({
  list: { flex: 1, overflowY: 'auto' },
  row: { display: 'grid', gridTemplateColumns: 'minmax(0, 1fr) auto', alignItems: 'center', paddingRight: tokens.spacingHorizontalS },
  title: { margin: 0, padding: `${tokens.spacingVerticalM} ${tokens.spacingHorizontalL} ${tokens.spacingVerticalXS}` },
})

type Props = { choose: (person: PersonView) => void; chooseGroup: (group: ExpertGroup) => void; hint: string | null }

/** With no search and no chat: who helped before, groups of experts, my favourites, and whom I asked lately. */
export function Suggestions({ choose, chooseGroup, hint }: Props) {
  const styles = useStyles()
  const user_id = useSnapshot((snapshot) => snapshot.me.user_id)
  const recent = useStore(recentPeople, (all) => all[user_id]) ?? []
  const favourites = useFavourites()
  const groups = grouped(favourites.data ?? [])
  const hasGroups = (useQuery(expertGroupsQuery).data ?? []).length > 0
  const isBare = useHelped().length === 0 && !hasGroups
  const keys = new Set(favourites.data?.map((one) => personKey(one.person.person)))
  const others = recent.filter((view) => !keys.has(personKey(view.person)))
  return (
    <div className={styles.list}>
      {hint && (
        <MessageBar>
          <MessageBarBody>{hint}</MessageBarBody>
        </MessageBar>
      )}
      <Helped choose={choose} />
      <GroupList choose={chooseGroup} />
      {groups.map(({ group, people }) => (
        <People key={group} title={group === '' ? t('experts.favourites') : group} people={people} choose={choose} testId="favourites" />
      ))}
      {others.length > 0 && <People title={t('experts.recent')} people={others} choose={choose} testId="recent" />}
      {favourites.isError && <Failed words={t('experts.favourites_failed')} retry={() => void favourites.refetch()} />}
      {isBare && groups.length === 0 && others.length === 0 && !favourites.isError && <Empty title={t('experts.empty')}>{t('experts.empty_more')}</Empty>}
    </div>
  )
}

function People({ title, people, choose, testId }: { title: string; people: PersonView[]; choose: Props['choose']; testId: string }) {
  const styles = useStyles()
  const rows = usePersonStyles()
  return (
    <section aria-label={title} data-testid={testId}>
      <Subtitle2 as="h2" block className={styles.title}>
        {title}
      </Subtitle2>
      {people.map((view) => (
        <div key={personKey(view.person)} className={styles.row}>
          <button type="button" className={rows.row} onClick={() => choose(view)}>
            <PersonLines view={view} searched="" />
          </button>
          <FavouriteButton view={view} />
        </div>
      ))}
    </section>
  )
}

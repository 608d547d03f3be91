import { makeStyles, mergeClasses, Subtitle2, Text, tokens } from '@fluentui/react-components'
import { PeopleTeamRegular } from '@fluentui/react-icons'
import { useQuery } from '@tanstack/react-query'
import { expertGroupsQuery, type ExpertGroup } from '@/shared/expert-groups'
import { t } from '@/shared/i18n/translate'
import { usePersonStyles } from './PersonRow'

const useStyles = makeStyles({
  icon: { fontSize: '24px', justifySelf: 'center', color: tokens.colorBrandForeground1 },
  title: { margin: 0, padding: `${tokens.spacingVerticalM} ${tokens.spacingHorizontalL} ${tokens.spacingVerticalXS}` },
})

type OptionProps = { group: ExpertGroup; index: number; on: boolean; choose: (group: ExpertGroup) => void }

/** A group among the people found, under the search field. */
export function GroupOption({ group, index, on, choose }: OptionProps) {
  const styles = usePersonStyles()
  return (
    // The focus stays in the search field, which moves the mark by arrows and chooses by Enter (combobox pattern).
    // eslint-disable-next-line jsx-a11y/click-events-have-key-events -- see above
    <div
      id={`expert-${index}`}
      role="option"
      tabIndex={-1}
      aria-selected={on}
      className={mergeClasses(styles.row, on && styles.on)}
      onClick={() => choose(group)}
      data-testid="expert-group-option"
    >
      <GroupLines group={group} />
    </div>
  )
}

/** All groups, each a press away. */
export function GroupList({ choose }: { choose: (group: ExpertGroup) => void }) {
  const styles = useStyles()
  const rows = usePersonStyles()
  const groups = useQuery(expertGroupsQuery).data ?? []
  if (groups.length === 0) return null
  return (
    <section aria-label={t('groups.title')} data-testid="expert-groups">
      <Subtitle2 as="h2" block className={styles.title}>
        {t('groups.title')}
      </Subtitle2>
      {groups.map((group) => (
        <button key={group.group_id} type="button" className={rows.row} onClick={() => choose(group)}>
          <GroupLines group={group} />
        </button>
      ))}
    </section>
  )
}

function GroupLines({ group }: { group: ExpertGroup }) {
  const styles = useStyles()
  const rows = usePersonStyles()
  const about = [t('group.of', { count: group.members.length }), t(`hunt.mode.${group.mode}`)].join(' · ')
  return (
    <>
      <PeopleTeamRegular className={styles.icon} aria-hidden />
      <span className={rows.lines}>
        <Text className={rows.line} weight="semibold">
          {group.name}
        </Text>
        <Text className={mergeClasses(rows.line, rows.muted)} size={200}>
          {about}
        </Text>
      </span>
    </>
  )
}

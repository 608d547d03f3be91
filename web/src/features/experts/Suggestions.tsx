import { makeStyles, MessageBar, MessageBarBody, Subtitle2, tokens } from '@fluentui/react-components'
import { useSnapshot } from '@/shared/desk/context'
import { personKey } from '@/shared/desk/state'
import { t } from '@/shared/i18n/translate'
import type { PersonView } from '@/shared/socket/types'
import { useStore } from '@/shared/store/external'
import { Empty } from '@/shared/ui/states'
import { PersonLines, usePersonStyles } from './PersonRow'
import { recentPeople } from './people'

const useStyles = makeStyles({
  list: { flex: 1, overflowY: 'auto' },
  title: { margin: 0, padding: `${tokens.spacingVerticalM} ${tokens.spacingHorizontalL} ${tokens.spacingVerticalXS}` },
})

/** With no search and no chat: whom I asked lately. */
export function Suggestions({ choose, hint }: { choose: (person: PersonView) => void; hint: string | null }) {
  const styles = useStyles()
  const rows = usePersonStyles()
  const user_id = useSnapshot((snapshot) => snapshot.me.user_id)
  const recent = useStore(recentPeople, (all) => all[user_id]) ?? []
  return (
    <div className={styles.list}>
      {hint && (
        <MessageBar>
          <MessageBarBody>{hint}</MessageBarBody>
        </MessageBar>
      )}
      {recent.length === 0 ? (
        <Empty title={t('experts.empty')}>{t('experts.empty_more')}</Empty>
      ) : (
        <>
          <Subtitle2 as="h2" block className={styles.title}>
            {t('experts.recent')}
          </Subtitle2>
          {recent.map((view) => (
            <button key={personKey(view.person)} type="button" className={rows.row} onClick={() => choose(view)}>
              <PersonLines view={view} searched="" />
            </button>
          ))}
        </>
      )}
    </div>
  )
}

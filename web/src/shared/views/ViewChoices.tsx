import { makeStyles, MenuGroup, MenuGroupHeader, MenuItem, MenuItemRadio } from '@fluentui/react-components'
import { useQuery } from '@tanstack/react-query'
import { t, useLanguage } from '../i18n/translate'
import { type SavedView, type ViewPage, viewsQuery } from './queries'
import { useViewActions } from './useViewActions'

const useStyles = makeStyles({ words: { overflowWrap: 'anywhere' } })

/** The views that can be opened: the page as it is usually, the own ones, and those of others. */
export function ViewChoices({ page }: { page: ViewPage }) {
  const language = useLanguage()
  const { go } = useViewActions(page)
  const list = useQuery(viewsQuery(page))
  const { compare } = new Intl.Collator(language, { numeric: true })
  const views = [...(list.data ?? [])].sort((one, other) => compare(one.name, other.name))
  return (
    <>
      <MenuItemRadio name="view" value="" onClick={() => go(null)} data-testid="view-standard">
        {t('views.standard')}
      </MenuItemRadio>
      {list.isPending && <MenuItem disabled>{t('loading')}</MenuItem>}
      {list.isError && (
        <MenuItem persistOnClick secondaryContent={t('retry')} onClick={() => void list.refetch()}>
          {t('views.failed')}
        </MenuItem>
      )}
      {list.data?.length === 0 && <MenuItem disabled>{t('views.empty')}</MenuItem>}
      <Choices title={t('views.own')} views={views.filter(({ own }) => own)} beside={({ shared }) => (shared ? t('views.shared') : undefined)} open={go} />
      <Choices title={t('views.of_others')} views={views.filter(({ own }) => !own)} beside={({ user_name }) => user_name} open={go} />
    </>
  )
}

type Props = { title: string; views: SavedView[]; beside: (view: SavedView) => string | undefined; open: (view: SavedView) => void }

function Choices({ title, views, beside, open }: Props) {
  const styles = useStyles()
  if (views.length === 0) return null
  return (
    <MenuGroup>
      <MenuGroupHeader>{title}</MenuGroupHeader>
      {views.map((view) => (
        <MenuItemRadio key={view.view_id} name="view" value={view.view_id} secondaryContent={beside(view)} onClick={() => open(view)} data-testid="view">
          <span className={styles.words}>{view.name}</span>
        </MenuItemRadio>
      ))}
    </MenuGroup>
  )
}

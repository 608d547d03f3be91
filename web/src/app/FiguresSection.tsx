import { makeStyles, Tab, TabList, tokens } from '@fluentui/react-components'
import { Outlet, useNavigate, useRouterState } from '@tanstack/react-router'
import { useSnapshot } from '@/shared/desk/context'
import { type Key, t } from '@/shared/i18n/translate'
import { Empty } from '@/shared/ui/states'
import { OpenedView } from '@/shared/views/OpenedView'
import type { ViewPage } from '@/shared/views/queries'

const pages: { page: string; view: ViewPage; name: Key }[] = [
  { page: 'activity', view: 'activity', name: 'floor.activity' },
  { page: 'queues', view: 'queues', name: 'figures.queues' },
  { page: 'status', view: 'status', name: 'floor.status' },
  { page: 'agents', view: 'agents', name: 'figures.agents' },
  { page: 'wrap-up', view: 'wrap_up', name: 'figures.wrap_up' },
  { page: 'experts', view: 'experts', name: 'figures.experts' },
]

const useStyles = makeStyles({
  section: { height: '100%', display: 'grid', gridTemplateRows: 'auto minmax(0, 1fr)' },
  tabs: {
    padding: `0 ${tokens.spacingHorizontalM}`,
    overflowX: 'auto',
    backgroundColor: tokens.colorNeutralBackground1,
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
  },
})

/** What supervisors look at: one page beside the other. */
export function FiguresSection() {
  const styles = useStyles()
  const roles = useSnapshot((snapshot) => snapshot.me.roles)
  const path = useRouterState({ select: (state) => state.location.pathname })
  const navigate = useNavigate()
  if (!roles.includes('supervisor') && !roles.includes('administrator')) return <Empty title={t('error.not_permitted')} />
  const on = pages.find(({ page }) => path.startsWith(`/figures/${page}`))
  return (
    <div className={styles.section}>
      <TabList className={styles.tabs} selectedValue={on?.page ?? null} onTabSelect={(_, { value }) => void navigate({ to: `/figures/${String(value)}` as '/' })}>
        {pages.map(({ page, name }) => (
          <Tab key={page} value={page} data-testid={`figures-${page}`}>
            {t(name)}
          </Tab>
        ))}
      </TabList>
      {on ? (
        <OpenedView page={on.view} title={t(on.name)}>
          <Outlet />
        </OpenedView>
      ) : (
        <Outlet />
      )}
    </div>
  )
}

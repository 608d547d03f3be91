import { Button, Drawer, DrawerBody, DrawerHeader, DrawerHeaderTitle, makeStyles, tokens } from '@fluentui/react-components'
import { ChatRegular, DismissRegular } from '@fluentui/react-icons'
import { Navigate } from '@tanstack/react-router'
import { useState, useSyncExternalStore } from 'react'
import { DeskMiddle } from '@/features/desk/DeskMiddle'
import { ExpertsPane } from '@/features/experts/ExpertsPane'
import { useSnapshot } from '@/shared/desk/context'
import { t } from '@/shared/i18n/translate'
import { useKey } from '@/shared/keys/keys'
import { Empty } from '@/shared/ui/states'

const useStyles = makeStyles({
  page: {
    height: '100%',
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr) 436px',
    '@media (max-width: 1100px)': { gridTemplateColumns: 'minmax(0, 1fr) 380px' },
    '@media (max-width: 900px)': { gridTemplateColumns: 'minmax(0, 1fr)', gridTemplateRows: 'auto minmax(0, 1fr)' },
  },
  pane: {
    minHeight: 0,
    backgroundColor: tokens.colorNeutralBackground1,
    borderLeft: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  middle: { minHeight: 0, minWidth: 0 },
  drawer: { width: 'min(436px, 100vw)' },
  drawerBody: { padding: 0 },
  open: { justifySelf: 'end', margin: '8px 16px 0' },
})

/** The desk: the interaction in the middle, the experts on the right. Who takes no calls begins at the floor. */
export function DeskPage() {
  const styles = useStyles()
  const isAgent = useSnapshot((snapshot) => snapshot.agent !== null)
  const roles = useSnapshot((snapshot) => snapshot.me.roles)
  const narrow = useNarrow()
  if (!isAgent && roles.some((role) => role !== 'agent')) return <Navigate to="/figures/activity" replace />
  if (!isAgent) return <Empty title={t('desk.not_agent')}>{t('desk.not_agent_more')}</Empty>
  return (
    <div className={styles.page}>
      {narrow && <ExpertsDrawer />}
      <div className={styles.middle}>
        <DeskMiddle />
      </div>
      {!narrow && (
        <aside className={styles.pane} aria-label={t('experts.title')}>
          <ExpertsPane />
        </aside>
      )}
    </div>
  )
}

function ExpertsDrawer() {
  const styles = useStyles()
  const [open, setOpen] = useState(false)
  const unread = useSnapshot((snapshot) => snapshot.consults.reduce((sum, consult) => sum + consult.unread_count, 0))
  useKey('/', () => setOpen(true), !open)
  const words = unread > 0 ? t('experts.open_unread', { count: unread }) : t('experts.title')
  return (
    <>
      <Button className={styles.open} icon={<ChatRegular />} onClick={() => setOpen(true)}>
        {words}
      </Button>
      <Drawer className={styles.drawer} position="end" modalType="non-modal" open={open} onOpenChange={(_, change) => setOpen(change.open)}>
        <DrawerHeader>
          <DrawerHeaderTitle
            action={<Button appearance="subtle" aria-label={t('close')} icon={<DismissRegular />} onClick={() => setOpen(false)} />}
          >
            {t('experts.title')}
          </DrawerHeaderTitle>
        </DrawerHeader>
        <DrawerBody className={styles.drawerBody}>
          <ExpertsPane startInSearch />
        </DrawerBody>
      </Drawer>
    </>
  )
}

const query = '(max-width: 900px)'

function useNarrow(): boolean {
  return useSyncExternalStore(
    (watcher) => {
      const list = window.matchMedia(query)
      list.addEventListener('change', watcher)
      return () => list.removeEventListener('change', watcher)
    },
    () => window.matchMedia(query).matches,
  )
}

import { FluentProvider, mergeClasses } from '@fluentui/react-components'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useDesk, useSnapshot } from '@/shared/desk/context'
import { useJudge } from '@/shared/figures/thresholds'
import { t, useLanguage } from '@/shared/i18n/translate'
import { themeOf } from '@/shared/theme/theme'
import { useNow } from '@/shared/time/clock'
import { Empty, Loading } from '@/shared/ui/states'
import { useAttended, useFullScreen, useWakeLock } from './screen'
import { useFloor } from './useFloor'
import { chosenQueues, idsOf, pageAt, type WallSearch } from './wall'
import { WallControls } from './WallControls'
import { WallHead } from './WallHead'
import { useWallStyles } from './wallStyles'
import { WallTable } from './WallTable'

/** Queues on a television: whatever is to be seen is in the address, and nobody needs to touch it. */
export function Wallboard() {
  const search = useSearch({ strict: false }) as WallSearch
  const roles = useSnapshot((snapshot) => snapshot.me.roles)
  useLanguage()
  const may = roles.includes('supervisor') || roles.includes('administrator')
  return (
    <FluentProvider theme={themeOf(search.theme === 'light' ? 'light' : 'dark')}>
      {may ? <Wall search={search} /> : <main><Empty title={t('error.not_permitted')}><Link to="/">{t('nav.desk')}</Link></Empty></main>}
    </FluentProvider>
  )
}

function Wall({ search }: { search: WallSearch }) {
  const styles = useWallStyles()
  const language = useLanguage()
  const navigate = useNavigate()
  const attended = useAttended()
  const full = useFullScreen()
  useWakeLock()
  const floor = useFloor()
  const lost_at = useDesk((state) => state.lost_at)
  const judge = useJudge()
  const clock = useNow()
  // What is known stays as of the last news: a wait that ran on would be made up.
  const now = lost_at ?? clock
  const ids = idsOf(search.queues)
  const shown = pageAt(chosenQueues(floor?.queues.values() ?? [], ids, language), clock)
  const change = (part: WallSearch) => void navigate({ to: '/wallboard', search: { ...search, ...part } as never, replace: true })
  return (
    <main className={mergeClasses(styles.wall, !attended && styles.unattended)} data-testid="wallboard">
      <WallHead page={shown.page} pages={shown.pages} lost_at={lost_at} />
      <div className={mergeClasses(lost_at !== null && styles.stale)}>
        <Content waits={floor === null} empty={shown.rows.length === 0}>
          <WallTable queues={shown.rows} now={now} judge={judge} />
        </Content>
      </div>
      <WallControls hidden={!attended} queues={chosenQueues(floor?.queues.values() ?? [], [], language)} ids={ids} search={search} change={change} full={full} />
    </main>
  )
}

function Content({ waits, empty, children }: { waits: boolean; empty: boolean; children: ReactNode }) {
  if (waits) return <Loading lines={8} />
  if (empty) return <Empty title={t('wall.no_queues')}>{t('wall.no_queues_more')}</Empty>
  return children
}

import { makeStyles, Tab, TabList, tokens } from '@fluentui/react-components'
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { useSnapshot } from '@/shared/desk/context'
import { t, useLanguage } from '@/shared/i18n/translate'
import { serverNow } from '@/shared/time/clock'
import { dayOf } from '@/shared/time/day'
import { Page } from '@/shared/ui/page'
import { Empty, Failed, Loading } from '@/shared/ui/states'
import { Library } from './Library'
import { libraryQuery } from './queries'
import { draftOf } from './request'
import { RequestForm } from './RequestForm'
import { Runs } from './Runs'
import { Schedules } from './Schedules'

const useStyles = makeStyles({
  columns: {
    display: 'grid',
    gridTemplateColumns: '260px minmax(0, 1fr)',
    gap: tokens.spacingHorizontalL,
    alignItems: 'start',
    '@media (max-width: 900px)': { gridTemplateColumns: 'minmax(0, 1fr)' },
  },
  work: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalL, minWidth: 0 },
})

/** The library of reports, what is asked of one, those that were made; and schedules. */
export function ReportsPage() {
  const styles = useStyles()
  const roles = useSnapshot((snapshot) => snapshot.me.roles)
  const language = useLanguage()
  const { report: wanted, view } = useSearch({ strict: false }) as { report?: string; view?: string }
  const navigate = useNavigate()
  const library = useQuery(libraryQuery(language))
  const [draft, setDraft] = useState(() => draftOf(dayOf(serverNow()), language))
  if (!roles.includes('supervisor') && !roles.includes('administrator')) return <Empty title={t('error.not_permitted')} />
  if (library.isPending) return <Loading lines={8} />
  if (library.isError) return <Failed words={t('reports.failed')} retry={() => void library.refetch()} />
  const report = library.data.find(({ name }) => name === wanted) ?? library.data[0]
  return (
    <Page title={t('nav.reports')} fill>
      <TabList selectedValue={view === 'schedules' ? view : 'library'} onTabSelect={(_, { value }) => void navigate({ to: '/reports', search: value === 'schedules' ? { view: 'schedules' } : {} })}>
        <Tab value="library">{t('reports.tab')}</Tab>
        <Tab value="schedules" data-testid="reports-schedules">
          {t('schedules.title')}
        </Tab>
      </TabList>
      {view === 'schedules' ? (
        <Schedules reports={library.data} />
      ) : (
        <div className={styles.columns}>
          <Library reports={library.data} chosen={report?.name} />
          <div className={styles.work}>
            {report && <RequestForm key={report.name} report={report} draft={draft} change={(part) => setDraft((old) => ({ ...old, ...part }))} />}
            <Runs reports={library.data} />
          </div>
        </div>
      )}
    </Page>
  )
}

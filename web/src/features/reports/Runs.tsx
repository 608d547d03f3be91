import { Button, makeStyles, Subtitle2, Switch, tokens } from '@fluentui/react-components'
import { ArrowDownloadRegular } from '@fluentui/react-icons'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useSnapshot } from '@/shared/desk/context'
import { t } from '@/shared/i18n/translate'
import { Empty, Failed, Loading } from '@/shared/ui/states'
import { Table } from '@/shared/ui/table'
import { archiveAddress, type Report, type ReportRun, runsQuery } from './queries'
import { RunRow } from './RunRow'

const useStyles = makeStyles({
  section: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalS },
  head: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: tokens.spacingHorizontalM },
  title: { margin: '0 auto 0 0' },
  more: { alignSelf: 'flex-start' },
})

/** Reports that were asked for: how far they are, their files, and what can be done with them. */
export function Runs({ reports }: { reports: Report[] }) {
  const styles = useStyles()
  const isAdministrator = useSnapshot((snapshot) => snapshot.me.roles.includes('administrator'))
  const [all, setAll] = useState(false)
  const [ticked, setTicked] = useState<string[]>([])
  const runs = useInfiniteQuery(runsQuery(all))
  const rows = runs.data?.pages.flatMap((page) => page.rows) ?? []
  const chosen = rows.filter((run) => ticked.includes(run.run_id) && hasFiles(run)).map((run) => run.run_id)
  const tick = (run_id: string, on: boolean) => setTicked((old) => (on ? [...old, run_id] : old.filter((one) => one !== run_id)))
  return (
    <div className={styles.section}>
      <div className={styles.head}>
        <Subtitle2 as="h2" className={styles.title}>
          {t('reports.made')}
        </Subtitle2>
        {isAdministrator && <Switch label={t('reports.everybody')} checked={all} onChange={(_, { checked }) => setAll(checked)} data-testid="reports-all" />}
        {chosen.length > 0 && (
          <Button as="a" icon={<ArrowDownloadRegular />} href={archiveAddress(chosen)} download data-testid="reports-zip">
            {t('reports.zip')}
          </Button>
        )}
      </div>
      {runs.isPending && <Loading lines={3} />}
      {runs.isError && <Failed words={t(rows.length > 0 ? 'reports.not_renewed' : 'reports.failed')} retry={() => void runs.refetch()} />}
      {runs.isSuccess && rows.length === 0 && <Empty title={t('reports.empty')}>{t('reports.empty_more')}</Empty>}
      {rows.length > 0 && (
        <Table columns={heads(all)} label={t('reports.made')}>
          {rows.map((run) => (
            <RunRow key={run.run_id} run={run} title={titleOf(run, reports)} named={all} ticked={ticked.includes(run.run_id)} tick={hasFiles(run) ? (on) => tick(run.run_id, on) : null} />
          ))}
        </Table>
      )}
      {runs.hasNextPage && (
        <Button className={styles.more} onClick={() => void runs.fetchNextPage()} disabled={runs.isFetchingNextPage}>
          {t('reports.more')}
        </Button>
      )}
    </div>
  )
}

function heads(named: boolean): { name: string }[] {
  const keys = ['reports.choose', 'reports.name', 'reports.period', 'reports.asked', ...(named ? (['reports.by'] as const) : []), 'reports.state', 'reports.files', 'reports.actions'] as const
  return keys.map((key) => ({ name: t(key) }))
}

function titleOf(run: ReportRun, reports: Report[]): string {
  return reports.find(({ name }) => name === run.report)?.title ?? run.report
}

function hasFiles(run: ReportRun): boolean {
  return run.files.some((file) => file.error_code === null)
}

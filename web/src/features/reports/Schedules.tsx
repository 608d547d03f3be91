import { Button, makeStyles, tokens } from '@fluentui/react-components'
import { AddRegular } from '@fluentui/react-icons'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { t } from '@/shared/i18n/translate'
import { Empty, Failed, Loading } from '@/shared/ui/states'
import { Table } from '@/shared/ui/table'
import { type Report, schedulesQuery } from './queries'
import type { Schedule } from './schedule'
import { ScheduleForm } from './ScheduleForm'
import { ScheduleRow } from './ScheduleRow'

const useStyles = makeStyles({
  section: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalM },
  add: { alignSelf: 'flex-start' },
})

const COLUMNS = ['schedules.name', 'schedules.when', 'reports.files_of', 'schedules.next', 'schedules.last', 'schedules.mail', 'schedules.enabled', 'reports.actions'] as const

/** Reports that are made again and again: when next, what became of them last, and what can be done. */
export function Schedules({ reports }: { reports: Report[] }) {
  const styles = useStyles()
  const schedules = useQuery(schedulesQuery)
  const [edited, setEdited] = useState<Schedule | 'new' | null>(null)
  const rows = schedules.data ?? []
  return (
    <div className={styles.section}>
      <Button className={styles.add} appearance="primary" icon={<AddRegular />} onClick={() => setEdited('new')} data-testid="schedule-add">
        {t('schedules.add')}
      </Button>
      {schedules.isPending && <Loading lines={3} />}
      {schedules.isError && <Failed words={t(rows.length > 0 ? 'reports.not_renewed' : 'schedules.failed')} retry={() => void schedules.refetch()} />}
      {schedules.isSuccess && rows.length === 0 && <Empty title={t('schedules.empty')}>{t('schedules.empty_more')}</Empty>}
      {rows.length > 0 && (
        <Table columns={COLUMNS.map((key) => ({ name: t(key) }))} label={t('schedules.title')}>
          {rows.map((schedule) => (
            <ScheduleRow key={schedule.schedule_id} schedule={schedule} reports={reports} edit={() => setEdited(schedule)} />
          ))}
        </Table>
      )}
      {edited !== null && <ScheduleForm schedule={edited === 'new' ? null : edited} library={reports} close={() => setEdited(null)} />}
    </div>
  )
}

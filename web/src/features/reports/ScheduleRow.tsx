import { Switch, Text, makeStyles, mergeClasses, tokens } from '@fluentui/react-components'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { api, ask } from '@/api/client'
import { problemWords } from '@/shared/i18n/problem'
import { t } from '@/shared/i18n/translate'
import { codeWords } from '@/shared/i18n/words'
import { notify } from '@/shared/notify'
import { useNow } from '@/shared/time/clock'
import { formatFull, formatWhen } from '@/shared/time/format'
import { useTableStyles } from '@/shared/ui/table'
import { LastFire, LastMails } from './LastFire'
import { type Report, schedulesKey } from './queries'
import type { Schedule } from './schedule'
import { ScheduleActions } from './ScheduleActions'
import { whenWords } from './when'

const useStyles = makeStyles({
  quiet: { color: tokens.colorNeutralForeground2 },
  lines: { display: 'grid' },
  wrapped: { minWidth: '92px', whiteSpace: 'normal', overflowWrap: 'anywhere' },
  why: { color: tokens.colorStatusDangerForeground1 },
})

type Props = { schedule: Schedule; reports: Report[]; edit: () => void }

/** A schedule. */
export function ScheduleRow({ schedule, reports, edit }: Props) {
  const styles = useStyles()
  const table = useTableStyles()
  const now = useNow(60_000)
  const wrapped = mergeClasses(table.cell, styles.wrapped)
  const titles = schedule.reports.map(({ report }) => reports.find(({ name }) => name === report)?.title ?? report)
  return (
    <tr data-testid="schedule" data-fired={schedule.last_fire?.fire_id}>
      <td className={wrapped}>
        <div className={styles.lines}>
          {schedule.name}
          <Text size={200} className={styles.quiet}>
            {schedule.user_name}
          </Text>
        </div>
      </td>
      <td className={wrapped}>
        <div className={styles.lines}>
          {whenWords(schedule.when)}
          <Text size={200} className={styles.quiet}>
            {schedule.time_zone}
          </Text>
        </div>
      </td>
      <td className={wrapped}>{titles.join(', ')}</td>
      <td className={wrapped}>
        <Next schedule={schedule} now={now} />
      </td>
      <td className={wrapped}>
        <LastFire fire={schedule.last_fire} now={now} />
      </td>
      <td className={wrapped}>
        <LastMails schedule={schedule} />
      </td>
      <td className={table.cell}>
        <Enabled schedule={schedule} />
      </td>
      <td className={table.cell}>{schedule.may_change && <ScheduleActions schedule={schedule} edit={edit} />}</td>
    </tr>
  )
}

/** When it is due, or why it never is. */
function Next({ schedule, now }: { schedule: Schedule; now: number }) {
  const styles = useStyles()
  const { next_fire_at, off_reason } = schedule
  return (
    <div className={styles.lines} title={next_fire_at === null ? undefined : formatFull(next_fire_at)}>
      <span data-testid="schedule-next">{next_fire_at === null ? '–' : formatWhen(next_fire_at, now)}</span>
      {off_reason && (
        <Text size={200} className={styles.why} data-testid="schedule-off">
          {codeWords('schedules.off_reason', off_reason)}
        </Text>
      )}
    </div>
  )
}

function Enabled({ schedule }: { schedule: Schedule }) {
  const queries = useQueryClient()
  const params = { path: { id: schedule.schedule_id } }
  const change = useMutation({
    mutationFn: (enabled: boolean) => ask(api.PATCH('/api/v1/reports/schedules/{id}', { params, body: { enabled } })),
    onError: (problem) => notify({ intent: 'error', title: problemWords(problem) }),
    onSettled: () => queries.invalidateQueries({ queryKey: schedulesKey }),
  })
  return (
    <Switch
      checked={schedule.enabled}
      disabled={!schedule.may_change || change.isPending}
      aria-label={t('schedules.enabled_of', { name: schedule.name })}
      onChange={(_, { checked }) => change.mutate(checked)}
      data-testid="schedule-enabled"
    />
  )
}

import { Button, makeStyles, tokens } from '@fluentui/react-components'
import { DeleteRegular, EditRegular, PlayRegular } from '@fluentui/react-icons'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { api, ask } from '@/api/client'
import { problemWords } from '@/shared/i18n/problem'
import { t } from '@/shared/i18n/translate'
import { notify } from '@/shared/notify'
import { runsKey, schedulesKey } from './queries'
import type { Schedule } from './schedule'

const useStyles = makeStyles({ actions: { display: 'flex', gap: tokens.spacingHorizontalXXS, justifyContent: 'flex-end' } })

/** What can be done with a schedule: run it at once, change it, remove it. */
export function ScheduleActions({ schedule, edit }: { schedule: Schedule; edit: () => void }) {
  const styles = useStyles()
  const queries = useQueryClient()
  const act = useMutation({
    mutationFn: (action: () => Promise<unknown>) => action(),
    onError: (problem) => notify({ intent: 'error', title: problemWords(problem) }),
    onSettled: () => Promise.all([schedulesKey, runsKey].map((queryKey) => queries.invalidateQueries({ queryKey }))),
  })
  const params = { path: { id: schedule.schedule_id } }
  const run = () => act.mutate(() => ask(api.POST('/api/v1/reports/schedules/{id}/run', { params })))
  const remove = () => act.mutate(() => ask(api.DELETE('/api/v1/reports/schedules/{id}', { params })))
  const button = (words: string, icon: React.JSX.Element, press: () => void, testId: string) => (
    <Button size="small" appearance="subtle" icon={icon} title={words} aria-label={`${words}: ${schedule.name}`} disabled={act.isPending} onClick={press} data-testid={testId} />
  )
  return (
    <div className={styles.actions}>
      {button(t('schedules.run'), <PlayRegular />, run, 'schedule-run')}
      {button(t('schedules.change'), <EditRegular />, edit, 'schedule-change')}
      {button(t('reports.remove'), <DeleteRegular />, remove, 'schedule-remove')}
    </div>
  )
}

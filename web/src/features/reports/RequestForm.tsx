import { Button, makeStyles, Subtitle2, Text, tokens } from '@fluentui/react-components'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { SyntheticEvent } from 'react'
import { api, ask } from '@/api/client'
import { problemWords } from '@/shared/i18n/problem'
import { t } from '@/shared/i18n/translate'
import { timeZone } from '@/shared/time/day'
import { Card } from '@/shared/ui/card'
import { PeriodFields } from './PeriodFields'
import { type Report, runsKey } from './queries'
import { type Draft, isReady, requestFrom, takes } from './request'
import { Several } from '@/shared/ui/several'
import { Formats, Writing } from './WritingFields'

const useStyles = makeStyles({
  form: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalM },
  title: { margin: 0 },
  row: { display: 'flex', flexWrap: 'wrap', gap: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalL}`, alignItems: 'end' },
  send: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalM, alignItems: 'center' },
  quiet: { color: tokens.colorNeutralForeground2 },
  failed: { color: tokens.colorStatusDangerForeground1 },
})

type Props = { report: Report; draft: Draft; change: (part: Partial<Draft>) => void }

/** What a report shall be about, how it is written, and the button that asks for it. */
export function RequestForm({ report, draft, change }: Props) {
  const styles = useStyles()
  const queries = useQueryClient()
  const names = useQuery({ queryKey: ['directory'], queryFn: () => ask(api.GET('/api/v1/directory')), staleTime: 60_000 })
  const asking = useMutation({
    mutationFn: () => ask(api.POST('/api/v1/reports/{name}/runs', { params: { path: { name: report.name } }, body: requestFrom(draft, report) })),
    onSuccess: () => queries.invalidateQueries({ queryKey: runsKey }),
  })
  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    if (isReady(draft) && !asking.isPending) asking.mutate()
  }
  const queues = (names.data?.queues ?? []).map(({ queue_id, name }) => ({ id: queue_id, name }))
  const agents = (names.data?.agents ?? []).map(({ user_id, name }) => ({ id: user_id, name }))
  return (
    <Card label={report.title}>
      <form onSubmit={submit} className={styles.form}>
        <div>
          <Subtitle2 as="h2" block className={styles.title}>
            {report.title}
          </Subtitle2>
          <Text className={styles.quiet}>{report.description}</Text>
        </div>
        <div className={styles.row}>
          <PeriodFields draft={draft} change={change} />
          {takes(report, 'queue_ids') && <Several label={t('reports.queues')} choices={queues} chosen={draft.queue_ids} change={(queue_ids) => change({ queue_ids })} testId="report-queues" />}
          {takes(report, 'agent_ids') && <Several label={t('reports.agents')} choices={agents} chosen={draft.agent_ids} change={(agent_ids) => change({ agent_ids })} testId="report-agents" />}
        </div>
        <div className={styles.row}>
          <Formats draft={draft} change={change} />
          <Writing draft={draft} change={change} />
        </div>
        <div className={styles.send}>
          <Button appearance="primary" type="submit" disabled={!isReady(draft) || asking.isPending} data-testid="report-ask">
            {t('reports.ask')}
          </Button>
          <Text size={200} className={styles.quiet}>
            {t('reports.days_in', { zone: timeZone() })}
          </Text>
        </div>
        {asking.error && (
          <Text className={styles.failed} role="alert">
            {problemWords(asking.error)}
          </Text>
        )}
      </form>
    </Card>
  )
}

import { Button, makeStyles, Subtitle2, Text, tokens } from '@fluentui/react-components'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { SyntheticEvent } from 'react'
import { api, ask } from '@/api/client'
import { problemWords } from '@/shared/i18n/problem'
import { t } from '@/shared/i18n/translate'
import { Card } from '@/shared/ui/card'
import { AboutFields } from './AboutFields'
import { PeriodFields } from './PeriodFields'
import { type Report, runsKey } from './queries'
import { type Draft, isReady, requestFrom } from './request'
import { Formats, Writing } from './WritingFields'
import { ZoneField } from './ZoneField'

const useStyles = makeStyles({
  form: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalM },
  title: { margin: 0 },
  row: { display: 'flex', flexWrap: 'wrap', gap: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalL}`, alignItems: 'end' },
  send: { alignSelf: 'start' },
  quiet: { color: tokens.colorNeutralForeground2 },
  failed: { color: tokens.colorStatusDangerForeground1 },
})

type Props = { report: Report; draft: Draft; change: (part: Partial<Draft>) => void }

/** What a report shall be about, how it is written, and the button that asks for it. */
export function RequestForm({ report, draft, change }: Props) {
  const styles = useStyles()
  const queries = useQueryClient()
  const asking = useMutation({
    mutationFn: () => ask(api.POST('/api/v1/reports/{name}/runs', { params: { path: { name: report.name } }, body: requestFrom(draft, report) })),
    onSuccess: () => queries.invalidateQueries({ queryKey: runsKey }),
  })
  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    if (isReady(draft) && !asking.isPending) asking.mutate()
  }
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
          <ZoneField zone={draft.time_zone} change={(time_zone) => change({ time_zone })} testId="report-zone" />
          <AboutFields report={report} about={draft} change={change} name="report" />
        </div>
        <div className={styles.row}>
          <Formats draft={draft} change={change} />
          <Writing draft={draft} change={change} />
        </div>
        <Button className={styles.send} appearance="primary" type="submit" disabled={!isReady(draft) || asking.isPending} data-testid="report-ask">
          {t('reports.ask')}
        </Button>
        {asking.error && (
          <Text className={styles.failed} role="alert">
            {problemWords(asking.error)}
          </Text>
        )}
      </form>
    </Card>
  )
}

import { Button, makeStyles, tokens } from '@fluentui/react-components'
import { ArrowClockwiseRegular, DeleteRegular, DismissRegular } from '@fluentui/react-icons'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { api, ask } from '@/api/client'
import { problemWords } from '@/shared/i18n/problem'
import { t } from '@/shared/i18n/translate'
import { notify } from '@/shared/notify'
import { isActive, type ReportRun, requestOf, runsKey } from './queries'

const useStyles = makeStyles({ actions: { display: 'flex', gap: tokens.spacingHorizontalXXS, justifyContent: 'flex-end' } })

/** What can be done with a run: cancel it, run it again, remove it. */
export function RunActions({ run, title }: { run: ReportRun; title: string }) {
  const styles = useStyles()
  const queries = useQueryClient()
  const act = useMutation({
    mutationFn: (action: () => Promise<unknown>) => action(),
    onError: (problem) => notify({ intent: 'error', title: problemWords(problem) }),
    onSettled: () => queries.invalidateQueries({ queryKey: runsKey }),
  })
  const params = { path: { id: run.run_id } }
  const cancel = () => ask(api.POST('/api/v1/reports/runs/{id}/cancel', { params }))
  const again = () => ask(api.POST('/api/v1/reports/{name}/runs', { params: { path: { name: run.report } }, body: requestOf(run) }))
  const remove = () => ask(api.DELETE('/api/v1/reports/runs/{id}', { params }))
  const button = (words: string, icon: React.JSX.Element, action: () => Promise<unknown>, testId: string) => (
    <Button size="small" appearance="subtle" icon={icon} title={words} aria-label={`${words}: ${title}`} disabled={act.isPending} onClick={() => act.mutate(action)} data-testid={testId} />
  )
  return (
    <div className={styles.actions}>
      {isActive(run) ? (
        button(t('cancel'), <DismissRegular />, cancel, 'report-cancel')
      ) : (
        <>
          {button(t('reports.again'), <ArrowClockwiseRegular />, again, 'report-again')}
          {button(t('reports.remove'), <DeleteRegular />, remove, 'report-remove')}
        </>
      )}
    </div>
  )
}

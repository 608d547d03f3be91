import { useQuery } from '@tanstack/react-query'
import { api, ask } from '@/api/client'
import type { QueueView } from '@/api/contract'
import type { Thresholds as Page } from '@/shared/figures/level'
import { thresholdsQuery } from '@/shared/figures/thresholds'
import { t } from '@/shared/i18n/translate'
import { Failed, Loading } from '@/shared/ui/states'
import { queuesQuery } from './queries'
import { RowsEditor } from './RowsEditor'
import { ThresholdRow } from './ThresholdRow'
import { type Draft, isComplete, shown, stored } from './thresholdDrafts'

const BLANK: Draft = { figure: 'waiting', queue_id: '', warning: '', critical: '' }

/** From when on figures of queues call for attention: of all queues, and of single ones. */
export function Thresholds() {
  const thresholds = useQuery(thresholdsQuery)
  const queues = useQuery(queuesQuery)
  if (thresholds.isPending || queues.isPending) return <Loading />
  const again = () => void Promise.all([thresholds.refetch(), queues.refetch()])
  if (thresholds.isError || queues.isError) return <Failed words={t('admin.failed')} retry={again} />
  return <Editor key={JSON.stringify(thresholds.data)} page={thresholds.data} queues={queues.data} />
}

function Editor({ page, queues }: { page: Page; queues: QueueView[] }) {
  const { figures } = page
  const save = (drafts: Draft[]) => ask(api.PUT('/api/v1/settings/thresholds', { body: { thresholds: drafts.map((draft) => stored(draft, figures)) } }))
  return (
    <RowsEditor
      label={t('admin.thresholds')}
      more={t('threshold.more')}
      empty={t('threshold.empty')}
      columns={[t('threshold.figure'), t('interactions.queue'), t('threshold.bad'), t('threshold.level.warning'), t('threshold.level.critical'), t('admin.remove')]}
      saved={page.thresholds.map((threshold) => shown(threshold, figures))}
      blank={BLANK}
      add={t('threshold.add')}
      isComplete={isComplete}
      save={save}
      queryKey={thresholdsQuery.queryKey}
      row={(row) => <ThresholdRow key={row.number} figures={figures} queues={queues} {...row} />}
      testId="threshold"
    />
  )
}

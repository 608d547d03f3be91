import { Field, Input, Switch } from '@fluentui/react-components'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api, ask } from '@/api/client'
import type { DispositionView } from '@/api/contract'
import { t } from '@/shared/i18n/translate'
import { FormDialog } from '@/shared/ui/form-dialog'
import { Choices } from './Choices'
import { Listing } from './Listing'
import { dispositionsQuery, queuesQuery } from './queries'

/** The codes that can be chosen at the end of an interaction. */
export function Dispositions() {
  const dispositions = useQuery(dispositionsQuery)
  const queues = useQuery(queuesQuery)
  const [edited, setEdited] = useState<DispositionView | 'new' | null>(null)
  const queueName = (queue_id: string) => queues.data?.find((one) => one.queue_id === queue_id)?.name ?? queue_id
  return (
    <>
      <Listing
        label={t('admin.dispositions')}
        query={dispositions}
        id={(disposition) => disposition.disposition_id}
        columns={[t('admin.name'), t('admin.queues'), t('admin.active')]}
        cells={({ name, queue_ids, active }) => [name, queue_ids.map(queueName).join(', ') || t('admin.all_queues'), t(active ? 'yes' : 'no')]}
        edit={setEdited}
        add={{ words: t('admin.add_disposition'), open: () => setEdited('new') }}
        empty={t('admin.dispositions_empty')}
      />
      {edited !== null && <DispositionForm disposition={edited === 'new' ? null : edited} close={() => setEdited(null)} />}
    </>
  )
}

type Draft = { name: string; queue_ids: string[]; active: boolean }

function DispositionForm({ disposition, close }: { disposition: DispositionView | null; close: () => void }) {
  const queues = useQuery(queuesQuery)
  const [draft, setDraft] = useState<Draft>({
    name: disposition?.name ?? '',
    queue_ids: disposition?.queue_ids ?? [],
    active: disposition?.active ?? true,
  })
  const change = (part: Partial<Draft>) => setDraft((old) => ({ ...old, ...part }))
  const save = () =>
    disposition
      ? ask(api.PATCH('/api/v1/dispositions/{id}', { params: { path: { id: disposition.disposition_id } }, body: draft }))
      : ask(api.POST('/api/v1/dispositions', { body: draft }))
  return (
    <FormDialog title={t(disposition ? 'admin.change_disposition' : 'admin.add_disposition')} save={save} close={close} refresh={['dispositions']}>
      <Field label={t('admin.name')} required>
        <Input value={draft.name} maxLength={128} onChange={(_, { value }) => change({ name: value })} data-testid="disposition-name" />
      </Field>
      <Choices
        label={t('admin.only_queues')}
        choices={(queues.data ?? []).map(({ queue_id, name }) => ({ id: queue_id, name }))}
        chosen={draft.queue_ids}
        change={(queue_ids) => change({ queue_ids })}
      />
      <Switch label={t('admin.active')} checked={draft.active} onChange={(_, { checked }) => change({ active: checked })} />
    </FormDialog>
  )
}

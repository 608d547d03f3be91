import { Field, Input, Select, Switch } from '@fluentui/react-components'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api, ask } from '@/api/client'
import type { QueueView, WrapUpMode } from '@/api/contract'
import { t } from '@/shared/i18n/translate'
import { FormDialog } from '@/shared/ui/form-dialog'
import { Choices } from './Choices'
import { Listing } from './Listing'
import { TeamAddress } from './TeamAddress'
import { QueueRouting } from './QueueRouting'
import { queuesQuery, usersQuery } from './queries'
import { Whole } from './Whole'

const MODES: WrapUpMode[] = ['optional', 'mandatory', 'mandatory_timeout', 'mandatory_forced_timeout', 'agent_requested']
const UNTIMED: WrapUpMode[] = ['optional', 'mandatory']

/** Queues with the numbers that reach them and the agents who serve them. */
export function Queues() {
  const queues = useQuery(queuesQuery)
  const [edited, setEdited] = useState<QueueView | 'new' | null>(null)
  const [routed, setRouted] = useState<QueueView | null>(null)
  return (
    <>
      <Listing
        label={t('admin.queues')}
        query={queues}
        id={(queue) => queue.queue_id}
        columns={[t('admin.name'), t('admin.numbers'), t('admin.members'), t('admin.wrap_up_mode'), t('admin.active')]}
        cells={(queue) => [
          queue.name,
          queue.numbers.join(', ') || '–',
          queue.member_ids.length,
          t(`wrap_up.mode.${queue.wrap_up_mode}`),
          t(queue.active ? 'yes' : 'no'),
        ]}
        edit={setEdited}
        also={{ name: t('admin.routing'), words: t('admin.routing'), open: setRouted }}
        add={{ words: t('admin.add_queue'), open: () => setEdited('new') }}
        empty={t('admin.queues_empty')}
      />
      {edited !== null && <QueueForm queue={edited === 'new' ? null : edited} close={() => setEdited(null)} />}
      {routed && <QueueRouting queue={routed} close={() => setRouted(null)} />}
    </>
  )
}

type Draft = {
  name: string
  numbers: string
  team_address: string
  member_ids: string[]
  offer_timeout_s: number
  wrap_up_mode: WrapUpMode
  wrap_up_timeout_s: number
  active: boolean
}

function draftOf(queue: QueueView | null): Draft {
  return {
    name: queue?.name ?? '',
    numbers: queue?.numbers.join(', ') ?? '',
    team_address: queue?.team_address ?? '',
    member_ids: queue?.member_ids ?? [],
    offer_timeout_s: (queue?.offer_timeout_ms ?? 20_000) / 1000,
    wrap_up_mode: queue?.wrap_up_mode ?? 'mandatory_timeout',
    wrap_up_timeout_s: (queue?.wrap_up_timeout_ms ?? 120_000) / 1000,
    active: queue?.active ?? true,
  }
}

function QueueForm({ queue, close }: { queue: QueueView | null; close: () => void }) {
  const users = useQuery(usersQuery)
  const [draft, setDraft] = useState<Draft>(() => draftOf(queue))
  const change = (part: Partial<Draft>) => setDraft((old) => ({ ...old, ...part }))
  const agents = (users.data ?? []).filter((user) => user.roles.includes('agent'))
  return (
    <FormDialog title={t(queue ? 'admin.change_queue' : 'admin.add_queue')} save={() => saveQueue(queue, draft)} close={close} refresh={['queues']}>
      <Field label={t('admin.name')} required>
        <Input value={draft.name} maxLength={128} onChange={(_, { value }) => change({ name: value })} data-testid="queue-name" />
      </Field>
      <Field label={t('admin.numbers')} hint={t('admin.numbers_hint')}>
        <Input value={draft.numbers} maxLength={1000} onChange={(_, { value }) => change({ numbers: value })} data-testid="queue-numbers" />
      </Field>
      <TeamAddress value={draft.team_address} change={(team_address) => change({ team_address })} />
      <Choices
        label={t('admin.members')}
        choices={agents.map(({ user_id, name }) => ({ id: user_id, name }))}
        chosen={draft.member_ids}
        change={(member_ids) => change({ member_ids })}
      />
      <Whole label={t('admin.offer_timeout')} min={7} max={59} value={draft.offer_timeout_s} change={(offer_timeout_s) => change({ offer_timeout_s })} />
      <Field label={t('admin.wrap_up_mode')}>
        <Select value={draft.wrap_up_mode} onChange={(_, { value }) => change({ wrap_up_mode: value as WrapUpMode })} data-testid="queue-wrap-up-mode">
          {MODES.map((mode) => (
            <option key={mode} value={mode}>
              {t(`wrap_up.mode.${mode}`)}
            </option>
          ))}
        </Select>
      </Field>
      {!UNTIMED.includes(draft.wrap_up_mode) && (
        <Whole label={t('admin.wrap_up_timeout')} min={1} max={3600} value={draft.wrap_up_timeout_s} change={(wrap_up_timeout_s) => change({ wrap_up_timeout_s })} />
      )}
      {queue && <Switch label={t('admin.active')} checked={draft.active} onChange={(_, { checked }) => change({ active: checked })} />}
    </FormDialog>
  )
}

function saveQueue(queue: QueueView | null, draft: Draft): Promise<unknown> {
  const body = {
    name: draft.name,
    numbers: draft.numbers.split(/[,;\n]/).map((number) => number.trim()).filter(Boolean),
    team_address: draft.team_address.trim() || null,
    member_ids: draft.member_ids,
    offer_timeout_ms: draft.offer_timeout_s * 1000,
    wrap_up_mode: draft.wrap_up_mode,
    wrap_up_timeout_ms: UNTIMED.includes(draft.wrap_up_mode) ? null : draft.wrap_up_timeout_s * 1000,
    active: draft.active,
  }
  if (!queue) return ask(api.POST('/api/v1/queues', { body }))
  return ask(api.PATCH('/api/v1/queues/{id}', { params: { path: { id: queue.queue_id } }, body }))
}

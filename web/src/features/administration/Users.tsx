import { Field, Input, Switch } from '@fluentui/react-components'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api, ask } from '@/api/client'
import type { Role, UserView } from '@/api/contract'
import { t } from '@/shared/i18n/translate'
import { FormDialog } from '@/shared/ui/form-dialog'
import { Choices } from './Choices'
import { Licences } from './Licences'
import { Listing } from './Listing'
import { networksQuery, queuesQuery, usersQuery } from './queries'
import { UserAbilities } from './UserAbilities'

const ROLES: Role[] = ['agent', 'supervisor', 'administrator']

/** Who may sign in, with which roles, in which queues. */
export function Users() {
  const users = useQuery(usersQuery)
  const queues = useQuery(queuesQuery)
  const [edited, setEdited] = useState<UserView | 'new' | null>(null)
  const [enabled, setEnabled] = useState<UserView | null>(null)
  const networks = useQuery(networksQuery)
  const networkName = (network: string) => networks.data?.find((one) => one.network === network)?.name ?? network
  const queueName = (queue_id: string) => queues.data?.find((one) => one.queue_id === queue_id)?.name ?? queue_id
  return (
    <>
      <Listing
        label={t('admin.users')}
        query={users}
        id={(user) => user.user_id}
        columns={[t('admin.name'), t('admin.sign_in_name'), t('admin.roles'), t('admin.queues'), t('admin.licences'), t('admin.active')]}
        cells={(user) => [
          user.name,
          user.sign_in_name,
          user.roles.map((role) => t(`role.${role}`)).join(', '),
          user.queue_ids.map(queueName).join(', ') || '–',
          user.licences.map(networkName).join(', ') || '–',
          t(user.active ? 'yes' : 'no'),
        ]}
        edit={setEdited}
        also={{ name: t('ability.and'), words: t('ability.and'), open: setEnabled }}
        add={{ words: t('admin.add_user'), open: () => setEdited('new') }}
        empty={t('admin.users_empty')}
      />
      {edited !== null && <UserForm user={edited === 'new' ? null : edited} close={() => setEdited(null)} />}
      {enabled && <UserAbilities user={enabled} close={() => setEnabled(null)} />}
    </>
  )
}

type Draft = { name: string; sign_in_name: string; password: string; roles: string[]; queue_ids: string[]; licences: string[]; active: boolean }

function UserForm({ user, close }: { user: UserView | null; close: () => void }) {
  const queues = useQuery(queuesQuery)
  const [draft, setDraft] = useState<Draft>({
    name: user?.name ?? '',
    sign_in_name: user?.sign_in_name ?? '',
    password: '',
    roles: user?.roles ?? ['agent'],
    queue_ids: user?.queue_ids ?? [],
    licences: user?.licences ?? [],
    active: user?.active ?? true,
  })
  const change = (part: Partial<Draft>) => setDraft((old) => ({ ...old, ...part }))
  return (
    <FormDialog title={t(user ? 'admin.change_user' : 'admin.add_user')} save={() => saveUser(user, draft)} close={close} refresh={['users', 'networks']}>
      <Field label={t('admin.name')} required>
        <Input value={draft.name} maxLength={128} onChange={(_, { value }) => change({ name: value })} data-testid="user-name" />
      </Field>
      <Field label={t('admin.sign_in_name')} required>
        <Input value={draft.sign_in_name} maxLength={128} onChange={(_, { value }) => change({ sign_in_name: value })} data-testid="user-sign-in-name" />
      </Field>
      <Field label={t(user ? 'admin.new_password' : 'sign_in.password')} hint={t('admin.password_hint')} required={!user}>
        <Input
          type="password"
          autoComplete="new-password"
          maxLength={200}
          value={draft.password}
          onChange={(_, { value }) => change({ password: value })}
          data-testid="user-password"
        />
      </Field>
      <Choices label={t('admin.roles')} choices={ROLES.map((id) => ({ id, name: t(`role.${id}`) }))} chosen={draft.roles} change={(roles) => change({ roles })} />
      <Choices
        label={t('admin.queues')}
        choices={(queues.data ?? []).map(({ queue_id, name }) => ({ id: queue_id, name }))}
        chosen={draft.queue_ids}
        change={(queue_ids) => change({ queue_ids })}
      />
      <Licences held={user?.licences ?? []} chosen={draft.licences} change={(licences) => change({ licences })} />
      {user && <Switch label={t('admin.active')} checked={draft.active} onChange={(_, { checked }) => change({ active: checked })} />}
    </FormDialog>
  )
}

function saveUser(user: UserView | null, draft: Draft): Promise<unknown> {
  const { name, sign_in_name, password, queue_ids, licences, active } = draft
  const roles = draft.roles as Role[]
  if (!user) return ask(api.POST('/api/v1/users', { body: { name, sign_in_name, password, roles, queue_ids, licences } }))
  const body = { name, sign_in_name, roles, queue_ids, licences, active, ...(password === '' ? {} : { password }) }
  return ask(api.PATCH('/api/v1/users/{id}', { params: { path: { id: user.user_id } }, body }))
}

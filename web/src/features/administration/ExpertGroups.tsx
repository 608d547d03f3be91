import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Text } from '@fluentui/react-components'
import { api, ask } from '@/api/client'
import { expertGroupsQuery, type ExpertGroup } from '@/shared/expert-groups'
import { t } from '@/shared/i18n/translate'
import { FormDialog } from '@/shared/ui/form-dialog'
import { ExpertGroupForm } from './ExpertGroupForm'
import { Listing } from './Listing'

/** Experts whom agents ask together, under a name. */
export function ExpertGroups() {
  const groups = useQuery(expertGroupsQuery)
  const [edited, setEdited] = useState<ExpertGroup | 'new' | null>(null)
  const [leaving, setLeaving] = useState<ExpertGroup | null>(null)
  return (
    <>
      <Listing
        label={t('admin.expert_groups')}
        query={groups}
        id={(group) => group.group_id}
        columns={[t('admin.name'), t('admin.members'), t('hunt.how'), t('hunt.within')]}
        cells={({ name, members, mode, within_ms }) => [
          name,
          members.map((one) => one.name).join(', '),
          t(`hunt.mode.${mode}`),
          t('hunt.seconds', { count: Math.round(within_ms / 1000) }),
        ]}
        also={{ name: t('admin.remove'), words: t('admin.remove'), open: setLeaving }}
        edit={setEdited}
        add={{ words: t('admin.add_expert_group'), open: () => setEdited('new') }}
        empty={t('admin.expert_groups_empty')}
      />
      {edited !== null && <ExpertGroupForm group={edited === 'new' ? null : edited} close={() => setEdited(null)} />}
      {leaving && <Removal group={leaving} close={() => setLeaving(null)} />}
    </>
  )
}

function Removal({ group, close }: { group: ExpertGroup; close: () => void }) {
  const remove = () => ask(api.DELETE('/api/v1/expert-groups/{id}', { params: { path: { id: group.group_id } } }))
  return (
    <FormDialog title={t('admin.remove_expert_group', { name: group.name })} verb={t('admin.remove')} save={remove} close={close} refresh={['expert-groups']}>
      <Text>{t('admin.remove_expert_group_more')}</Text>
    </FormDialog>
  )
}

import { Field, Input, makeStyles, Radio, RadioGroup, Text, tokens } from '@fluentui/react-components'
import { useState } from 'react'
import { api, ask } from '@/api/client'
import type { ExpertGroup, ExpertGroupMember } from '@/shared/expert-groups'
import { t } from '@/shared/i18n/translate'
import { FormDialog } from '@/shared/ui/form-dialog'
import { ExpertGroupMembers } from './ExpertGroupMembers'
import { MemberByAddress } from './MemberByAddress'
import { MemberSearch } from './MemberSearch'

/** As many as one hunt takes. */
const MOST = 20

const useStyles = makeStyles({
  how: { display: 'flex', flexWrap: 'wrap', alignItems: 'start', justifyContent: 'space-between', columnGap: tokens.spacingHorizontalM },
  more: { color: tokens.colorNeutralForeground2 },
})

type Draft = { name: string; mode: ExpertGroup['mode']; seconds: string; members: ExpertGroupMember[] }

/** A group: its name, who is in it, and how they are asked. */
export function ExpertGroupForm({ group, close }: { group: ExpertGroup | null; close: () => void }) {
  const styles = useStyles()
  const [draft, setDraft] = useState<Draft>({
    name: group?.name ?? '',
    mode: group?.mode ?? 'one_by_one',
    seconds: String(Math.round((group?.within_ms ?? 30_000) / 1000)),
    members: group?.members ?? [],
  })
  const change = (part: Partial<Draft>) => setDraft((old) => ({ ...old, ...part }))
  const add = (member: ExpertGroupMember) =>
    setDraft((old) => {
      const isThere = old.members.some((one) => one.network === member.network && one.address === member.address)
      return isThere || old.members.length >= MOST ? old : { ...old, members: [...old.members, member] }
    })
  return (
    <FormDialog title={t(group ? 'admin.change_expert_group' : 'admin.add_expert_group')} save={() => save(group, draft)} close={close} refresh={['expert-groups']}>
      <Field label={t('admin.name')} required>
        <Input value={draft.name} maxLength={100} onChange={(_, { value }) => change({ name: value })} data-testid="group-name" />
      </Field>
      <div className={styles.how}>
        <Field label={t('hunt.how')}>
          <RadioGroup value={draft.mode} onChange={(_, { value }) => change({ mode: value === 'all_at_once' ? 'all_at_once' : 'one_by_one' })}>
            <Radio value="one_by_one" label={t('hunt.mode.one_by_one')} />
            <Radio value="all_at_once" label={t('hunt.mode.all_at_once')} data-testid="group-all_at_once" />
          </RadioGroup>
        </Field>
        <Field label={t('group.within')}>
          <Input type="number" min={5} max={120} value={draft.seconds} onChange={(_, { value }) => change({ seconds: value })} data-testid="group-seconds" />
        </Field>
      </div>
      <ExpertGroupMembers members={draft.members} change={(members) => change({ members })} />
      <Text size={200} className={styles.more}>
        {t('group.more')}
      </Text>
      <MemberSearch add={add} />
      <MemberByAddress add={add} />
    </FormDialog>
  )
}

function save(group: ExpertGroup | null, { name, mode, seconds, members }: Draft) {
  const body = { name, mode, within_ms: Math.round(Number(seconds) * 1000), members }
  return group
    ? ask(api.PUT('/api/v1/expert-groups/{id}', { params: { path: { id: group.group_id } }, body }))
    : ask(api.POST('/api/v1/expert-groups', { body }))
}

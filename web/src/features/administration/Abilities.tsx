import { Field, Input, Switch } from '@fluentui/react-components'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api, ask } from '@/api/client'
import type { Ability, AbilityKind } from '@/api/contract'
import { t } from '@/shared/i18n/translate'
import { codeWords } from '@/shared/i18n/words'
import { FormDialog } from '@/shared/ui/form-dialog'
import { Listing } from './Listing'
import { abilitiesQuery } from './queries'

/** The skills, or the languages, that agents have and interactions ask for. */
export function Abilities({ kind }: { kind: AbilityKind }) {
  const abilities = useQuery({ ...abilitiesQuery, select: (all) => all.filter((one) => one.kind === kind) })
  const [edited, setEdited] = useState<Ability | 'new' | null>(null)
  const isLanguage = kind === 'language'
  return (
    <>
      <Listing
        label={codeWords('ability.many', kind)}
        query={abilities}
        id={(ability) => ability.ability_id}
        columns={[t('admin.name'), ...(isLanguage ? [t('admin.tag')] : []), t('admin.active')]}
        cells={({ name, tag, active }) => [name, ...(isLanguage ? [tag ?? ''] : []), t(active ? 'yes' : 'no')]}
        edit={setEdited}
        add={{ words: codeWords('ability.add', kind), open: () => setEdited('new') }}
        empty={codeWords('ability.empty', kind)}
      />
      {edited !== null && <AbilityForm kind={kind} ability={edited === 'new' ? null : edited} close={() => setEdited(null)} />}
    </>
  )
}

type Draft = { name: string; tag: string; active: boolean }

function AbilityForm({ kind, ability, close }: { kind: AbilityKind; ability: Ability | null; close: () => void }) {
  const [draft, setDraft] = useState<Draft>({ name: ability?.name ?? '', tag: ability?.tag ?? '', active: ability?.active ?? true })
  const change = (part: Partial<Draft>) => setDraft((old) => ({ ...old, ...part }))
  return (
    <FormDialog title={codeWords(ability ? 'ability.change' : 'ability.add', kind)} save={() => saveAbility(kind, ability, draft)} close={close} refresh={['abilities']}>
      <Field label={t('admin.name')} required>
        <Input value={draft.name} maxLength={100} onChange={(_, { value }) => change({ name: value })} data-testid="ability-name" />
      </Field>
      {kind === 'language' && (
        <Field label={t('admin.tag')} hint={t('admin.tag_hint')} required>
          <Input value={draft.tag} maxLength={35} onChange={(_, { value }) => change({ tag: value })} data-testid="ability-tag" />
        </Field>
      )}
      {ability && (
        <Field hint={t('ability.off_hint')}>
          <Switch label={t('admin.active')} checked={draft.active} onChange={(_, { checked }) => change({ active: checked })} />
        </Field>
      )}
    </FormDialog>
  )
}

function saveAbility(kind: AbilityKind, ability: Ability | null, { name, tag, active }: Draft): Promise<unknown> {
  const tagged = kind === 'language' ? { tag } : {}
  if (!ability) return ask(api.POST('/api/v1/abilities', { body: { kind, name, ...tagged } }))
  return ask(api.PATCH('/api/v1/abilities/{id}', { params: { path: { id: ability.ability_id } }, body: { name, active, ...tagged } }))
}

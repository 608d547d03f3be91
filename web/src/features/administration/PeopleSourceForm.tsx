import { Button, Field, Input, SpinButton, Switch, Text } from '@fluentui/react-components'
import { type ReactNode, useState } from 'react'
import { api, ask } from '@/api/client'
import { t } from '@/shared/i18n/translate'
import { FormDialog } from '@/shared/ui/form-dialog'
import { isBuiltIn, type PeopleSource } from './queries'

type Draft = { name: string; place: number; active: boolean }

type Props = { source: PeopleSource | null; choice?: ReactNode; close: () => void }

/** A source's name and place, whether it is on, and taking it away. */
export function PeopleSourceForm({ source, choice, close }: Props) {
  const [draft, setDraft] = useState<Draft>({ name: source?.name ?? '', place: source?.place ?? 1, active: source?.active ?? true })
  const [removing, setRemoving] = useState(false)
  const change = (part: Partial<Draft>) => setDraft((old) => ({ ...old, ...part }))
  const builtIn = source !== null && isBuiltIn(source)
  const save = () => {
    if (!source) return ask(api.POST('/api/v1/people-sources', { body: { name: draft.name } }))
    const params = { path: { id: source.source_id } }
    if (removing) return ask(api.DELETE('/api/v1/people-sources/{id}', { params }))
    return ask(api.PATCH('/api/v1/people-sources/{id}', { params, body: builtIn ? { active: draft.active } : draft }))
  }
  return (
    <FormDialog title={t(source ? 'people.change' : 'people.add')} save={save} close={close} refresh={['people-sources']} verb={removing ? t('admin.remove') : undefined}>
      {removing && source ? (
        <Text>{t('people.remove_sure', { source: source.name, count: source.people_count })}</Text>
      ) : (
        <>
          {choice}
          {builtIn ? (
            <Text>{t('people.built_in')}</Text>
          ) : (
            <Field label={t('admin.name')} required>
              <Input value={draft.name} maxLength={100} onChange={(_, { value }) => change({ name: value })} data-testid="people-source-name" />
            </Field>
          )}
          {source && !builtIn && (
            <Field label={t('people.place')} hint={t('people.place_hint')}>
              <SpinButton value={draft.place} min={1} max={1000} onChange={(_, { value, displayValue }) => change({ place: value ?? (Number(displayValue) || draft.place) })} />
            </Field>
          )}
          {source && <Switch label={t('admin.active')} checked={draft.active} onChange={(_, { checked }) => change({ active: checked })} data-testid="people-source-active" />}
          {source && !builtIn && (
            <Button onClick={() => setRemoving(true)} data-testid="people-source-remove">
              {t('people.remove')}
            </Button>
          )}
        </>
      )}
    </FormDialog>
  )
}

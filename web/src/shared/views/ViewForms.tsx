import { Checkbox, Field, Input, Text } from '@fluentui/react-components'
import { useState } from 'react'
import { t } from '../i18n/translate'
import { FormDialog } from '../ui/form-dialog'

const LONGEST = 100

type NameProps = {
  title: string
  name: string
  /** Whether it is asked too, if others shall see it. */
  mayShare: boolean
  save: (name: string, shared: boolean) => Promise<unknown>
  close: () => void
}

/** How a view shall be called. */
export function NameForm({ title, name: old, mayShare, save, close }: NameProps) {
  const [name, setName] = useState(old)
  const [shared, setShared] = useState(false)
  return (
    <FormDialog title={title} save={() => save(name, shared)} close={close} refresh={['views']}>
      <Field label={t('views.name')} required>
        <Input value={name} maxLength={LONGEST} onChange={(_, { value }) => setName(value)} autoFocus data-testid="view-name" />
      </Field>
      {mayShare && (
        <Checkbox label={t('views.share_with_all')} checked={shared} onChange={(_, { checked }) => setShared(checked === true)} data-testid="view-shared" />
      )}
    </FormDialog>
  )
}

type RemoveProps = { name: string; shared: boolean; remove: () => Promise<unknown>; close: () => void }

/** Asks before a view is removed, since it does not come back. */
export function RemoveForm({ name, shared, remove, close }: RemoveProps) {
  return (
    <FormDialog title={t('views.remove_one', { name })} save={remove} close={close} refresh={['views']} verb={t('views.remove')}>
      <Text>{t(shared ? 'views.remove_shared' : 'views.remove_own')}</Text>
    </FormDialog>
  )
}

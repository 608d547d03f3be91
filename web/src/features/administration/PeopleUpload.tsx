import { Field, Switch, Text } from '@fluentui/react-components'
import { useState } from 'react'
import { api, ask } from '@/api/client'
import { t } from '@/shared/i18n/translate'
import { FormDialog } from '@/shared/ui/form-dialog'
import type { PeopleSource } from './queries'

/** Uploads a CSV file as what a source tells. */
export function PeopleUpload({ source, close }: { source: PeopleSource; close: () => void }) {
  const [file, setFile] = useState<File | null>(null)
  const [full, setFull] = useState(true)
  const save = async () => {
    if (!file) return
    await ask(
      api.POST('/api/v1/people-sources/{id}/imports', {
        params: { path: { id: source.source_id }, query: { full } },
        headers: { 'content-type': 'text/csv' },
        body: '',
        bodySerializer: () => file,
      }),
    )
  }
  return (
    <FormDialog title={t('people.upload_to', { source: source.name })} save={save} close={close} refresh={['people-sources']} verb={t('people.upload')}>
      <Text>{t('people.upload_more')}</Text>
      <Field label={t('people.file')} required>
        {(props) => (
          <input {...props} type="file" accept=".csv,text/csv,text/plain" required onChange={(event) => setFile(event.target.files?.[0] ?? null)} data-testid="people-file" />
        )}
      </Field>
      <Switch label={t('people.full')} checked={full} onChange={(_, { checked }) => setFull(checked)} />
    </FormDialog>
  )
}

import { Field, Input } from '@fluentui/react-components'
import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { api, ask } from '@/api/client'
import type { ConfiguredNetwork } from '@/api/contract'
import { t } from '@/shared/i18n/translate'
import { FormDialog } from '@/shared/ui/form-dialog'
import { LdapFields } from './LdapFields'
import { LdapTrial } from './LdapTrial'
import { draftOf, type LdapDraft, settingsOf } from './ldapDraft'
import { type LdapSource, ldapSourceQuery, networksQuery, type PeopleSource } from './queries'

type Props = { source: PeopleSource | null; kept: LdapSource | null; choice?: ReactNode; close: () => void }

/** What is set for an LDAP directory, read before it is changed. */
export function LdapSettingsForm({ source, close }: { source: PeopleSource; close: () => void }) {
  const kept = useQuery(ldapSourceQuery(source.source_id))
  return kept.data ? <LdapForm source={source} kept={kept.data} close={close} /> : null
}

/** Where an LDAP directory is, who asks it and what for; it can be tried before it is saved. */
export function LdapForm(props: Props) {
  const networks = useQuery(networksQuery)
  return networks.data ? <Form {...props} networks={networks.data} /> : null
}

function Form({ source, kept, choice, close, networks }: Props & { networks: ConfiguredNetwork[] }) {
  const [draft, setDraft] = useState(() => draftOf(kept?.settings ?? null, networks))
  const change = (part: Partial<LdapDraft>) => setDraft((old) => ({ ...old, ...part }))
  const password = draft.password || null
  const settings = settingsOf(draft)
  const save = () => {
    if (!source) return ask(api.POST('/api/v1/people-sources/ldap', { body: { name: draft.name, settings, password } }))
    return ask(api.PUT('/api/v1/people-sources/{id}/ldap', { params: { path: { id: source.source_id } }, body: { settings, password } }))
  }
  return (
    <FormDialog title={source ? t('ldap.settings_of', { source: source.name }) : t('people.add')} save={save} close={close} refresh={['people-sources', 'ldap-source']}>
      {choice}
      {!source && (
        <Field label={t('admin.name')} required>
          <Input value={draft.name} maxLength={100} onChange={(_, { value }) => change({ name: value })} data-testid="people-source-name" />
        </Field>
      )}
      <LdapFields draft={draft} change={change} hasPassword={kept?.has_password ?? false} networks={networks} />
      <LdapTrial trial={{ settings, password, source_id: source?.source_id ?? null }} />
    </FormDialog>
  )
}

import { Field, Input, Select, Text } from '@fluentui/react-components'
import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { api, ask } from '@/api/client'
import { t } from '@/shared/i18n/translate'
import { FormDialog } from '@/shared/ui/form-dialog'
import { networksQuery, type ScimNetwork, type ScimSource } from './queries'

const FROM = ['user_name', 'email', 'ims'] as const

type Props = { choice: ReactNode; close: () => void; made: (source: ScimSource) => void }

/** A new source that provisions; its token is shown once it is made. */
export function ScimForm({ choice, close, made }: Props) {
  const networks = useQuery(networksQuery)
  const [name, setName] = useState('')
  const [from, setFrom] = useState<Record<string, string>>({})
  const save = async () => {
    const chosen = Object.entries(from).filter(([, one]) => one !== '') as [string, ScimNetwork['from']][]
    const settings = { networks: chosen.map(([network, one]) => ({ network, from: one })) }
    made(await ask(api.POST('/api/v1/people-sources/scim', { body: { name, settings } })))
  }
  return (
    <FormDialog title={t('people.add')} save={save} close={close} refresh={['people-sources']}>
      {choice}
      <Text>{t('scim.more')}</Text>
      <Field label={t('admin.name')} required>
        <Input value={name} maxLength={100} onChange={(_, { value }) => setName(value)} data-testid="people-source-name" />
      </Field>
      {networks.data?.map(({ network, name: shown }) => (
        <Field key={network} label={t('ldap.address_on', { network: shown })}>
          <Select value={from[network] ?? ''} onChange={(_, { value }) => setFrom((old) => ({ ...old, [network]: value }))}>
            <option value="">{t('scim.from.none')}</option>
            {FROM.map((one) => (
              <option key={one} value={one}>
                {t(`scim.from.${one}`)}
              </option>
            ))}
          </Select>
        </Field>
      ))}
    </FormDialog>
  )
}

import { Field, Input, Text } from '@fluentui/react-components'
import { useQuery } from '@tanstack/react-query'
import { t } from '@/shared/i18n/translate'
import { networksQuery } from './queries'

const MOST = 64

/** The address at which experts write to a queue's agents, whole for each network; nothing where no network can do that. */
export function TeamAddress({ value, change }: { value: string; change: (value: string) => void }) {
  const networks = useQuery(networksQuery)
  const able = (networks.data ?? []).flatMap(({ network, name, team_domain }) => (team_domain === null ? [] : [{ network, name, team_domain }]))
  const address = value.trim().toLowerCase()
  if (able.length === 0 && address === '') return null
  return (
    <Field label={t('admin.team_address')} hint={t('admin.team_address_hint')}>
      <Input value={value} maxLength={MOST} onChange={(_, data) => change(data.value)} autoCapitalize="none" spellCheck={false} data-testid="queue-team-address" />
      {address !== '' &&
        able.map(({ network, name, team_domain }) => (
          <Text key={network} size={200} block data-testid="team-address-whole">
            {t('admin.team_address_whole', { network: name, address: `${address}@${team_domain}` })}
          </Text>
        ))}
    </Field>
  )
}

import { Text } from '@fluentui/react-components'
import { useQuery } from '@tanstack/react-query'
import type { ConfiguredNetwork } from '@/api/contract'
import { formatCount, t } from '@/shared/i18n/translate'
import { codeWords } from '@/shared/i18n/words'
import { Listing } from './Listing'
import { networksQuery } from './queries'
import { seatWords } from './seats'

/** The chat networks of the configuration file; to be read only. */
export function Networks() {
  const networks = useQuery(networksQuery)
  return (
    <>
      <Text>{t('admin.networks_more')}</Text>
      <Listing
        label={t('admin.networks')}
        query={networks}
        id={(network) => network.network}
        columns={[t('admin.name'), t('admin.kind'), t('admin.address'), t('admin.seats'), t('admin.signed_in'), t('admin.troubles')]}
        cells={(network) => [
          network.name,
          network.kind,
          network.address ?? t('admin.discovery'),
          seatWords(network),
          formatCount(network.signed_in_count),
          <Troubles key="troubles" troubles={network.troubles} />,
        ]}
        empty={t('admin.networks_empty')}
      />
    </>
  )
}

/** The agents' troubles with a network, by kind, with the server's own words for one of them. */
function Troubles({ troubles }: Pick<ConfiguredNetwork, 'troubles'>) {
  if (troubles.length === 0) return '–'
  return troubles.map(({ code, words, agent_count }) => (
    <Text key={code} block>
      {formatCount(agent_count)} × {codeWords('network.code', code)} <Text size={200}>{words}</Text>
    </Text>
  ))
}

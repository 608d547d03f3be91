import { Text } from '@fluentui/react-components'
import { useQuery } from '@tanstack/react-query'
import { t } from '@/shared/i18n/translate'
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
        columns={[t('admin.name'), t('admin.kind'), t('admin.address'), t('admin.seats')]}
        cells={(network) => [network.name, network.kind, network.address ?? t('admin.discovery'), seatWords(network)]}
        empty={t('admin.networks_empty')}
      />
    </>
  )
}

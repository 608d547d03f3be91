import { useSnapshot } from '@/shared/desk/context'
import { t } from '@/shared/i18n/translate'
import type { NetworkView } from '@/shared/socket/types'
import { Empty } from '@/shared/ui/states'

/** Whether I may ask anybody at all: without a licence for any network there is nobody to be found. */
export function useIsLicensed(): boolean {
  return useSnapshot((snapshot) => snapshot.networks.length === 0 || snapshot.networks.some(isLicensed))
}

/** Stands in for the search: says which licence is missing and who can grant it. */
export function NotLicensed() {
  const names = useSnapshot((snapshot) => snapshot.networks.map((network) => network.name).join(', '))
  return (
    <div data-testid="not-licensed">
      <Empty title={t('experts.not_licensed', { network: names })}>{t('experts.not_licensed_more')}</Empty>
    </div>
  )
}

function isLicensed(network: NetworkView): boolean {
  return network.state !== 'not_licensed'
}

import { Checkbox, Field } from '@fluentui/react-components'
import { useQuery } from '@tanstack/react-query'
import { t } from '@/shared/i18n/translate'
import { networksQuery } from './queries'
import { seatsFree, seatWords } from './seats'

type Props = { held: string[]; chosen: string[]; change: (chosen: string[]) => void }

/** The chat networks that a user may use, each with its seats; a full one cannot be given. */
export function Licences({ held, chosen, change }: Props) {
  const networks = useQuery(networksQuery)
  if (!networks.data || networks.data.length === 0) return null
  return (
    <Field label={t('admin.licences')} hint={t('admin.licences_hint')}>
      <div role="group" aria-label={t('admin.licences')}>
        {networks.data.map((network) => {
          const has = chosen.includes(network.network)
          return (
            <div key={network.network}>
              <Checkbox
                label={`${network.name} · ${seatWords(network)}`}
                checked={has}
                disabled={!has && !held.includes(network.network) && seatsFree(network) === 0}
                onChange={(_, { checked }) => change(checked === true ? [...chosen, network.network] : chosen.filter((one) => one !== network.network))}
                data-testid={`licence-${network.network}`}
              />
            </div>
          )
        })}
      </div>
    </Field>
  )
}

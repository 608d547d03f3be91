import { Field, makeStyles, Radio, RadioGroup, tokens } from '@fluentui/react-components'
import { useSnapshot } from '@/shared/desk/context'
import { personKey } from '@/shared/desk/state'
import { t } from '@/shared/i18n/translate'
import { errorWords } from '@/shared/i18n/words'
import type { EntryNetwork, PersonView } from '@/shared/socket/types'
import { PresenceDot, presenceWords, usePresence } from '@/shared/ui/presence'

const useStyles = makeStyles({
  label: { display: 'inline-flex', alignItems: 'center', gap: tokens.spacingHorizontalXS },
})

type Props = { view: PersonView; choose: (view: PersonView) => void }

/** On which of a person's networks they are asked, where there are several. */
export function NetworkChoice({ view, choose }: Props) {
  const networks = view.networks ?? []
  if (networks.length < 2) return null
  return (
    <Field label={t('ask.network')} size="small">
      <RadioGroup
        layout="horizontal"
        value={personKey(view.person)}
        onChange={(_, { value }) => {
          const chosen = networks.find((one) => personKey(one.person) === value)
          if (chosen) choose({ ...view, person: chosen.person, presence: chosen.presence })
        }}
        data-testid="ask-network"
      >
        {networks.map((one) => (
          <Radio key={personKey(one.person)} value={personKey(one.person)} disabled={one.cannot_ask !== null} label={<NetworkLabel view={view} network={one} />} />
        ))}
      </RadioGroup>
    </Field>
  )
}

function NetworkLabel({ view, network }: { view: PersonView; network: EntryNetwork }) {
  const styles = useStyles()
  const { person, cannot_ask } = network
  const name = useSnapshot((snapshot) => snapshot.networks.find((one) => one.network === person.network)?.name ?? person.network)
  const presence = usePresence({ ...view, person, presence: network.presence })
  if (cannot_ask !== null) return <>{[name, errorWords(cannot_ask)].filter(Boolean).join(': ')}</>
  return (
    <span className={styles.label}>
      <PresenceDot presence={presence.presence} />
      {name} ({presenceWords(presence)})
    </span>
  )
}

import { Button, makeStyles, Text, tokens } from '@fluentui/react-components'
import { useConnection, useSnapshot } from '@/shared/desk/context'
import { newestPresence, personKey } from '@/shared/desk/state'
import { t } from '@/shared/i18n/translate'
import type { ConsultView, PersonView } from '@/shared/socket/types'
import { useStore } from '@/shared/store/external'
import { PresenceDot, usePresence } from '@/shared/ui/presence'
import { useHelped } from './Helped'
import { candidatesFor, lastFound, recentPeople } from './people'

const SHOWN = 3

const useStyles = makeStyles({
  row: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: tokens.spacingHorizontalSNudge },
  muted: { color: tokens.colorNeutralForeground2 },
  name: { marginLeft: tokens.spacingHorizontalSNudge },
})

/** Who else may be asked in a consult, who helped before among them, the easiest to reach first. */
export function useCandidates(consult: ConsultView | null): PersonView[] {
  const store = useConnection().store
  const user_id = useSnapshot((snapshot) => snapshot.me.user_id)
  const found = useStore(lastFound)
  const recent = useStore(recentPeople, (all) => all[user_id]) ?? []
  const helped = useHelped().map((one) => one.person)
  const presences = useStore(store, (state) => state.presences)
  return candidatesFor(consult, [...helped, ...found, ...recent], (view) => newestPresence(presences.get(personKey(view.person)), view.presence))
}

type Props = { consult: ConsultView | null; person: PersonView; choose: (person: PersonView) => void }

/** Other people for the same question, one press away. */
export function Candidates({ consult, person, choose }: Props) {
  const styles = useStyles()
  const others = useCandidates(consult).filter((one) => personKey(one.person) !== personKey(person.person))
  if (!consult || others.length === 0) return null
  return (
    <div className={styles.row} role="group" aria-label={t('ask.instead')}>
      <Text size={200} className={styles.muted}>
        {t('ask.instead')}
      </Text>
      {others.slice(0, SHOWN).map((view) => (
        <Candidate key={personKey(view.person)} view={view} choose={choose} />
      ))}
    </div>
  )
}

function Candidate({ view, choose }: { view: PersonView; choose: (person: PersonView) => void }) {
  const styles = useStyles()
  const presence = usePresence(view)
  return (
    <Button size="small" shape="circular" onClick={() => choose(view)}>
      <PresenceDot presence={presence.presence} />
      <span className={styles.name}>{view.name}</span>
    </Button>
  )
}

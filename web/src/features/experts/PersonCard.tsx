import { makeStyles, Text, tokens } from '@fluentui/react-components'
import type { ReactNode } from 'react'
import { t } from '@/shared/i18n/translate'
import type { PersonView } from '@/shared/socket/types'
import { usePresence } from '@/shared/ui/presence'
import { FavouriteButton } from './FavouriteButton'

const useStyles = makeStyles({
  card: { display: 'grid', gap: tokens.spacingVerticalS },
  head: { display: 'grid', gridTemplateColumns: 'minmax(0, 1fr) auto', alignItems: 'start' },
  facts: { display: 'grid', gridTemplateColumns: 'auto minmax(0, 1fr)', columnGap: tokens.spacingHorizontalM, rowGap: '2px', margin: 0, fontSize: tokens.fontSizeBase200 },
  name: { color: tokens.colorNeutralForeground2 },
  fact: { margin: 0, overflowWrap: 'anywhere' },
  note: { fontStyle: 'italic', overflowWrap: 'anywhere' },
})

/** All that a network tells of a person, under the head that is given. */
export function PersonCard({ view, children }: { view: PersonView; children: ReactNode }) {
  const styles = useStyles()
  const { note } = usePresence(view)
  const facts = factsOf(view)
  return (
    <div className={styles.card} data-testid="person-card">
      <div className={styles.head}>
        {children}
        <FavouriteButton view={view} hasKey />
      </div>
      {note && (
        <Text className={styles.note} size={200} dir="auto" data-testid="person-note">
          {note.out_of_office ? `${t('person.out_of_office')} ` : ''}
          {note.text}
        </Text>
      )}
      {facts.length > 0 && (
        <dl className={styles.facts}>
          {facts.map(({ name, value }) => (
            <Fact key={name} name={name} value={value} />
          ))}
        </dl>
      )}
    </div>
  )
}

function Fact({ name, value }: { name: string; value: string }) {
  const styles = useStyles()
  return (
    <>
      <dt className={styles.name}>{name}</dt>
      <dd className={styles.fact}>{value}</dd>
    </>
  )
}

function factsOf(view: PersonView): { name: string; value: string }[] {
  const facts = [
    { name: t('person.company'), value: view.company },
    { name: t('person.office'), value: view.office },
    { name: t('person.phone'), value: shownPhone(view.phone) },
    { name: t('person.mobile'), value: shownPhone(view.mobile) },
    { name: t('person.email'), value: view.email },
  ]
  return facts.flatMap(({ name, value }) => (value ? [{ name, value }] : []))
}

/** A telephone number without the form of its address. */
function shownPhone(phone: string | null): string | null {
  return phone?.replace(/^tel:/, '').replace(/;ext=/, ' · ') ?? null
}

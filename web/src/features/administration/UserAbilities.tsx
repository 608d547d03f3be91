import { Button, makeStyles, Select, Text, tokens } from '@fluentui/react-components'
import { DeleteRegular } from '@fluentui/react-icons'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api, ask } from '@/api/client'
import type { Ability, UserAbility, UserView } from '@/api/contract'
import { t } from '@/shared/i18n/translate'
import { FormDialog } from '@/shared/ui/form-dialog'
import { AbilitySelect } from './AbilitySelect'
import { Loaded } from './Loaded'
import { abilitiesQuery, userAbilitiesQuery } from './queries'

const LEVELS = [1, 2, 3, 4, 5]

const useStyles = makeStyles({
  row: { display: 'grid', gridTemplateColumns: 'minmax(0, 1fr) 96px auto', gap: tokens.spacingHorizontalM, alignItems: 'center' },
})

/** What an agent can do, and how well. */
export function UserAbilities({ user, close }: { user: UserView; close: () => void }) {
  const held = useQuery(userAbilitiesQuery(user.user_id))
  const abilities = useQuery(abilitiesQuery)
  return (
    <Loaded one={held} other={abilities} title={t('ability.of', { name: user.name })} close={close}>
      {({ abilities: saved }, known) => <Form user={user} saved={saved} known={known} close={close} />}
    </Loaded>
  )
}

type Props = { user: UserView; saved: UserAbility[]; known: Ability[]; close: () => void }

function Form({ user, saved, known, close }: Props) {
  const [held, setHeld] = useState(saved)
  const name = (id: string) => known.find((one) => one.ability_id === id)?.name ?? id
  const others = known.filter(({ ability_id }) => held.every((one) => one.ability_id !== ability_id))
  const save = () => ask(api.PUT('/api/v1/users/{id}/abilities', { params: { path: { id: user.user_id } }, body: { abilities: held } }))
  return (
    <FormDialog title={t('ability.of', { name: user.name })} save={save} close={close} refresh={['user-abilities']}>
      {held.length === 0 && <Text>{t(known.length === 0 ? 'ability.none_known' : 'ability.none_held')}</Text>}
      {held.map((one) => (
        <Held
          key={one.ability_id}
          name={name(one.ability_id)}
          level={one.proficiency}
          change={(proficiency) => setHeld((old) => old.map((other) => (other === one ? { ...one, proficiency } : other)))}
          remove={() => setHeld((old) => old.filter((other) => other !== one))}
        />
      ))}
      {others.length > 0 && (
        <AbilitySelect
          label={t('ability.give')}
          none={t('ability.give')}
          chosen=""
          abilities={others}
          change={(ability_id) => ability_id !== '' && setHeld((old) => [...old, { ability_id, proficiency: 3 }])}
          testId="ability-give"
        />
      )}
    </FormDialog>
  )
}

type HeldProps = { name: string; level: number; change: (level: number) => void; remove: () => void }

function Held({ name, level, change, remove }: HeldProps) {
  const styles = useStyles()
  return (
    <div className={styles.row} role="group" aria-label={name} data-testid="user-ability">
      <Text>{name}</Text>
      <Select aria-label={`${t('ability.proficiency')}: ${name}`} value={String(level)} onChange={(_, { value }) => change(Number(value))}>
        {LEVELS.map((one) => (
          <option key={one} value={one}>
            {one}
          </option>
        ))}
      </Select>
      <Button appearance="subtle" icon={<DeleteRegular />} aria-label={`${t('admin.remove')}: ${name}`} onClick={remove} />
    </div>
  )
}

import { Button, Input, makeStyles, Text, tokens } from '@fluentui/react-components'
import { AddRegular, SearchRegular } from '@fluentui/react-icons'
import { useQuery } from '@tanstack/react-query'
import { useDeferredValue, useState } from 'react'
import { useConnection, useSnapshot } from '@/shared/desk/context'
import { personKey } from '@/shared/desk/state'
import type { ExpertGroupMember } from '@/shared/expert-groups'
import { t } from '@/shared/i18n/translate'

const SHOWN = 6

const useStyles = makeStyles({
  search: { width: '100%' },
  list: { listStyle: 'none', margin: 0, padding: 0, display: 'grid' },
  found: { justifyContent: 'flex-start', width: '100%', fontWeight: tokens.fontWeightRegular },
})

/** Finds experts by name on the networks to which whoever sits here is signed in; nothing without one. */
export function MemberSearch({ add }: { add: (member: ExpertGroupMember) => void }) {
  const styles = useStyles()
  const connection = useConnection()
  const canSearch = useSnapshot((snapshot) => snapshot.agent !== null && snapshot.networks.some((one) => one.state === 'up'))
  const [text, setText] = useState('')
  const wanted = useDeferredValue(text.trim())
  const { data, isFetching } = useQuery({
    queryKey: ['member-search', wanted],
    queryFn: async () => (await connection.command('experts.search', { text: wanted, network: null, after: null })).people,
    enabled: canSearch && wanted.length > 1,
    gcTime: 0,
    retry: false,
  })
  if (!canSearch) return null
  const choose = (person: NonNullable<typeof data>[number]) => {
    add({ network: person.person.network, address: person.person.address, name: person.name, consult_limit: null, quiet_hours: null })
    setText('')
  }
  return (
    <div role="search">
      <Input
        className={styles.search}
        aria-label={t('group.search')}
        placeholder={t('group.search')}
        contentBefore={<SearchRegular aria-hidden />}
        maxLength={256}
        value={text}
        onChange={(_, { value }) => setText(value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || event.nativeEvent.isComposing) return
          event.preventDefault()
          if (data?.[0] && !isFetching && wanted === text.trim()) choose(data[0])
        }}
        data-testid="member-search"
      />
      {data?.length === 0 && <Text role="status">{t('group.nobody')}</Text>}
      <ul className={styles.list}>
        {data?.slice(0, SHOWN).map((person) => (
          <li key={personKey(person.person)}>
            <Button appearance="subtle" icon={<AddRegular />} className={styles.found} onClick={() => choose(person)} aria-label={t('group.add', { name: person.name })} data-testid="member-found">
              {[person.name, person.department, person.person.network].filter(Boolean).join(' · ')}
            </Button>
          </li>
        ))}
      </ul>
    </div>
  )
}

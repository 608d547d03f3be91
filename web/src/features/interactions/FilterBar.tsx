import { Button, makeStyles, tokens } from '@fluentui/react-components'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api, ask } from '@/api/client'
import { useSnapshot } from '@/shared/desk/context'
import { t } from '@/shared/i18n/translate'
import { type FilterText, hasMore } from './filters'
import { MoreFilters } from './MoreFilters'
import { Choice, Day, Typed } from './parts'

const useStyles = makeStyles({
  bar: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalM, alignItems: 'end' },
})

type Props = { filters: FilterText; change: (part: FilterText) => void; clear: () => void }

/** All filters of the list; each choice goes to the address. */
export function FilterBar({ filters, change, clear }: Props) {
  const styles = useStyles()
  const [opened, setOpened] = useState(false)
  const more = opened || hasMore(filters)
  const roles = useSnapshot((snapshot) => snapshot.me.roles)
  const names = useQuery({ queryKey: ['directory'], queryFn: () => ask(api.GET('/api/v1/directory')), staleTime: 60_000 })
  const { agents = [], queues = [], dispositions = [], abilities = [] } = names.data ?? {}
  const seesOthers = roles.includes('supervisor') || roles.includes('administrator')
  const part = { filters, change }
  const consult: [string, string][] = [
    ['yes', t('interactions.with_consult')],
    ['no', t('interactions.without_consult')],
  ]
  return (
    <div className={styles.bar} role="search" aria-label={t('interactions.filters')}>
      <Day name="from" label={t('interactions.from')} {...part} />
      <Day name="to" label={t('interactions.to')} {...part} />
      {seesOthers && <Choice name="agent" label={t('interactions.agent')} {...part} choices={agents.map((one) => [one.user_id, one.name])} />}
      <Choice name="queue" label={t('interactions.queue')} {...part} choices={queues.map((one) => [one.queue_id, one.name])} />
      <Choice name="disposition" label={t('interactions.disposition')} {...part} choices={dispositions.map((one) => [one.disposition_id, one.name])} />
      <Choice name="consult" label={t('interactions.consult')} {...part} choices={consult} />
      <Typed name="number" label={t('interactions.number')} {...part} />
      <Typed name="text" label={t('interactions.text')} {...part} />
      {more && <MoreFilters {...part} abilities={abilities} />}
      {!more && (
        <Button onClick={() => setOpened(true)} data-testid="more-filters">
          {t('interactions.more_filters')}
        </Button>
      )}
      <Button onClick={clear} disabled={Object.keys(filters).length === 0}>
        {t('interactions.clear')}
      </Button>
    </div>
  )
}

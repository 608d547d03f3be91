import { Button, Field, Input, makeStyles, Select, tokens } from '@fluentui/react-components'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { api, ask } from '@/api/client'
import { useSnapshot } from '@/shared/desk/context'
import { t } from '@/shared/i18n/translate'
import type { FilterText } from './filters'

const TYPED_AFTER_MS = 350

const useStyles = makeStyles({
  bar: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalM, alignItems: 'end' },
  text: { width: '150px' },
})

type Props = { filters: FilterText; change: (part: FilterText) => void; clear: () => void }

/** All filters of the list; each choice goes to the address. */
export function FilterBar({ filters, change, clear }: Props) {
  const styles = useStyles()
  const roles = useSnapshot((snapshot) => snapshot.me.roles)
  const names = useQuery({ queryKey: ['directory'], queryFn: () => ask(api.GET('/api/v1/directory')), staleTime: 60_000 })
  const { agents = [], queues = [], dispositions = [] } = names.data ?? {}
  const seesOthers = roles.includes('supervisor') || roles.includes('administrator')
  return (
    <div className={styles.bar} role="search" aria-label={t('interactions.filters')}>
      <Day name="from" label={t('interactions.from')} filters={filters} change={change} />
      <Day name="to" label={t('interactions.to')} filters={filters} change={change} />
      {seesOthers && (
        <Choice name="agent" label={t('interactions.agent')} filters={filters} change={change} choices={agents.map((one) => [one.user_id, one.name])} />
      )}
      <Choice name="queue" label={t('interactions.queue')} filters={filters} change={change} choices={queues.map((one) => [one.queue_id, one.name])} />
      <Choice
        name="disposition"
        label={t('interactions.disposition')}
        filters={filters}
        change={change}
        choices={dispositions.map((one) => [one.disposition_id, one.name])}
      />
      <Choice
        name="consult"
        label={t('interactions.consult')}
        filters={filters}
        change={change}
        choices={[
          ['yes', t('interactions.with_consult')],
          ['no', t('interactions.without_consult')],
        ]}
      />
      <Typed name="number" label={t('interactions.number')} filters={filters} change={change} />
      <Typed name="text" label={t('interactions.text')} filters={filters} change={change} />
      <Button onClick={clear} disabled={Object.keys(filters).length === 0}>
        {t('interactions.clear')}
      </Button>
    </div>
  )
}

type PartProps = { name: keyof FilterText; label: string; filters: FilterText; change: (part: FilterText) => void }

function Day({ name, label, filters, change }: PartProps) {
  return (
    <Field label={label}>
      <Input type="date" value={filters[name] ?? ''} onChange={(_, { value }) => change({ [name]: value })} data-testid={`filter-${name}`} />
    </Field>
  )
}

function Choice({ name, label, filters, change, choices }: PartProps & { choices: [string, string][] }) {
  return (
    <Field label={label}>
      <Select value={filters[name] ?? ''} onChange={(_, { value }) => change({ [name]: value })} data-testid={`filter-${name}`}>
        <option value="">{t('interactions.all')}</option>
        {choices.map(([value, words]) => (
          <option key={value} value={value}>
            {words}
          </option>
        ))}
      </Select>
    </Field>
  )
}

function Typed({ name, label, filters, change }: PartProps) {
  const styles = useStyles()
  const committed = filters[name] ?? ''
  const [typed, setTyped] = useState(committed)
  const [base, setBase] = useState(committed)
  // The address changed from outside: a link or the back button.
  if (base !== committed) {
    setBase(committed)
    setTyped(committed)
  }
  useEffect(() => {
    if (typed === committed) return
    const timer = setTimeout(() => change({ [name]: typed }), TYPED_AFTER_MS)
    return () => clearTimeout(timer)
  }, [typed, committed, change, name])
  return (
    <Field label={label}>
      <Input className={styles.text} value={typed} maxLength={256} onChange={(_, { value }) => setTyped(value)} data-testid={`filter-${name}`} />
    </Field>
  )
}

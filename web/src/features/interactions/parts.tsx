import { Field, Input, makeStyles, Select } from '@fluentui/react-components'
import { useEffect, useState } from 'react'
import { t } from '@/shared/i18n/translate'
import type { FilterText } from './filters'

const TYPED_AFTER_MS = 350

const useStyles = makeStyles({ text: { width: '150px' }, seconds: { width: '96px' } })

export type PartProps = { name: keyof FilterText; label: string; filters: FilterText; change: (part: FilterText) => void }

export function Day({ name, label, filters, change }: PartProps) {
  return (
    <Field label={label}>
      <Input type="date" value={filters[name] ?? ''} onChange={(_, { value }) => change({ [name]: value })} data-testid={`filter-${name}`} />
    </Field>
  )
}

export function Choice({ name, label, filters, change, choices, none }: PartProps & { choices: [string, string][]; none?: string }) {
  return (
    <Field label={label}>
      <Select value={filters[name] ?? ''} onChange={(_, { value }) => change({ [name]: value })} data-testid={`filter-${name}`}>
        <option value="">{none ?? t('interactions.all')}</option>
        {choices.map(([value, words]) => (
          <option key={value} value={value}>
            {words}
          </option>
        ))}
      </Select>
    </Field>
  )
}

export function Typed({ name, label, filters, change, seconds }: PartProps & { seconds?: boolean }) {
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
      <Input
        type={seconds ? 'number' : 'text'}
        min={seconds ? 0 : undefined}
        className={seconds ? styles.seconds : styles.text}
        value={typed}
        maxLength={seconds ? undefined : 256}
        onChange={(_, { value }) => setTyped(value)}
        data-testid={`filter-${name}`}
      />
    </Field>
  )
}

import { Field, Input, makeStyles, Select, tokens } from '@fluentui/react-components'
import type { ReactNode } from 'react'
import { t } from '@/shared/i18n/translate'
import { codeWords } from '@/shared/i18n/words'
import { GRAINS, type PeriodText } from './period'

const useStyles = makeStyles({
  bar: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalM, alignItems: 'end' },
})

type Props = {
  period: Required<PeriodText>
  change: (part: PeriodText) => void
  /** Whether the page lays figures out over time. */
  grains?: boolean
  /** What else is chosen. */
  children?: ReactNode
}

/** From when until when, and how finely; each choice goes to the address. */
export function PeriodBar({ period, change, grains, children }: Props) {
  const styles = useStyles()
  return (
    <div className={styles.bar} role="search" aria-label={t('figures.period')}>
      <Field label={t('interactions.from')}>
        <Input type="date" value={period.from} onChange={(_, { value }) => change({ from: value })} data-testid="period-from" />
      </Field>
      <Field label={t('interactions.to')}>
        <Input type="date" value={period.to} onChange={(_, { value }) => change({ to: value })} data-testid="period-to" />
      </Field>
      {grains && (
        <Field label={t('figures.grain')}>
          <Select value={period.grain} onChange={(_, { value }) => change({ grain: value })} data-testid="period-grain">
            {GRAINS.map((grain) => (
              <option key={grain} value={grain}>
                {codeWords('figures.grain', grain)}
              </option>
            ))}
          </Select>
        </Field>
      )}
      {children}
    </div>
  )
}

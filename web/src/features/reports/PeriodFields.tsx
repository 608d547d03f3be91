import { Field, Input, Select } from '@fluentui/react-components'
import { t } from '@/shared/i18n/translate'
import { codeWords } from '@/shared/i18n/words'
import { type Draft, PERIODS } from './request'

type Props = { draft: Draft; change: (part: Partial<Draft>) => void }

/** Days seen from today, or two days that are both part of the period. */
export function PeriodFields({ draft, change }: Props) {
  const choose = (value: string) => change({ period: PERIODS.find((one) => one === value) ?? 'yesterday' })
  return (
    <>
      <Field label={t('reports.period')}>
        <Select value={draft.period} onChange={(_, { value }) => choose(value)} data-testid="report-period">
          {PERIODS.map((period) => (
            <option key={period} value={period}>
              {codeWords('reports.period', period)}
            </option>
          ))}
        </Select>
      </Field>
      {draft.period === 'days' && (
        <>
          <Field label={t('interactions.from')}>
            <Input type="date" value={draft.from} max={draft.to} onChange={(_, { value }) => change({ from: value })} data-testid="report-from" />
          </Field>
          <Field label={t('interactions.to')}>
            <Input type="date" value={draft.to} min={draft.from} onChange={(_, { value }) => change({ to: value })} data-testid="report-to" />
          </Field>
        </>
      )}
    </>
  )
}

import { t } from '@/shared/i18n/translate'
import { codeWords } from '@/shared/i18n/words'
import { DURATIONS } from './filters'
import { Choice, type PartProps, Typed } from './parts'

type Props = Pick<PartProps, 'filters' | 'change'>

const FLAGS = ['answered', 'held', 'note'] as const

/** Flags and a duration: for those who look for something particular. */
export function MoreFilters({ filters, change }: Props) {
  const yesOrNo: [string, string][] = [
    ['yes', t('yes')],
    ['no', t('no')],
  ]
  const durations = DURATIONS.map((one): [string, string] => [one, codeWords('interactions.duration', one)])
  return (
    <>
      {FLAGS.map((flag) => (
        <Choice key={flag} name={flag} label={codeWords('interactions.flag', flag)} filters={filters} change={change} choices={yesOrNo} />
      ))}
      <Choice name="duration" label={t('interactions.duration')} filters={filters} change={change} choices={durations} none={t('interactions.any')} />
      {filters.duration && <Typed name="least" label={t('interactions.least')} filters={filters} change={change} seconds />}
      {filters.duration && <Typed name="most" label={t('interactions.most')} filters={filters} change={change} seconds />}
    </>
  )
}

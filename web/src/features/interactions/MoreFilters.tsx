import type { NamedAbility } from '@/shared/abilities'
import { t } from '@/shared/i18n/translate'
import { codeWords } from '@/shared/i18n/words'
import { DURATIONS } from './filters'
import { Choice, type PartProps, Typed } from './parts'

type Props = Pick<PartProps, 'filters' | 'change'> & { abilities: NamedAbility[] }

const KINDS = ['skill', 'language'] as const
const FLAGS = ['answered', 'held', 'note'] as const

/** Skill, language, flags and a duration: for those who look for something particular. */
export function MoreFilters({ filters, change, abilities }: Props) {
  const yesOrNo: [string, string][] = [
    ['yes', t('yes')],
    ['no', t('no')],
  ]
  const durations = DURATIONS.map((one): [string, string] => [one, codeWords('interactions.duration', one)])
  return (
    <>
      {KINDS.map((kind) => (
        <Choice
          key={kind}
          name={kind}
          label={codeWords('ability.one', kind)}
          filters={filters}
          change={change}
          choices={abilities.filter((one) => one.kind === kind).map((one) => [one.ability_id, one.name])}
        />
      ))}
      {FLAGS.map((flag) => (
        <Choice key={flag} name={flag} label={codeWords('interactions.flag', flag)} filters={filters} change={change} choices={yesOrNo} />
      ))}
      <Choice name="duration" label={t('interactions.duration')} filters={filters} change={change} choices={durations} none={t('interactions.any')} />
      {filters.duration && <Typed name="least" label={t('interactions.least')} filters={filters} change={change} seconds />}
      {filters.duration && <Typed name="most" label={t('interactions.most')} filters={filters} change={change} seconds />}
    </>
  )
}

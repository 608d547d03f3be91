import { makeStyles, Select, tokens } from '@fluentui/react-components'
import type { NamedAbility } from '@/shared/abilities'
import { t } from '@/shared/i18n/translate'
import { codeWords } from '@/shared/i18n/words'

const KINDS = ['skill', 'language'] as const

const useStyles = makeStyles({ bar: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalM, alignItems: 'end' } })

/** A skill and a language that the agents shown must have; '' for any. */
export type Wanted = Record<(typeof KINDS)[number], string>

type Props = { known: NamedAbility[]; wanted: Wanted; change: (wanted: Wanted) => void }

/** Which agents are shown. */
export function StatusFilters({ known, wanted, change }: Props) {
  const styles = useStyles()
  return (
    <div className={styles.bar} role="search" aria-label={t('interactions.filters')}>
      {KINDS.map((kind) => (
        <Select
          key={kind}
          aria-label={codeWords('ability.one', kind)}
          value={wanted[kind]}
          onChange={(_, { value }) => change({ ...wanted, [kind]: value })}
          data-testid={`status-${kind}`}
        >
          <option value="">{codeWords('ability.all', kind)}</option>
          {known
            .filter((one) => one.kind === kind)
            .map(({ ability_id, name }) => (
              <option key={ability_id} value={ability_id}>
                {name}
              </option>
            ))}
        </Select>
      ))}
    </div>
  )
}

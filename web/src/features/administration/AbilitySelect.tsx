import { Select } from '@fluentui/react-components'
import type { Ability, AbilityKind } from '@/api/contract'
import { codeWords } from '@/shared/i18n/words'

const KINDS: AbilityKind[] = ['skill', 'language']

type Props = { label: string; none: string; chosen: string; abilities: Ability[]; change: (ability_id: string) => void; testId?: string }

/** One skill or language; of those that are switched off only the one that is chosen. */
export function AbilitySelect({ label, none, chosen, abilities, change, testId }: Props) {
  const offered = abilities.filter((one) => one.active || one.ability_id === chosen)
  return (
    <Select aria-label={label} value={chosen} onChange={(_, { value }) => change(value)} data-testid={testId}>
      <option value="">{none}</option>
      {KINDS.map((kind) => (
        <optgroup key={kind} label={codeWords('ability.many', kind)}>
          {offered
            .filter((one) => one.kind === kind)
            .map(({ ability_id, name }) => (
              <option key={ability_id} value={ability_id}>
                {name}
              </option>
            ))}
        </optgroup>
      ))}
    </Select>
  )
}

import { useQuery } from '@tanstack/react-query'
import { api, ask } from '@/api/client'
import type { Ability } from '@/api/contract'

/** A skill or language by its name, also one that is switched off. */
export type NamedAbility = Pick<Ability, 'ability_id' | 'kind' | 'name' | 'active'>

const NONE: NamedAbility[] = []

/** Skills and languages; none until they are loaded. */
export function useAbilities(): NamedAbility[] {
  const names = useQuery({ queryKey: ['directory'], queryFn: () => ask(api.GET('/api/v1/directory')), staleTime: 60_000 })
  return names.data?.abilities ?? NONE
}

/** Their names in a row; a dash where there are none. */
export function abilityNames(known: NamedAbility[], ids: string[]): string {
  return ids.flatMap((id) => known.find((one) => one.ability_id === id)?.name ?? []).join(', ') || '–'
}

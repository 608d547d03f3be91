import { useQuery } from '@tanstack/react-query'
import { useConnection, useDesk } from '@/shared/desk/context'
import { personKey } from '@/shared/desk/state'
import type { PersonView, SkipReason } from '@/shared/socket/types'

/** Hours pass and consults end, so it is asked again while people are on screen. */
const REFRESH_MS = 20_000

/** Why several people asked now would not include somebody, by person key. */
export function useReach(people: PersonView[]): ReadonlyMap<string, SkipReason> {
  const connection = useConnection()
  const live = useDesk((state) => state.link === 'live')
  const ids = people.map((one) => one.person)
  const { data } = useQuery({
    queryKey: ['reach', ...ids.map(personKey)],
    queryFn: async () => (await connection.command('experts.reach', { people: ids })).against,
    enabled: live && ids.length > 0,
    refetchInterval: REFRESH_MS,
    gcTime: 0,
    retry: false,
  })
  return new Map(data?.map(({ person, reason }) => [personKey(person), reason]))
}

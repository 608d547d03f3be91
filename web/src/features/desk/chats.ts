import { useQuery } from '@tanstack/react-query'
import { api, ask } from '@/api/client'
import type { ConsultSummary } from '@/api/contract'
import { useSnapshot } from '@/shared/desk/context'

const READ = 50

/** My latest chats, read again whenever one begins, is answered or ends. */
export function useRecentChats() {
  const states = useSnapshot(({ consults }) => consults.map(({ consult_id, state }) => `${consult_id} ${state}`).join())
  // Without a chat on the desk the states are the same before and after one that has come and gone.
  const begun = useSnapshot(({ today }) => today.consult_count)
  return useQuery({
    queryKey: ['consults', 'recent', states, begun],
    queryFn: () => ask(api.GET('/api/v1/me/consults', { params: { query: { limit: READ } } })),
    placeholderData: (old: ConsultSummary[] | undefined) => old,
  })
}

/** The chats that I missed, newest first, one a person; none of a person with whom there was a chat since. */
export function missedOf(newestFirst: ConsultSummary[]): ConsultSummary[] {
  const since = new Set<string>()
  return newestFirst.filter((chat) => {
    const key = chat.person ? `${chat.person.network} ${chat.person.address}` : chat.consult_id
    if (since.has(key)) return false
    since.add(key)
    return chat.invitation === 'missed'
  })
}

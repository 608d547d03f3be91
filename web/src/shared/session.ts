import { queryOptions, useQueryClient } from '@tanstack/react-query'
import { ApiProblem, api, ask, setCsrf } from '@/api/client'
import type { SessionView } from '@/api/contract'
import { setLanguage } from './i18n/translate'

/** The session, or null when nobody is signed in. Asked for again by itself while the server does not answer. */
export const sessionQuery = queryOptions({
  queryKey: ['session'],
  staleTime: Infinity,
  retry: 1,
  refetchInterval: (query) => (query.state.status === 'error' ? 3000 : false),
  queryFn: async (): Promise<SessionView | null> => {
    try {
      return begin(await ask(api.GET('/api/v1/session')))
    } catch (problem) {
      if (problem instanceof ApiProblem && problem.code === 'not_signed_in') return null
      throw problem
    }
  },
})

/** What follows from being signed in: the token for requests, the language. */
export function begin(session: SessionView): SessionView {
  setCsrf(session.csrf)
  if (session.user.language !== null) setLanguage(session.user.language)
  return session
}

/** Ends this session, or all of the user's sessions. */
export function useSignOut(): (everywhere: boolean) => Promise<void> {
  const queries = useQueryClient()
  return async (everywhere) => {
    await (everywhere ? ask(api.DELETE('/api/v1/sessions')) : ask(api.DELETE('/api/v1/session')))
    queries.clear()
    queries.setQueryData(sessionQuery.queryKey, null)
  }
}

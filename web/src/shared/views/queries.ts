import { type QueryClient, queryOptions } from '@tanstack/react-query'
import { api, ask } from '@/api/client'
import type { components } from '@/api/schema'

export type SavedView = components['schemas']['SavedViewView']
export type ViewPage = components['schemas']['ViewPage']

/** The saved views of a page that this user sees. */
export function viewsQuery(page: ViewPage) {
  return queryOptions({
    queryKey: ['views', page],
    queryFn: () => ask(api.GET('/api/v1/views', { params: { query: { page } } })),
    staleTime: 30_000,
  })
}

/** Puts a view that was saved among those that are known, before they are read again. */
export function known(queries: QueryClient, view: SavedView): void {
  queries.setQueryData(viewsQuery(view.page).queryKey, (old = []) => [...old.filter((one) => one.view_id !== view.view_id), view])
}

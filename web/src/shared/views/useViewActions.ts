import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { api, ask } from '@/api/client'
import type { components } from '@/api/schema'
import type { Layout } from '../grid/columns'
import { problemWords } from '../i18n/problem'
import { t } from '../i18n/translate'
import { notify } from '../notify'
import { filtersOf, within } from './address'
import { dropDraft } from './drafts'
import { known, type SavedView, type ViewPage, viewsQuery } from './queries'

type Change = components['schemas']['SavedViewChange']
/** What a page shows: the text of its filters and the arrangement of its columns. */
export type Shown = { filters: string; layout: Layout }

/** What can be done with a page's views. Each gives what was saved, or fails with an ApiProblem. */
export function useViewActions(page: ViewPage) {
  const queries = useQueryClient()
  const navigate = useNavigate()
  const go = (view: SavedView | null) => {
    if (view) dropDraft(view.view_id)
    void navigate({ to: '.', search: (view ? within(view.view_id, filtersOf(view.filters)) : {}) as never })
  }
  const change = async (view: SavedView, body: Change) => {
    const params = { path: { id: view.view_id } }
    known(queries, await ask(api.PATCH('/api/v1/views/{id}', { params, body: { ...body, revision: view.revision } })))
  }
  const create = async (shown: Shown, name: string, shared: boolean, from: SavedView | null) => {
    const view = await ask(api.POST('/api/v1/views', { body: { page, name, shared, ...shown } }))
    known(queries, view)
    // What was changed is in the new one; the one it was made from is as it was saved.
    if (from) dropDraft(from.view_id)
    go(view)
  }
  const save = async (view: SavedView, shown: Shown) => {
    await change(view, shown)
    dropDraft(view.view_id)
    notify({ intent: 'success', title: t('views.saved', { name: view.name }) })
  }
  const remove = async (view: SavedView) => {
    await ask(api.DELETE('/api/v1/views/{id}', { params: { path: { id: view.view_id } } }))
    go(null)
  }
  return { go, change, create, save, remove }
}

/** Does it, tells what went wrong, and reads the page's views again. */
export function useDone(page: ViewPage): (action: () => Promise<unknown>) => void {
  const queries = useQueryClient()
  const act = useMutation({
    mutationFn: (action: () => Promise<unknown>) => action(),
    onError: (problem) => notify({ intent: 'error', title: problemWords(problem) }),
    onSettled: () => queries.invalidateQueries({ queryKey: viewsQuery(page).queryKey }),
  })
  return act.mutate
}

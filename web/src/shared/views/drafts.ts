import type { Layout } from '../grid/columns'
import { ExternalStore, useStore } from '../store/external'

/** Columns of open views as they were changed and not saved; forgotten when the page is loaded anew. */
const drafts = new ExternalStore<ReadonlyMap<string, Layout>>(new Map())

/** The changed columns of a view; none where they are as saved. */
export function useDraft(view_id: string | undefined): Layout | undefined {
  const all = useStore(drafts)
  return view_id === undefined ? undefined : all.get(view_id)
}

export function keepDraft(view_id: string, layout: Layout): void {
  drafts.update((all) => new Map(all).set(view_id, layout))
}

/** The view is as it was saved again. */
export function dropDraft(view_id: string): void {
  drafts.update((all) => new Map([...all].filter(([key]) => key !== view_id)))
}

import { useQuery } from '@tanstack/react-query'
import { useSearch } from '@tanstack/react-router'
import type { Column } from '../grid/columns'
import { type Arranged, useGrid } from '../grid/useGrid'
import { filtersIn, type Search } from './address'
import { keepDraft, useDraft } from './drafts'
import { type SavedView, type ViewPage, viewsQuery } from './queries'

/** The view that a page's address names; null where it names none that this user sees. */
export function useOpened(page: ViewPage): SavedView | null {
  const { view } = useSearch({ strict: false }) as Search
  const list = useQuery(viewsQuery(page))
  return list.data?.find((one) => one.view_id === view) ?? null
}

/** The filters in the address of a page that has views. */
export function useFilterText(): Search {
  return filtersIn(useSearch({ strict: false }) as Search)
}

/** A page's table: arranged as in the view that is open, otherwise as in this browser. */
export function useViewGrid<R>(page: ViewPage, columns: Column<R>[], rows: R[]): Arranged<R> {
  const opened = useOpened(page)
  const draft = useDraft(opened?.view_id)
  const layout = draft ?? opened?.layout
  return useGrid(page, columns, rows, opened && layout ? { layout, change: (next) => keepDraft(opened.view_id, next) } : undefined)
}

import { useLanguage } from '../i18n/translate'
import { type ExternalStore, useStore } from '../store/external'
import { keptStore } from '../store/kept'
import { arranged, type Column, isShown, type Layout, PLAIN, sorted } from './columns'

/** A view's table as it is arranged in this browser. */
export type Arranged<R> = {
  all: Column<R>[]
  columns: Column<R>[]
  rows: R[]
  layout: Layout
  change: (layout: Layout) => void
}

const stores = new Map<string, ExternalStore<Layout>>()

function layoutOf(view: string): ExternalStore<Layout> {
  const known = stores.get(view)
  if (known) return known
  const store = keptStore<Layout>(`grid.${view}`, PLAIN)
  stores.set(view, store)
  return store
}

/** Columns and rows as this person wants to see them; `view` is what the arrangement is kept under. */
export function useGrid<R>(view: string, columns: Column<R>[], rows: R[]): Arranged<R> {
  const language = useLanguage()
  const store = layoutOf(view)
  const layout = useStore(store)
  const all = arranged(columns, layout)
  return {
    all,
    columns: all.filter((column) => isShown(column, layout)),
    rows: sorted(rows, columns, layout.sort, language),
    layout,
    change: (next) => store.set(next),
  }
}

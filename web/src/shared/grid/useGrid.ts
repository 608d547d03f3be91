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

type Arrangement = Pick<Arranged<unknown>, 'layout' | 'change'>

/** Columns and rows as this person wants to see them; kept in this browser under `view`, where no arrangement is given. */
export function useGrid<R>(view: string, columns: Column<R>[], rows: R[], given?: Arrangement): Arranged<R> {
  const language = useLanguage()
  const store = layoutOf(view)
  const kept = useStore(store)
  const { layout, change } = given ?? { layout: kept, change: (next: Layout) => store.set(next) }
  const all = arranged(columns, layout)
  return {
    all,
    columns: all.filter((column) => isShown(column, layout)),
    rows: sorted(rows, columns, layout.sort, language),
    layout,
    change,
  }
}

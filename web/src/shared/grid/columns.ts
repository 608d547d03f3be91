import type { ReactNode } from 'react'
import type { components } from '@/api/schema'

/** What is in a column, as files that calculate need to know it. */
export type Kind = components['schemas']['ExportKind']

/** A column of a view. What `text` says is what is shown and what is exported. */
export type Column<R> = {
  key: string
  name: string
  text: (row: R) => string
  /** What rows are sorted by; without it the column does not sort. Null sorts last either way. */
  order?: (row: R) => number | string | null
  number?: boolean
  /** With `value`: what is exported in place of the text by files that calculate; milliseconds, 0 to 100, numbers. */
  kind?: Kind
  value?: (row: R) => number | null
  /** More than the text: a link, a mark, a running time. */
  cell?: (row: R) => ReactNode
  /** Stands beside the name and explains it. */
  about?: ReactNode
  /** Names the row: always shown, first, and stays in place when the others scroll. */
  fixed?: boolean
  /** Not shown until it is chosen. */
  extra?: boolean
  /** In the row of all. */
  total?: string
  totalValue?: number | null
  /** More than that text. */
  totalCell?: ReactNode
  /** Holds buttons and says nothing: not in any file. */
  tool?: boolean
}

export type Sort = { key: string; down: boolean }

/** How a person has arranged a view's columns. */
export type Layout = { order: string[]; shown: Record<string, boolean>; sort: Sort | null }

export const PLAIN: Layout = { order: [], shown: {}, sort: null }

/** All columns in the chosen order, the fixed ones first; what the layout does not know keeps its place at the end. */
export function arranged<R>(columns: Column<R>[], layout: Layout): Column<R>[] {
  const place = (column: Column<R>) => {
    const at = layout.order.indexOf(column.key)
    return column.fixed ? -1 : at < 0 ? layout.order.length + columns.indexOf(column) : at
  }
  return [...columns].sort((one, other) => place(one) - place(other))
}

/** Whether a column is shown. */
export function isShown<R>(column: Column<R>, layout: Layout): boolean {
  return column.fixed === true || (layout.shown[column.key] ?? column.extra !== true)
}

/** Whether two layouts show the same columns in the same order, sorted alike. */
export function sameArrangement<R>(columns: Column<R>[], one: Layout, other: Layout): boolean {
  const told = (layout: Layout) => JSON.stringify([
    arranged(columns, layout).flatMap((column) => (isShown(column, layout) ? [column.key] : [])),
    layout.sort && [layout.sort.key, layout.sort.down],
  ])
  return told(one) === told(other)
}

/** The layout with a column one place further along, or back. */
export function moved<R>(columns: Column<R>[], layout: Layout, key: string, by: 1 | -1): Layout {
  const order = arranged(columns, layout)
    .filter((column) => !column.fixed)
    .map((column) => column.key)
  const from = order.indexOf(key)
  const to = from + by
  const other = order[to]
  if (from < 0 || other === undefined) return layout
  order[to] = key
  order[from] = other
  return { ...layout, order }
}

/** What a click on a head sorts by: numbers from the greatest, text from A; then the other way; then not at all. */
export function nextSort<R>(column: Column<R>, sort: Sort | null): Sort | null {
  const first = column.number === true
  if (sort?.key !== column.key) return { key: column.key, down: first }
  return sort.down === first ? { key: column.key, down: !first } : null
}

/** The rows in the order asked for; equal ones keep theirs. */
export function sorted<R>(rows: R[], columns: Column<R>[], sort: Sort | null, language: string): R[] {
  const order = columns.find((column) => column.key === sort?.key)?.order
  if (!sort || !order) return rows
  const collator = new Intl.Collator(language, { numeric: true })
  const compare = (one: number | string, other: number | string) =>
    typeof one === 'number' && typeof other === 'number' ? one - other : collator.compare(String(one), String(other))
  return [...rows].sort((one, other) => {
    const [a, b] = [order(one), order(other)]
    if (a === null || b === null) return Number(a === null) - Number(b === null)
    return sort.down ? compare(b, a) : compare(a, b)
  })
}

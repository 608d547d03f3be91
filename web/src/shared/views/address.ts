/** An address's query as the router gives it. */
export type Search = Record<string, string | undefined>

/** Stands in the address of a view whose filters were all taken away; without it the view's own would be put back. */
const NONE = { filters: 'none' }

/** The filters that stand in an address, without what says which view is open. */
export function filtersIn<T extends Search>(search: T): T {
  return Object.fromEntries(Object.entries(search).filter(([key]) => key !== 'view' && key !== 'filters')) as T
}

/** The address's query with these filters, in the view that is open; empty ones are left out. */
export function within(view: string | undefined, filters: Search): Search {
  const set = Object.fromEntries(Object.entries(filters).filter(([, value]) => value !== undefined && value !== ''))
  if (view === undefined) return set
  return { ...set, ...(Object.keys(set).length === 0 ? NONE : {}), view }
}

/** Whether the address says which view to open and nothing else: a link to it as it was saved. */
export function isLink(search: Search): boolean {
  return search.view !== undefined && Object.keys(search).every((key) => key === 'view')
}

/** Filters as a view keeps them, in one order. */
export function textOf(filters: Search): string {
  const set = Object.entries(filtersIn(filters)).flatMap(([key, value]) => (value === undefined || value === '' ? [] : [[key, value]]))
  return new URLSearchParams(set.sort(([one = ''], [other = '']) => (one < other ? -1 : 1))).toString()
}

/** The filters that a view keeps. */
export function filtersOf(text: string): Record<string, string> {
  return filtersIn(Object.fromEntries(new URLSearchParams(text)))
}

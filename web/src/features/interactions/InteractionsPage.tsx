import { Link as FluentLink, Text, tokens, makeStyles } from '@fluentui/react-components'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useCallback, useEffect } from 'react'
import { api, ask, askFile } from '@/api/client'
import type { InteractionRow } from '@/api/contract'
import type { ExportFile } from '@/shared/export/ExportMenu'
import { Grid } from '@/shared/grid/Grid'
import { GridActions } from '@/shared/grid/GridActions'
import { t } from '@/shared/i18n/translate'
import { formatMoment } from '@/shared/time/format'
import { Page } from '@/shared/ui/page'
import { Empty, Failed, Loading } from '@/shared/ui/states'
import { filtersIn, within } from '@/shared/views/address'
import { OpenedView } from '@/shared/views/OpenedView'
import { useViewGrid } from '@/shared/views/useOpened'
import { filterLines } from './about'
import { interactionColumns } from './columns'
import { FilterBar } from './FilterBar'
import { type FilterText, filtersOf } from './filters'
import { useTail } from './useTail'

const PAGE = 100

const useStyles = makeStyles({ muted: { color: tokens.colorNeutralForeground2 } })

/** The list of interactions, as it is or in a view of it. */
export function InteractionsPage() {
  return (
    <OpenedView page="interactions" title={t('nav.interactions')}>
      <InteractionsList />
    </OpenedView>
  )
}

/** Newest first, with the filters in the address; goes on as one scrolls, and at its head as calls come. */
function InteractionsList() {
  const styles = useStyles()
  const [filters, change, clear] = useFilters()
  const list = useInfiniteQuery({
    queryKey: ['interactions', 'list', filters],
    queryFn: ({ pageParam }) =>
      ask(api.GET('/api/v1/interactions', { params: { query: { ...filtersOf(filters), limit: PAGE, ...(pageParam ? { cursor: pageParam } : {}) } } })),
    initialPageParam: '',
    getNextPageParam: (page) => page.next_cursor,
    placeholderData: (old) => old,
    staleTime: 0,
  })
  const navigate = useNavigate()
  const { hasNextPage, isFetching, fetchNextPage, isError, refetch } = list
  const read = list.data?.pages.flatMap((page) => page.rows) ?? []
  const readAgain = useCallback(() => void refetch(), [refetch])
  const rows = useTail(filtersOf(filters), read, list.dataUpdatedAt, readAgain)
  const goOn = useCallback(() => {
    if (hasNextPage && !isFetching && !isError) void fetchNextPage()
  }, [hasNextPage, isFetching, isError, fetchNextPage])
  const grid = useViewGrid('interactions', interactionColumns(started), rows)
  const names = useQuery({ queryKey: ['directory'], queryFn: () => ask(api.GET('/api/v1/directory')), staleTime: 60_000 })
  // All that the filters find, of which the page has loaded but the beginning.
  const exported = (file: ExportFile) => {
    const body = { file, columns: grid.columns.map(({ key }) => key), filters: filtersOf(filters) }
    return askFile(api.POST('/api/v1/interactions/export', { body, parseAs: 'blob' }))
  }
  // A search that has not found anything yet has no last row to scroll to.
  useEffect(() => {
    if (rows.length === 0) goOn()
  }, [rows.length, goOn])
  return (
    <Page fill title={t('nav.interactions')} actions={<GridActions grid={grid} name={t('nav.interactions')} page="interactions" about={filterLines(filters, names.data ?? {})} make={exported} />}>
      <FilterBar filters={filters} change={change} clear={clear} />
      {list.isPending && <Loading lines={8} />}
      {isError && <Failed words={t('interactions.failed')} retry={() => void list.refetch()} />}
      {list.data && rows.length === 0 && !hasNextPage && <Empty title={t('interactions.empty')}>{t('interactions.empty_more')}</Empty>}
      {rows.length > 0 && (
        <Grid
          label={t('nav.interactions')}
          grid={grid}
          rowKey={(row) => row.interaction_id}
          testId="interaction-row"
          reachEnd={goOn}
          open={(row) => void navigate({ to: '/interactions/$id', params: { id: row.interaction_id } })}
        />
      )}
      {list.data && (rows.length > 0 || hasNextPage) && (
        <Text size={200} className={styles.muted} data-testid="list-end">
          {progress(list.data.pages.at(-1)?.searched_to_at ?? null, rows.length, hasNextPage)}
        </Text>
      )}
    </Page>
  )
}

/** How far the list has come. */
function progress(searched_to_at: number | null, count: number, more: boolean): string {
  if (!more) return t('interactions.end', { count })
  return searched_to_at === null ? t('interactions.so_far', { count }) : t('interactions.searched', { count, moment: formatMoment(searched_to_at) })
}

function started(row: InteractionRow) {
  return (
    <Link to="/interactions/$id" params={{ id: row.interaction_id }}>
      <FluentLink as="span">{formatMoment(row.started_at)}</FluentLink>
    </Link>
  )
}

function useFilters(): [FilterText, (part: FilterText) => void, () => void] {
  const search = useSearch({ strict: false }) as FilterText & { view?: string }
  const { view } = search
  const navigate = useNavigate()
  const change = useCallback(
    (part: FilterText) => void navigate({ to: '/interactions', search: within(view, { ...filtersIn(search), ...part }) as never, replace: true }),
    [search, view, navigate],
  )
  const clear = useCallback(() => void navigate({ to: '/interactions', search: within(view, {}) as never }), [view, navigate])
  return [filtersIn(search), change, clear]
}

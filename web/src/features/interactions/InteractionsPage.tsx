import { Button, Link as FluentLink, makeStyles, mergeClasses, Text, tokens } from '@fluentui/react-components'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useCallback } from 'react'
import { api, ask } from '@/api/client'
import type { InteractionRow } from '@/api/contract'
import { t } from '@/shared/i18n/translate'
import { codeWords } from '@/shared/i18n/words'
import { formatDuration, formatFull, formatMoment } from '@/shared/time/format'
import { Page } from '@/shared/ui/page'
import { Empty, Failed, Loading } from '@/shared/ui/states'
import { Table, useTableStyles } from '@/shared/ui/table'
import { FilterBar } from './FilterBar'
import { type FilterText, filtersOf } from './filters'

const PAGE = 50

const useStyles = makeStyles({
  row: { cursor: 'pointer', ':hover': { backgroundColor: tokens.colorNeutralBackground3 } },
  more: { alignSelf: 'center' },
  muted: { color: tokens.colorNeutralForeground2 },
})

/** The list of interactions, newest first, with its filters in the address. */
export function InteractionsPage() {
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
  const rows = list.data?.pages.flatMap((page) => page.rows) ?? []
  return (
    <Page title={t('nav.interactions')}>
      <FilterBar filters={filters} change={change} clear={clear} />
      {list.isPending && <Loading lines={8} />}
      {list.isError && <Failed words={t('interactions.failed')} retry={() => void list.refetch()} />}
      {list.data && rows.length === 0 && <Empty title={t('interactions.empty')}>{t('interactions.empty_more')}</Empty>}
      {rows.length > 0 && <List rows={rows} />}
      {list.hasNextPage && (
        <Button className={styles.more} disabledFocusable={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()} data-testid="load-more">
          {t('interactions.more')}
        </Button>
      )}
      {rows.length > 0 && !list.hasNextPage && (
        <Text size={200} className={mergeClasses(styles.muted, styles.more)}>
          {t('interactions.end', { count: rows.length })}
        </Text>
      )}
    </Page>
  )
}

function useFilters(): [FilterText, (part: FilterText) => void, () => void] {
  const filters = useSearch({ strict: false }) as FilterText
  const navigate = useNavigate()
  const change = useCallback(
    (part: FilterText) => {
      const next = Object.fromEntries(Object.entries({ ...filters, ...part }).filter(([, value]) => value !== ''))
      void navigate({ to: '/interactions', search: next, replace: true })
    },
    [filters, navigate],
  )
  const clear = useCallback(() => void navigate({ to: '/interactions', search: {} }), [navigate])
  return [filters, change, clear]
}

function List({ rows }: { rows: InteractionRow[] }) {
  const columns = [
    { name: t('interactions.started') },
    { name: t('interactions.caller') },
    { name: t('interactions.queue') },
    { name: t('interactions.agent') },
    { name: t('interactions.disposition') },
    { name: t('interactions.wait'), number: true },
    { name: t('interactions.talk'), number: true },
    { name: t('interactions.consults'), number: true },
    { name: t('interactions.state') },
  ]
  return (
    <Table columns={columns} label={t('nav.interactions')}>
      {rows.map((row) => (
        <Row key={row.interaction_id} row={row} />
      ))}
    </Table>
  )
}

function Row({ row }: { row: InteractionRow }) {
  const styles = useStyles()
  const table = useTableStyles()
  const navigate = useNavigate()
  const number = mergeClasses(table.cell, table.number)
  const open = () => void navigate({ to: '/interactions/$id', params: { id: row.interaction_id } })
  return (
    // The whole row is a larger target for the pointer; the keyboard has the link in it.
    <tr className={styles.row} onClick={open} data-testid="interaction-row" data-id={row.interaction_id}>
      <td className={table.cell} title={formatFull(row.started_at)}>
        <Link to="/interactions/$id" params={{ id: row.interaction_id }}>
          <FluentLink as="span">{formatMoment(row.started_at)}</FluentLink>
        </Link>
      </td>
      <td className={table.cell}>{row.caller_name ?? row.caller_number}</td>
      <td className={table.cell}>{row.queue_name}</td>
      <td className={table.cell}>{row.agent_name ?? '–'}</td>
      <td className={table.cell}>{row.disposition_name ?? '–'}</td>
      <td className={number}>{formatDuration(row.wait_ms)}</td>
      <td className={number}>{formatDuration(row.talk_ms)}</td>
      <td className={number}>{row.consult_count}</td>
      <td className={table.cell}>{codeWords('interaction.state', row.state)}</td>
    </tr>
  )
}

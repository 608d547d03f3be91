import { makeStyles, mergeClasses, Subtitle2, Text, tokens } from '@fluentui/react-components'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { api, ask } from '@/api/client'
import type { InteractionRow } from '@/api/contract'
import { useSnapshot } from '@/shared/desk/context'
import { t } from '@/shared/i18n/translate'
import { useNow } from '@/shared/time/clock'
import { formatDuration, formatWhen } from '@/shared/time/format'
import { Card } from '@/shared/ui/card'
import { Empty, Failed, Loading } from '@/shared/ui/states'

const SHOWN = 5

export const useRecentStyles = makeStyles({
  title: { margin: 0 },
  list: { listStyleType: 'none', margin: '4px 0 0', padding: 0 },
  row: {
    display: 'grid',
    gridTemplateColumns: '110px minmax(0, 1fr) minmax(0, 1fr) 92px',
    gap: tokens.spacingHorizontalM,
    padding: '7px 0',
    borderTop: `1px solid ${tokens.colorNeutralStroke3}`,
    color: 'inherit',
    textDecorationLine: 'none',
    ':hover': { backgroundColor: tokens.colorNeutralBackground3 },
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}` },
  },
  cell: { overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' },
  muted: { color: tokens.colorNeutralForeground2, fontVariantNumeric: 'tabular-nums', whiteSpace: 'nowrap' },
  last: { justifySelf: 'end' },
})

/** My latest interactions; each opens its page. */
export function RecentInteractions() {
  const styles = useRecentStyles()
  const user_id = useSnapshot((snapshot) => snapshot.me.user_id)
  const handled = useSnapshot((snapshot) => snapshot.today.handled_count)
  const recent = useQuery({
    queryKey: ['interactions', 'recent', user_id, handled],
    queryFn: () => ask(api.GET('/api/v1/interactions', { params: { query: { agent_id: user_id, limit: SHOWN } } })),
    placeholderData: (old) => old,
  })
  return (
    <Card label={t('idle.recent')}>
      <Subtitle2 as="h2" className={styles.title}>
        {t('idle.recent')}
      </Subtitle2>
      {recent.isPending && <Loading lines={3} />}
      {recent.isError && <Failed words={t('idle.recent_failed')} retry={() => void recent.refetch()} />}
      {recent.data?.rows.length === 0 && <Empty title={t('idle.recent_empty')} />}
      <ul className={styles.list}>
        {recent.data?.rows.slice(0, SHOWN).map((row) => (
          <Row key={row.interaction_id} row={row} />
        ))}
      </ul>
    </Card>
  )
}

function Row({ row }: { row: InteractionRow }) {
  const styles = useRecentStyles()
  const now = useNow(60_000)
  return (
    <li>
      <Link to="/interactions/$id" params={{ id: row.interaction_id }} className={styles.row}>
        <Text className={styles.muted}>{formatWhen(row.started_at, now)}</Text>
        <Text className={styles.cell}>{row.caller_name ?? row.caller_number}</Text>
        <Text className={styles.cell}>{row.disposition_name ?? row.queue_name}</Text>
        <Text className={mergeClasses(styles.muted, styles.last)}>{formatDuration(row.talk_ms)}</Text>
      </Link>
    </li>
  )
}

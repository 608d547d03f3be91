import { makeStyles, Text, tokens } from '@fluentui/react-components'
import { useSnapshot } from '@/shared/desk/context'
import { t, tr } from '@/shared/i18n/translate'
import type { QueueFigures } from '@/shared/socket/types'
import { useNow } from '@/shared/time/clock'
import { formatDuration } from '@/shared/time/format'

const useStyles = makeStyles({
  figure: {
    color: tokens.colorNeutralForeground2,
    fontVariantNumeric: 'tabular-nums',
    overflow: 'hidden',
    textOverflow: 'ellipsis',
    '@media (max-width: 700px)': { display: 'none' },
  },
})

/** The queue with the longest waiting caller, of those that I serve. */
export function QueueFigure() {
  const styles = useStyles()
  const queues = useSnapshot((snapshot) => snapshot.queues)
  const now = useNow()
  const queue = mostUrgent(queues)
  if (!queue) return null
  if (queue.waiting_count === 0) return <Text className={styles.figure}>{t('queue.nobody_waits')}</Text>
  const params = { count: queue.waiting_count }
  return (
    <Text className={styles.figure} data-testid="queue-figure">
      {t('queue.name', { queue: queue.name })} {tr('queue.waiting', { number: <b>{queue.waiting_count}</b> }, params)}
      {queue.longest_waiting_since_at !== null &&
        t('queue.longest', { time: formatDuration(now - queue.longest_waiting_since_at) })}
    </Text>
  )
}

export function mostUrgent(queues: QueueFigures[]): QueueFigures | null {
  const since = (queue: QueueFigures) => queue.longest_waiting_since_at ?? Infinity
  return queues.reduce<QueueFigures | null>((best, queue) => (best && since(best) <= since(queue) ? best : queue), null)
}

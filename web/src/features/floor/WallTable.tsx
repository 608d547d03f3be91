import { mergeClasses } from '@fluentui/react-components'
import { LevelMark } from '@/shared/figures/Judged'
import type { Level } from '@/shared/figures/level'
import type { Judge } from '@/shared/figures/thresholds'
import { formatCount, type Key, t } from '@/shared/i18n/translate'
import { codeWords } from '@/shared/i18n/words'
import type { FloorQueue } from '@/shared/socket/floor'
import { formatDuration } from '@/shared/time/format'
import { stillFigures } from './levels'
import { u, useWallStyles } from './wallStyles'

type Shown = { text: string; level?: Level | null }
type Column = { name: Key; width?: 'wait' | 'percent'; of: (queue: FloorQueue, now: number, judge: Judge) => Shown }

/** The tallest line of a queue, in hundredths of the width. */
const TALLEST = 13

/** A share as it is read across a room: whole. */
function percent(value: number | null | undefined): string {
  return value === null || value === undefined ? '–' : `${formatCount(Math.round(value))}\u202f%`
}

/** A column of a figure that is judged. */
function judged(name: Key, figure: keyof ReturnType<typeof stillFigures>, words: (value: number | null | undefined) => string, width?: 'percent'): Column {
  return {
    name,
    width,
    of: (queue, _, judge) => {
      const value = stillFigures(queue)[figure]
      return { text: words(value), level: judge(figure, queue.queue_id ?? '', value) }
    },
  }
}

const COLUMNS: Column[] = [
  judged('floor.waiting', 'waiting', (value) => formatCount(value ?? 0)),
  { name: 'floor.longest_waiting', width: 'wait', of: longestWait },
  judged('floor.agents.ready', 'agents_ready', (value) => formatCount(value ?? 0)),
  { name: 'wall.engaged', of: (queue) => ({ text: formatCount(queue.agents.engaged) }) },
  { name: 'floor.agents.not_ready', of: (queue) => ({ text: formatCount(queue.agents.not_ready) }) },
  judged('metric.service_level', 'service_level', percent, 'percent'),
  judged('metric.abandoned_percent', 'abandoned_percent', percent, 'percent'),
]

function longestWait({ queue_id, longest_waiting_since_at: since }: FloorQueue, now: number, judge: Judge): Shown {
  if (since === null) return { text: '–' }
  return { text: formatDuration(now - since), level: judge('longest_waiting', queue_id ?? '', now - since) }
}

/** Queues as they are at a moment, one a line. */
export function WallTable({ queues, now, judge }: { queues: FloorQueue[]; now: number; judge: Judge }) {
  const styles = useWallStyles()
  return (
    // Few queues are not drawn out over the whole height.
    <table className={styles.table} style={{ height: `min(100%, ${u(4 + queues.length * TALLEST)})` }} aria-label={t('wall.title')}>
      <thead>
        <tr>
          <th scope="col" className={mergeClasses(styles.column, styles.name)}>
            {t('interactions.queue')}
          </th>
          {COLUMNS.map(({ name, width }) => (
            <th key={name} scope="col" className={mergeClasses(styles.column, width && styles[width])}>
              {t(name)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {queues.map((queue) => (
          <tr key={queue.queue_id} className={styles.row} data-testid="wall-queue">
            <th scope="row" className={styles.queue}>
              <span className={styles.twoLines}>{queue.name}</span>
            </th>
            {COLUMNS.map(({ name, of }) => (
              <WallCell key={name} name={name} shown={of(queue, now, judge)} />
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function WallCell({ name, shown: { text, level } }: { name: Key; shown: Shown }) {
  const styles = useWallStyles()
  return (
    <td className={mergeClasses(styles.cell, level ? styles[level] : undefined)} data-figure={name} data-level={level ?? undefined}>
      <span className={styles.value}>{text}</span>
      <span className={styles.level}>
        {level && (
          <>
            <LevelMark level={level} hidden />
            {codeWords('threshold.level', level)}
          </>
        )}
      </span>
    </td>
  )
}

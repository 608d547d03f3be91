import { Caption1, makeStyles, Subtitle1, tokens } from '@fluentui/react-components'
import type { ReactNode } from 'react'
import { formatValue } from '@/shared/figures/format'
import { Judged, JudgedWait } from '@/shared/figures/Judged'
import { useJudge } from '@/shared/figures/thresholds'
import { formatCount, t } from '@/shared/i18n/translate'
import type { FloorQueue } from '@/shared/socket/floor'
import { stillFigures } from './levels'

const useStyles = makeStyles({
  tiles: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS, margin: 0 },
  tile: {
    display: 'flex',
    flexDirection: 'column-reverse',
    minWidth: '104px',
    padding: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalM}`,
    backgroundColor: tokens.colorNeutralBackground1,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusLarge,
  },
  value: { margin: 0, fontVariantNumeric: 'tabular-nums' },
  name: { color: tokens.colorNeutralForeground2 },
})

/** The figures of one queue that are looked at first. */
export function Tiles({ queue }: { queue: FloorQueue }) {
  const styles = useStyles()
  const judge = useJudge()
  const queue_id = queue.queue_id ?? ''
  const figures = stillFigures(queue)
  const judged = (figure: keyof typeof figures, unit: string) => (
    <Judged level={judge(figure, queue_id, figures[figure])}>{formatValue(figures[figure], unit)}</Judged>
  )
  const tiles: [string, ReactNode][] = [
    [t('floor.waiting'), judged('waiting', 'count')],
    [t('floor.longest_waiting'), <JudgedWait key="since" at={queue.longest_waiting_since_at} queue_id={queue_id} judge={judge} />],
    [t('floor.alerting'), formatCount(queue.alerting_count)],
    [t('floor.interacting'), formatCount(queue.interacting_count)],
    [t('floor.agents.ready'), judged('agents_ready', 'count')],
    [t('floor.today.service_level'), judged('service_level', 'percent')],
    [t('floor.today.asa'), judged('asa', 'milliseconds')],
    [t('floor.today.abandoned_percent'), judged('abandoned_percent', 'percent')],
  ]
  return (
    <dl className={styles.tiles}>
      {tiles.map(([name, value]) => (
        <div key={name} className={styles.tile}>
          <dt>
            <Caption1 className={styles.name}>{name}</Caption1>
          </dt>
          <dd className={styles.value}>
            <Subtitle1>{value}</Subtitle1>
          </dd>
        </div>
      ))}
    </dl>
  )
}

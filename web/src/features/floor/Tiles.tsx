import { Caption1, makeStyles, Subtitle1, tokens } from '@fluentui/react-components'
import type { ReactNode } from 'react'
import { formatValue } from '@/shared/figures/format'
import { formatCount, t } from '@/shared/i18n/translate'
import type { FloorQueue } from '@/shared/socket/floor'
import { Since } from '@/shared/ui/since'

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
  const { values } = queue.today
  const tiles: [string, ReactNode][] = [
    [t('floor.waiting'), formatCount(queue.waiting_count)],
    [t('floor.longest_waiting'), <Since key="since" at={queue.longest_waiting_since_at} />],
    [t('floor.alerting'), formatCount(queue.alerting_count)],
    [t('floor.interacting'), formatCount(queue.interacting_count)],
    [t('floor.agents.ready'), formatCount(queue.agents.ready)],
    [t('floor.today.service_level'), formatValue(values.service_level, 'percent')],
    [t('floor.today.asa'), formatValue(values.asa, 'milliseconds')],
    [t('floor.today.abandoned_percent'), formatValue(values.abandoned_percent, 'percent')],
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

import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components'
import { useNow } from '../time/clock'

const useStyles = makeStyles({
  ring: { position: 'relative', display: 'inline-grid', placeItems: 'center', flexShrink: 0 },
  track: { fill: 'none', stroke: tokens.colorNeutralStroke2 },
  fill: { fill: 'none', stroke: tokens.colorBrandForeground1, strokeLinecap: 'round' },
  seconds: {
    position: 'absolute',
    fontVariantNumeric: 'tabular-nums',
    fontWeight: tokens.fontWeightSemibold,
    fontSize: tokens.fontSizeBase200,
  },
  small: { fontSize: tokens.fontSizeBase100 },
})

type Props = { from_at: number; until_at: number; size?: number; label: string; testId?: string }

/** A ring that empties, with the seconds that are left. */
export function Countdown({ from_at, until_at, size = 36, label, testId }: Props) {
  const styles = useStyles()
  const now = useNow(250)
  const left_ms = Math.max(0, until_at - now)
  const share = until_at > from_at ? Math.min(1, left_ms / (until_at - from_at)) : 0
  const radius = size / 2 - 2
  const length = 2 * Math.PI * radius
  const circle = { cx: size / 2, cy: size / 2, r: radius, strokeWidth: size > 30 ? 3 : 2 }
  return (
    <span className={styles.ring} role="timer" aria-label={label} data-testid={testId}>
      <svg width={size} height={size} aria-hidden>
        <circle {...circle} className={styles.track} />
        <circle
          {...circle}
          className={styles.fill}
          strokeDasharray={`${length * share} ${length}`}
          transform={`rotate(-90 ${size / 2} ${size / 2})`}
        />
      </svg>
      <span className={mergeClasses(styles.seconds, size <= 30 && styles.small)}>{Math.ceil(left_ms / 1000)}</span>
    </span>
  )
}

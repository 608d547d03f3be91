import { Caption1, makeStyles, mergeClasses, tokens } from '@fluentui/react-components'
import { t } from '@/shared/i18n/translate'
import { formatMinute, formatSpan } from '@/shared/time/format'
import { type Stay, stateWords, sums } from './stays'

const HOURS_BETWEEN = 3
const HOUR_MS = 3_600_000

const useStyles = makeStyles({
  picture: { display: 'grid', gap: tokens.spacingVerticalS },
  bar: {
    position: 'relative',
    height: '36px',
    backgroundColor: tokens.colorNeutralBackground1,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusMedium,
    overflow: 'hidden',
  },
  stay: { position: 'absolute', top: 0, bottom: 0, minWidth: '1px' },
  hours: { position: 'relative', height: '16px', color: tokens.colorNeutralForeground2 },
  hour: { position: 'absolute', transform: 'translateX(-50%)', fontVariantNumeric: 'tabular-nums' },
  legend: { display: 'flex', flexWrap: 'wrap', gap: `${tokens.spacingVerticalXS} ${tokens.spacingHorizontalL}`, listStyleType: 'none', margin: 0, padding: 0 },
  entry: { display: 'flex', alignItems: 'center', gap: tokens.spacingHorizontalXS },
  mark: { width: '12px', height: '12px', borderRadius: tokens.borderRadiusSmall },
  ready: { backgroundColor: tokens.colorPaletteGreenBackground3 },
  offered: { backgroundColor: tokens.colorPaletteYellowBackground3 },
  engaged: { backgroundColor: tokens.colorBrandBackground },
  wrap_up: { backgroundColor: tokens.colorPaletteBerryBackground2 },
  // Stripes tell it from the others without colour.
  not_ready: { backgroundImage: `repeating-linear-gradient(135deg, ${tokens.colorNeutralStroke1} 0 4px, ${tokens.colorNeutralBackground4} 4px 8px)` },
  silent: { backgroundImage: `repeating-linear-gradient(135deg, ${tokens.colorPaletteRedBackground3} 0 4px, ${tokens.colorNeutralBackground4} 4px 8px)` },
})

type Props = { stays: Stay[]; from_at: number; to_at: number }

/** The day from its first moment to its last, and how long each state took. */
export function Timeline({ stays, from_at, to_at }: Props) {
  const styles = useStyles()
  const share = (ms: number) => `${(100 * ms) / (to_at - from_at)}%`
  const hours = Array.from({ length: Math.ceil((to_at - from_at) / HOUR_MS / HOURS_BETWEEN) - 1 }, (_, index) => from_at + (index + 1) * HOURS_BETWEEN * HOUR_MS)
  return (
    <div className={styles.picture} data-testid="timeline">
      <div className={styles.bar} role="img" aria-label={t('floor.timeline')}>
        {stays.map((stay) => (
          <div
            key={stay.from_at}
            className={mergeClasses(styles.stay, styles[lookOf(stay.state)])}
            style={{ left: share(stay.from_at - from_at), width: share(stay.to_at - stay.from_at) }}
            title={`${stateWords(stay.state)}, ${formatMinute(stay.from_at)}–${formatMinute(stay.to_at)}`}
          />
        ))}
      </div>
      <div className={styles.hours} aria-hidden>
        {hours.map((at) => (
          <Caption1 key={at} className={styles.hour} style={{ left: share(at - from_at) }}>
            {formatMinute(at)}
          </Caption1>
        ))}
      </div>
      <ul className={styles.legend}>
        {sums(stays).map(([state, ms]) => (
          <li key={state} className={styles.entry}>
            <span className={mergeClasses(styles.mark, styles[lookOf(state)])} aria-hidden />
            {stateWords(state)} {formatSpan(ms)}
          </li>
        ))}
      </ul>
    </div>
  )
}

type LookName = 'ready' | 'offered' | 'engaged' | 'wrap_up' | 'not_ready' | 'silent'

function lookOf(state: string): LookName {
  if (state === 'ready' || state === 'offered' || state === 'engaged' || state === 'wrap_up') return state
  return state === 'not_responding' ? 'silent' : 'not_ready'
}

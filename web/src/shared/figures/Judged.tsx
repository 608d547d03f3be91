import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components'
import { ErrorCircleFilled, WarningFilled } from '@fluentui/react-icons'
import type { ReactNode } from 'react'
import { codeWords } from '../i18n/words'
import { useNow } from '../time/clock'
import { formatDuration } from '../time/format'
import type { Level } from './level'
import type { Judge } from './thresholds'

const useStyles = makeStyles({
  figure: {
    display: 'inline-flex',
    alignItems: 'center',
    gap: tokens.spacingHorizontalXS,
    padding: `0 ${tokens.spacingHorizontalXS}`,
    borderRadius: tokens.borderRadiusMedium,
    fontWeight: tokens.fontWeightSemibold,
  },
  warning: { color: tokens.colorStatusWarningForeground3, backgroundColor: tokens.colorStatusWarningBackground1, border: `1px solid ${tokens.colorStatusWarningBorder1}` },
  critical: { color: tokens.colorStatusDangerForeground1, backgroundColor: tokens.colorStatusDangerBackground1, border: `1px solid ${tokens.colorStatusDangerBorder1}` },
})

const MARKS = { warning: WarningFilled, critical: ErrorCircleFilled }

/** The sign of a level: a shape of its own, with its word for who does not see it unless that stands beside it. */
export function LevelMark({ level, hidden }: { level: Level; hidden?: boolean }) {
  const Mark = MARKS[level]
  if (hidden) return <Mark fontSize="1em" aria-hidden />
  const word = codeWords('threshold.level', level)
  return <Mark fontSize="1em" role="img" aria-hidden={false} aria-label={word} title={word} />
}

/** A figure with its level: by colour, and by a sign with a word. */
export function Judged({ level, children }: { level: Level | null; children: ReactNode }) {
  const styles = useStyles()
  if (level === null) return children
  return (
    <span className={mergeClasses(styles.figure, styles[level])} data-level={level}>
      <LevelMark level={level} />
      {children}
    </span>
  )
}

/** How long the first waits, as it runs, with the level that it has reached. */
export function JudgedWait({ at, queue_id, judge }: { at: number | null; queue_id: string; judge: Judge }) {
  const now = useNow()
  if (at === null) return '–'
  return <Judged level={judge('longest_waiting', queue_id, now - at)}>{formatDuration(now - at)}</Judged>
}

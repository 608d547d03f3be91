import { Badge, makeStyles, Text, Title3, tokens } from '@fluentui/react-components'
import { t } from '@/shared/i18n/translate'
import { codeWords } from '@/shared/i18n/words'
import type { InteractionView } from '@/shared/socket/types'
import { useNow } from '@/shared/time/clock'
import { formatDuration } from '@/shared/time/format'
import { Card } from '@/shared/ui/card'
import { CallControls } from './CallControls'

const useStyles = makeStyles({
  row: { display: 'flex', gap: tokens.spacingHorizontalL, alignItems: 'flex-start' },
  caller: { flex: 1, minWidth: 0 },
  name: { margin: 0, overflowWrap: 'anywhere' },
  muted: { color: tokens.colorNeutralForeground2 },
  times: { display: 'grid', justifyItems: 'end', fontVariantNumeric: 'tabular-nums', whiteSpace: 'nowrap' },
  timer: { display: 'block', textAlign: 'right' },
  notes: { display: 'flex', gap: tokens.spacingHorizontalS, flexWrap: 'wrap', ':empty': { display: 'none' } },
  card: { display: 'grid', gap: tokens.spacingVerticalM, flexShrink: 0 },
})

/** Who is on the line, for how long, and what can be done with the call. */
export function CallHeader({ interaction }: { interaction: InteractionView }) {
  const styles = useStyles()
  const { caller_name, caller_number, dialled_number, queue_name, call } = interaction
  const numbers = `${caller_name ? caller_number : ''} → ${dialled_number}`.trim()
  return (
    <Card label={t('call.label')} className={styles.card}>
      <div className={styles.row}>
        <div className={styles.caller}>
          <Title3 as="h1" className={styles.name} block>
            {caller_name ?? caller_number}
          </Title3>
          <Text className={styles.muted}>
            {numbers} · {queue_name}
          </Text>
        </div>
        <Times interaction={interaction} />
      </div>
      <div className={styles.notes}>
        {call.state === 'up' && call.held_by_caller && <Badge color="informative">{t('call.held_by_caller')}</Badge>}
        {call.state === 'up' && call.desk_away && <Badge color="warning">{t('call.desk_away')}</Badge>}
      </div>
      {call.state === 'up' && <CallControls interaction={interaction} />}
    </Card>
  )
}

function Times({ interaction }: { interaction: InteractionView }) {
  const styles = useStyles()
  const now = useNow()
  const { answered_at, started_at, call_ended_at, call } = interaction
  const held_ms = call.held_total_ms + (call.held_since_at === null ? 0 : now - call.held_since_at)
  const talked_ms = (call_ended_at ?? now) - (answered_at ?? started_at)
  return (
    <div className={styles.times}>
      <Title3 as="span" role="timer" className={styles.timer} data-testid="call-timer">
        {formatDuration(talked_ms)}
      </Title3>
      {call.state === 'ended' && (
        <Text className={styles.muted} block data-testid="call-ended">
          {call.end_reason ? codeWords('call.end_reason', call.end_reason) : t('call.ended')}
        </Text>
      )}
      {held_ms > 0 && (
        <Text className={styles.muted} block>
          {t(call.held ? 'call.on_hold' : 'call.was_on_hold', { time: formatDuration(held_ms) })}
        </Text>
      )}
    </div>
  )
}

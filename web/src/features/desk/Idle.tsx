import { makeStyles, Subtitle2, Text, Title2, Title3, tokens } from '@fluentui/react-components'
import { AgentDot } from '@/shared/agent/AgentDot'
import { agentWords } from '@/shared/agent/words'
import { useSnapshot } from '@/shared/desk/context'
import { t } from '@/shared/i18n/translate'
import { useNow } from '@/shared/time/clock'
import { formatDuration, formatSpan } from '@/shared/time/format'
import { Card } from '@/shared/ui/card'
import { MissedChats } from './MissedChats'
import { RecentChats } from './RecentChats'
import { RecentInteractions } from './RecentInteractions'

const useStyles = makeStyles({
  idle: {
    height: '100%',
    boxSizing: 'border-box',
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalM,
    padding: tokens.spacingHorizontalL,
    overflowY: 'auto',
  },
  state: { display: 'flex', alignItems: 'center', gap: tokens.spacingHorizontalM, flexShrink: 0 },
  title: { margin: 0, fontVariantNumeric: 'tabular-nums' },
  muted: { color: tokens.colorNeutralForeground2 },
  figures: { display: 'grid', gridTemplateColumns: 'repeat(4, minmax(0, 1fr))', gap: tokens.spacingHorizontalM, margin: 0, flexShrink: 0 },
  figure: { display: 'grid', alignContent: 'start', gap: tokens.spacingVerticalXXS },
  value: { margin: 0, fontVariantNumeric: 'tabular-nums' },
})

/** Without a call: my state, my day in four figures, what was recent, what I missed. */
export function Idle() {
  const styles = useStyles()
  const agent = useSnapshot((snapshot) => snapshot.agent)
  const now = useNow()
  if (!agent) return null
  return (
    <div className={styles.idle} data-testid="idle">
      <Card label={t('idle.state')} className={styles.state}>
        <AgentDot agent={agent} />
        <div>
          <Title2 as="h1" className={styles.title}>
            {agentWords(agent)} {formatDuration(now - agent.since_at)}
          </Title2>
          <Text block className={styles.muted}>
            {t(agent.state === 'ready' ? 'idle.ready_more' : 'idle.not_ready_more')}
          </Text>
        </div>
      </Card>
      <Today />
      <MissedChats />
      <RecentInteractions />
      <RecentChats />
    </div>
  )
}

function Today() {
  const styles = useStyles()
  const today = useSnapshot((snapshot) => snapshot.today)
  return (
    <div className={styles.figures} role="group" aria-label={t('today.title')}>
      <Figure name={t('today.handled')} value={String(today.handled_count)} meaning={t('today.handled_more')} />
      <Figure name={t('today.talk')} value={formatSpan(today.talk_ms)} meaning={t('today.talk_more')} />
      <Figure name={t('today.wrap_up')} value={formatSpan(today.wrap_up_ms)} meaning={t('today.wrap_up_more')} />
      <Figure name={t('today.consults')} value={String(today.consult_count)} meaning={t('today.consults_more')} />
    </div>
  )
}

function Figure({ name, value, meaning }: { name: string; value: string; meaning: string }) {
  const styles = useStyles()
  return (
    <Card label={name} className={styles.figure}>
      <Subtitle2>{name}</Subtitle2>
      <Title3 className={styles.value}>{value}</Title3>
      <Text size={200} className={styles.muted}>
        {meaning}
      </Text>
    </Card>
  )
}

import { Badge, mergeClasses, Subtitle2, Text } from '@fluentui/react-components'
import type { ConsultSummary } from '@/api/contract'
import { t } from '@/shared/i18n/translate'
import { codeWords } from '@/shared/i18n/words'
import { useNow } from '@/shared/time/clock'
import { formatWhen } from '@/shared/time/format'
import { Card } from '@/shared/ui/card'
import { Empty, Failed, Loading } from '@/shared/ui/states'
import { useRecentChats } from './chats'
import { useRecentStyles } from './RecentInteractions'

const SHOWN = 5

/** My latest chats with experts, the missed ones marked. */
export function RecentChats() {
  const styles = useRecentStyles()
  const now = useNow(60_000)
  const chats = useRecentChats()
  return (
    <Card label={t('idle.chats')}>
      <Subtitle2 as="h2" className={styles.title}>
        {t('idle.chats')}
      </Subtitle2>
      {chats.isPending && <Loading lines={2} />}
      {chats.isError && <Failed words={t('idle.chats_failed')} retry={() => void chats.refetch()} />}
      {chats.data?.length === 0 && <Empty title={t('idle.chats_empty')}>{t('idle.chats_empty_more')}</Empty>}
      <ul className={styles.list}>
        {chats.data?.slice(0, SHOWN).map((chat) => (
          <li key={chat.consult_id} className={styles.row}>
            <Text className={styles.muted}>{formatWhen(chat.started_at, now)}</Text>
            <Text className={styles.cell}>{chat.person_name}</Text>
            <Text className={styles.cell}>{chat.last_text ?? ''}</Text>
            <How chat={chat} />
          </li>
        ))}
      </ul>
    </Card>
  )
}

/** How a chat ended, in a word. */
function How({ chat }: { chat: ConsultSummary }) {
  const styles = useRecentStyles()
  if (chat.invitation === 'missed') {
    return (
      <Badge className={styles.last} color="danger">
        {t('idle.missed')}
      </Badge>
    )
  }
  const elsewhere = chat.invitation === 'answered_elsewhere' ? t(chat.queue_name === null ? 'idle.elsewhere' : 'idle.elsewhere_team') : ''
  return (
    <Text className={mergeClasses(styles.muted, styles.last)} data-testid="chat-how">
      {chat.outcome ? codeWords('outcome', chat.outcome) : elsewhere}
    </Text>
  )
}

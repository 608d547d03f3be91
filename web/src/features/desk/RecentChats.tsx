import { Badge, mergeClasses, Subtitle2, Text } from '@fluentui/react-components'
import { useQuery } from '@tanstack/react-query'
import { api, ask } from '@/api/client'
import { useSnapshot } from '@/shared/desk/context'
import { t } from '@/shared/i18n/translate'
import { codeWords } from '@/shared/i18n/words'
import { useNow } from '@/shared/time/clock'
import { formatWhen } from '@/shared/time/format'
import { Card } from '@/shared/ui/card'
import { Empty, Failed, Loading } from '@/shared/ui/states'
import { useRecentStyles } from './RecentInteractions'

const SHOWN = 5

/** My latest chats with experts, the missed ones marked. */
export function RecentChats() {
  const styles = useRecentStyles()
  const open = useSnapshot((snapshot) => snapshot.consults.length)
  const now = useNow(60_000)
  const chats = useQuery({
    queryKey: ['consults', 'recent', open],
    queryFn: () => ask(api.GET('/api/v1/me/consults', { params: { query: { limit: SHOWN } } })),
    placeholderData: (old) => old,
  })
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
            {chat.state === 'missed' ? (
              <Badge className={styles.last} color="danger">{t('idle.missed')}</Badge>
            ) : (
              <Text className={mergeClasses(styles.muted, styles.last)}>{chat.outcome ? codeWords('outcome', chat.outcome) : ''}</Text>
            )}
          </li>
        ))}
      </ul>
    </Card>
  )
}

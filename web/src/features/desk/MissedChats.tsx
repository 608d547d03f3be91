import { Button, makeStyles, Subtitle2, Text, tokens } from '@fluentui/react-components'
import { DismissRegular } from '@fluentui/react-icons'
import type { ConsultSummary } from '@/api/contract'
import { personOf } from '@/shared/consult/person'
import { t } from '@/shared/i18n/translate'
import { useStore } from '@/shared/store/external'
import { keptStore } from '@/shared/store/kept'
import { selection } from '@/shared/store/selection'
import { useNow } from '@/shared/time/clock'
import { formatWhen } from '@/shared/time/format'
import { Card } from '@/shared/ui/card'
import { missedOf, useRecentChats } from './chats'

const SHOWN = 5
const KEPT = 50

const useStyles = makeStyles({
  title: { margin: 0 },
  list: { listStyleType: 'none', margin: '4px 0 0', padding: 0 },
  row: {
    display: 'grid',
    gridTemplateColumns: '110px minmax(0, 1fr) minmax(0, 2fr) auto',
    alignItems: 'center',
    gap: tokens.spacingHorizontalM,
    padding: '5px 0',
    borderTop: `1px solid ${tokens.colorNeutralStroke3}`,
  },
  cell: { overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' },
  muted: { color: tokens.colorNeutralForeground2, fontVariantNumeric: 'tabular-nums', whiteSpace: 'nowrap' },
  buttons: { display: 'flex', gap: tokens.spacingHorizontalXS },
})

/** Missed chats that were put aside here. */
const putAside = keptStore<string[]>('missed_put_aside', [])

/** Experts who wrote and got no answer, until they are asked, wrote again or are put aside. Nothing when there are none. */
export function MissedChats() {
  const styles = useStyles()
  const chats = useRecentChats()
  const aside = useStore(putAside)
  const missed = missedOf(chats.data ?? []).filter((chat) => !aside.includes(chat.consult_id))
  if (missed.length === 0) return null
  return (
    <Card label={t('idle.missed_chats')}>
      <Subtitle2 as="h2" className={styles.title}>
        {t('idle.missed_chats')}
      </Subtitle2>
      <ul className={styles.list}>
        {missed.slice(0, SHOWN).map((chat) => (
          <Missed key={chat.consult_id} chat={chat} />
        ))}
      </ul>
    </Card>
  )
}

function Missed({ chat }: { chat: ConsultSummary }) {
  const styles = useStyles()
  const now = useNow(60_000)
  const { consult_id, person, person_name } = chat
  const ask = () => person && selection.set({ kind: 'ask', person: personOf(person, person_name), consult_id: null })
  return (
    <li className={styles.row} data-testid="missed-chat">
      <Text className={styles.muted}>{formatWhen(chat.started_at, now)}</Text>
      <Text className={styles.cell}>{person_name}</Text>
      <Text className={styles.cell} dir="auto">
        {chat.last_text ?? ''}
      </Text>
      <span className={styles.buttons}>
        {person && (
          <Button size="small" onClick={ask} data-testid="missed-ask">
            {t('idle.ask_back')}
          </Button>
        )}
        <Button
          size="small"
          appearance="subtle"
          icon={<DismissRegular />}
          aria-label={t('idle.put_aside', { name: person_name })}
          onClick={() => putAside.update((all) => [consult_id, ...all].slice(0, KEPT))}
          data-testid="missed-put-aside"
        />
      </span>
    </li>
  )
}

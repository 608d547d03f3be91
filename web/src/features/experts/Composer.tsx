import { Button, makeStyles, mergeClasses, Text, Textarea, tokens } from '@fluentui/react-components'
import { type KeyboardEvent, useEffect, useRef } from 'react'
import { useConnection } from '@/shared/desk/context'
import { t } from '@/shared/i18n/translate'
import { takesText } from '@/shared/keys/match'
import type { ConsultView } from '@/shared/socket/types'
import { useDraft } from '@/shared/store/drafts'
import { localNow } from '@/shared/time/clock'
import { latest } from './people'
import { useRoom } from './room'
import { ShareData } from './ShareData'

const TYPING_EVERY_MS = 4000

const useStyles = makeStyles({
  composer: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr)',
    gap: tokens.spacingVerticalS,
    padding: tokens.spacingHorizontalM,
    borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  row: { display: 'flex', alignItems: 'center', gap: tokens.spacingHorizontalS },
  muted: { color: tokens.colorNeutralForeground2, whiteSpace: 'nowrap' },
  over: { color: tokens.colorStatusDangerForeground1 },
  hint: { flex: 1, textAlign: 'right', overflow: 'hidden', textOverflow: 'ellipsis', minWidth: 0 },
})

/** Writes to the expert: Enter sends, Shift+Enter makes a new line; text being composed (IME) is never sent. */
export function Composer({ consult }: { consult: ConsultView }) {
  const styles = useStyles()
  const connection = useConnection()
  const { consult_id } = consult
  const [text, setText] = useDraft(`chat.${consult_id}`)
  const room = useRoom(text, consult.network, 'longest_message')
  const input = useRef<HTMLTextAreaElement>(null)
  const tellTyping = useTyping(consult_id)
  useEffect(() => {
    // Somebody who is writing a note is not interrupted by an expert who accepts.
    if (!takesText(document.activeElement)) input.current?.focus()
  }, [consult_id])
  const send = () => {
    const words = text.trim()
    if (words === '' || room.over) return
    connection.say(consult_id, words)
    setText('')
    input.current?.focus()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || event.key !== 'Enter' || event.shiftKey || event.ctrlKey || event.altKey) return
    event.preventDefault()
    send()
  }
  const change = (value: string) => {
    setText(value)
    if (value !== '') tellTyping()
  }
  const name = latest(consult)?.person.name ?? ''
  return (
    <div className={styles.composer}>
      <Textarea
        textarea={{ ref: input }}
        aria-label={t('chat.message_to', { name })}
        placeholder={t('chat.message_to', { name })}
        rows={2}
        dir="auto"
        value={text}
        onChange={(_, { value }) => change(value)}
        onKeyDown={onKeyDown}
        data-testid="chat-input"
      />
      <div className={styles.row}>
        <ShareData consult={consult} />
        <Text size={200} className={mergeClasses(styles.muted, room.over && styles.over)} data-testid="chat-room">
          {room.words}
        </Text>
        <Text size={200} className={mergeClasses(styles.muted, styles.hint)} title={t('chat.enter_sends_more')}>
          {t('chat.enter_sends')}
        </Text>
        <Button appearance="primary" disabledFocusable={text.trim() === '' || room.over} onClick={send} data-testid="chat-send">
          {t('chat.send')}
        </Button>
      </div>
    </div>
  )
}

/** Tells the expert that I am typing, at most every few seconds. */
function useTyping(consult_id: string): () => void {
  const connection = useConnection()
  const told_at = useRef(0)
  return () => {
    if (localNow() - told_at.current < TYPING_EVERY_MS) return
    told_at.current = localNow()
    connection.tell('consult.typing', { consult_id })
  }
}

import { Button, mergeClasses } from '@fluentui/react-components'
import { memo } from 'react'
import { useAct, useConnection } from '@/shared/desk/context'
import { t } from '@/shared/i18n/translate'
import { errorWords } from '@/shared/i18n/words'
import { formatFull, formatMinute } from '@/shared/time/format'
import { Said } from '@/shared/ui/said'
import type { ShownMessage } from './log'
import { useLogStyles } from './logStyles'
import { useSharedLabels } from './useSharedLabels'

function Question({ text, at }: { text: string; at: number }) {
  const styles = useLogStyles()
  return (
    <div className={mergeClasses(styles.bubble, styles.mine)} data-testid="question">
      <Said text={text} html={null} />
      <div className={styles.foot}>
        <time title={formatFull(at)}>{formatMinute(at)}</time>
        <span>{t('chat.your_question')}</span>
      </div>
    </div>
  )
}

type MessageProps = { message: ShownMessage; consult_id: string; repeated: boolean }

const Message = memo(function Message({ message, consult_id, repeated }: MessageProps) {
  const styles = useLogStyles()
  const mine = message.by === 'agent'
  const labels = useSharedLabels(consult_id, message.shared)
  const quiet = repeated && !mine
  return (
    <div
      className={mergeClasses(styles.bubble, mine && styles.mine, message.state === 'failed' && styles.failed)}
      data-testid="message"
      data-state={message.state}
      data-by={message.by}
    >
      {message.text === '' ? t('chat.shared', { keys: labels }) : <Said text={message.text} html={message.html} />}
      {!quiet && (
        <div className={styles.foot}>
          <time title={formatFull(message.at)}>{formatMinute(message.at)}</time>
          {mine && <span>{t(`message.${message.state}`)}</span>}
          {message.state === 'failed' && <Failure message={message} consult_id={consult_id} />}
        </div>
      )}
    </div>
  )
})

function Failure({ message, consult_id }: { message: ShownMessage; consult_id: string }) {
  const styles = useLogStyles()
  const act = useAct()
  const connection = useConnection()
  const { message_id, reason, local } = message
  const retry = () => {
    if (local) connection.sayAgain(message_id)
    else void act('consult.retry', { consult_id, message_id })
  }
  return (
    <>
      {reason !== null && <span className={styles.reason}>{errorWords(reason) ?? reason}</span>}
      <Button size="small" onClick={retry} data-testid="message-retry">
        {t('retry')}
      </Button>
      {local && (
        <Button size="small" appearance="subtle" onClick={() => connection.discard(message_id)}>
          {t('message.discard')}
        </Button>
      )}
    </>
  )
}

export const Bubble = { Question, Message }

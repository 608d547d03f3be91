import { makeStyles, tokens } from '@fluentui/react-components'
import { useEffect, useState } from 'react'
import { useAct, useDesk } from '@/shared/desk/context'
import { t } from '@/shared/i18n/translate'
import { useKey } from '@/shared/keys/keys'
import type { ConsultView } from '@/shared/socket/types'
import { selection } from '@/shared/store/selection'
import { useCandidates } from './Candidates'
import { ChatActions } from './ChatActions'
import { ChatHeader } from './ChatHeader'
import { ChatLog } from './ChatLog'
import { Composer } from './Composer'
import { HuntPanel } from './HuntPanel'
import { latest } from './people'

const useStyles = makeStyles({
  chat: { flex: 1, minHeight: 0, display: 'flex', flexDirection: 'column' },
  typing: {
    minHeight: '20px',
    padding: `2px ${tokens.spacingHorizontalM}`,
    backgroundColor: tokens.colorNeutralBackground2,
    color: tokens.colorNeutralForeground2,
    fontSize: tokens.fontSizeBase200,
  },
})

/** One consult: who is asked, what happened, what was said, and what can be done next. */
export function Chat({ consult, search }: { consult: ConsultView; search: () => void }) {
  const styles = useStyles()
  const askAnother = useAskAnother(consult, search)
  const hunt = consult.hunt?.end === null ? consult.hunt : null
  const add = () => {
    selection.set({ kind: 'choose', consult_id: consult.consult_id })
    search()
  }
  useRead(consult)
  useKey('A', askAnother, consult.state === 'choosing')
  return (
    <div className={styles.chat} data-testid="chat" data-state={consult.state}>
      <ChatHeader consult={consult} />
      <ChatLog consult={consult} />
      <Typing consult={consult} />
      {hunt && <HuntPanel consult={consult} hunt={hunt} add={add} />}
      {consult.state === 'talking' ? <Composer consult={consult} /> : <ChatActions consult={consult} askAnother={askAnother} />}
    </div>
  )
}

/** Opens the question for the next candidate; without one, the search waits for a name. */
function useAskAnother(consult: ConsultView, search: () => void): () => void {
  const candidates = useCandidates(consult)
  return () => {
    const person = candidates[0]
    if (person) {
      selection.set({ kind: 'ask', person, consult_id: consult.consult_id })
    } else {
      selection.set({ kind: 'choose', consult_id: consult.consult_id })
      search()
    }
  }
}

/** What is on screen in the window that is in front has been read. */
function useRead(consult: ConsultView): void {
  const act = useAct()
  const [inFront, setInFront] = useState(() => document.hasFocus())
  useEffect(() => {
    const check = () => setInFront(document.hasFocus())
    window.addEventListener('focus', check)
    window.addEventListener('blur', check)
    return () => {
      window.removeEventListener('focus', check)
      window.removeEventListener('blur', check)
    }
  }, [])
  const { consult_id, unread_count } = consult
  useEffect(() => {
    if (inFront && unread_count > 0) void act('consult.read', { consult_id })
  }, [act, inFront, consult_id, unread_count])
}

function Typing({ consult }: { consult: ConsultView }) {
  const styles = useStyles()
  const typing = useDesk((state) => state.typing.has(consult.consult_id))
  const name = latest(consult)?.person.name ?? ''
  return (
    <div className={styles.typing} aria-live="polite" data-testid="typing">
      {typing && consult.state === 'talking' ? t('chat.typing', { name }) : ''}
    </div>
  )
}

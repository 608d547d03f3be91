import { Button, makeStyles, mergeClasses, tokens } from '@fluentui/react-components'
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { useDesk, useSnapshot } from '@/shared/desk/context'
import { t } from '@/shared/i18n/translate'
import { codeWords } from '@/shared/i18n/words'
import type { ConsultView } from '@/shared/socket/types'
import { Bubble } from './Bubble'
import { Earlier } from './Earlier'
import { InvitationLine } from './InvitationLine'
import { type Line, linesOf, sameMinute } from './log'
import { useLogStyles } from './logStyles'

const PAGE = 150
const NEAR_END_PX = 48

const useStyles = makeStyles({
  log: {
    flex: 1,
    minHeight: 0,
    overflowY: 'auto',
    overflowX: 'hidden',
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalSNudge,
    padding: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalM}`,
    backgroundColor: tokens.colorNeutralBackground2,
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: '-2px' },
  },
  first: { marginTop: 'auto' },
})

/** The chat, scrolled to its end unless the reader has scrolled away from it. */
export function ChatLog({ consult }: { consult: ConsultView }) {
  const styles = useStyles()
  const messages = useSnapshot((snapshot) => snapshot.messages)
  const outbox = useDesk((state) => state.outbox)
  const lines = useMemo(() => linesOf(consult, messages, outbox), [consult, messages, outbox])
  const [shown, setShown] = useState(PAGE)
  const log = useEndOfLog(lines)
  const visible = lines.slice(-shown)
  return (
    // A scrolling region must be reachable by keyboard (WCAG 2.1.1).
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- see above
    <div ref={log} className={styles.log} role="log" aria-label={t('chat.log')} tabIndex={0}>
      <span className={styles.first} />
      {lines.length > shown && (
        <Button size="small" appearance="subtle" onClick={() => setShown(shown + PAGE)}>
          {t('chat.earlier')}
        </Button>
      )}
      {lines.length <= shown && <Earlier consult={consult} />}
      {visible.map((line, index) => (
        <LogLine key={line.id} line={line} consult={consult} repeated={sameMinute(visible[index - 1], line)} />
      ))}
    </div>
  )
}

function useEndOfLog(lines: Line[]) {
  const log = useRef<HTMLDivElement>(null)
  const follows = useRef(true)
  useEffect(() => {
    const element = log.current
    if (!element) return
    const remember = () => {
      follows.current = element.scrollHeight - element.scrollTop - element.clientHeight < NEAR_END_PX
    }
    element.addEventListener('scroll', remember, { passive: true })
    const toEnd = new ResizeObserver(() => {
      if (follows.current) element.scrollTop = element.scrollHeight
    })
    toEnd.observe(element)
    return () => {
      element.removeEventListener('scroll', remember)
      toEnd.disconnect()
    }
  }, [])
  useLayoutEffect(() => {
    if (log.current && follows.current) log.current.scrollTop = log.current.scrollHeight
  }, [lines])
  return log
}

function leftWords(name: string, cut_off: string | null): string {
  if (cut_off === null) return t('chat.left', { name })
  return t('chat.cut_off', { name, reason: codeWords('invitation.reason', cut_off) })
}

function LogLine({ line, consult, repeated }: { line: Line; consult: ConsultView; repeated: boolean }) {
  const styles = useLogStyles()
  switch (line.kind) {
    case 'question':
      return <Bubble.Question text={line.text} at={line.at} />
    case 'invitation':
      return <InvitationLine invitation={line.invitation} consult={consult} />
    case 'skipped':
      return <div className={styles.line}>{t('hunt.skipped_line', { name: line.name, reason: t(`hunt.skip.${line.reason}`) })}</div>
    case 'left':
      return <div className={styles.line}>{leftWords(line.name, line.cut_off)}</div>
    case 'ended':
      return <div className={mergeClasses(styles.line)}>{t('chat.ended')}</div>
    case 'message':
      return <Bubble.Message message={line.message} consult_id={consult.consult_id} repeated={repeated} />
  }
}

import { Button, makeStyles, Text, tokens } from '@fluentui/react-components'
import { t } from '@/shared/i18n/translate'
import type { ConsultView } from '@/shared/socket/types'
import { selection } from '@/shared/store/selection'
import { Kbd } from '@/shared/ui/kbd'
import { useIsLicensed } from './NotLicensed'
import { latest } from './people'

const useStyles = makeStyles({
  row: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: tokens.spacingHorizontalS,
    padding: tokens.spacingHorizontalM,
    borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  words: { flexBasis: '100%' },
  muted: { color: tokens.colorNeutralForeground2 },
})

/** What can be done in a consult without anybody in it: ask another, ask again. */
export function ChatActions({ consult, askAnother }: { consult: ConsultView; askAnother: () => void }) {
  const styles = useStyles()
  const last = latest(consult)
  const licensed = useIsLicensed()
  // Without a licence nobody can be asked; what was said stays to be read.
  if (consult.state === 'inviting' || !licensed) return null
  if (consult.state === 'ended') {
    return (
      <div className={styles.row}>
        <Text className={styles.muted}>{t('chat.ended_more')}</Text>
      </div>
    )
  }
  const again = last !== null && last.state !== 'declined' && last.by === 'agent'
  const ended = consult.hunt?.end === 'nobody_left' || consult.hunt?.end === 'stopped' ? consult.hunt.end : null
  return (
    <div className={styles.row}>
      {ended && (
        <Text className={styles.words} role="status" data-testid="hunt-end">
          {t(`hunt.end.${ended}`)}
        </Text>
      )}
      <Button appearance="primary" onClick={askAnother} data-testid="ask-another" aria-keyshortcuts="A">
        {t('ask.another')}
        <Kbd keys="A" />
      </Button>
      {again && (
        <Button onClick={() => selection.set({ kind: 'ask', person: last.person, consult_id: consult.consult_id })} data-testid="ask-again">
          {t('ask.again')}
        </Button>
      )}
    </div>
  )
}

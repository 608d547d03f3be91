import { Button, makeStyles, mergeClasses, tokens } from '@fluentui/react-components'
import { CallEndRegular, MicOffRegular, MicRegular, PauseRegular, PlayRegular } from '@fluentui/react-icons'
import { useAct } from '@/shared/desk/context'
import { t } from '@/shared/i18n/translate'
import { useKey } from '@/shared/keys/keys'
import type { InteractionView } from '@/shared/socket/types'
import { Kbd } from '@/shared/ui/kbd'
import { Keypad } from './Keypad'

const useStyles = makeStyles({
  row: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS },
  button: { whiteSpace: 'nowrap' },
  end: {
    marginLeft: 'auto',
    backgroundColor: tokens.colorStatusDangerBackground3,
    color: tokens.colorNeutralForegroundOnBrand,
    ':hover': { backgroundColor: tokens.colorStatusDangerBackground3Hover, color: tokens.colorNeutralForegroundOnBrand },
    ':hover:active': { backgroundColor: tokens.colorStatusDangerBackground3Pressed, color: tokens.colorNeutralForegroundOnBrand },
  },
})

/** Mute, hold, keypad, hang up: always in this order. */
export function CallControls({ interaction }: { interaction: InteractionView }) {
  const styles = useStyles()
  const act = useAct()
  const { interaction_id, call } = interaction
  const mute = () => void act('call.mute', { interaction_id, muted: !call.muted })
  const hold = () => void act(call.held ? 'call.resume' : 'call.hold', { interaction_id })
  const hangUp = () => void act('call.hang_up', { interaction_id })
  useKey('M', mute)
  useKey('H', hold)
  useKey('Ctrl+E', hangUp)
  return (
    <div className={styles.row} role="group" aria-label={t('call.controls')}>
      <Button
        className={styles.button}
        appearance={call.muted ? 'primary' : 'secondary'}
        icon={call.muted ? <MicOffRegular /> : <MicRegular />}
        aria-pressed={call.muted}
        aria-keyshortcuts="M"
        onClick={mute}
        data-testid="call-mute"
      >
        {t(call.muted ? 'call.unmute' : 'call.mute')}
        <Kbd keys="M" />
      </Button>
      <Button
        className={styles.button}
        appearance={call.held ? 'primary' : 'secondary'}
        icon={call.held ? <PlayRegular /> : <PauseRegular />}
        aria-keyshortcuts="H"
        onClick={hold}
        data-testid="call-hold"
        data-held={call.held}
      >
        {t(call.held ? 'call.resume' : 'call.hold')}
        <Kbd keys="H" />
      </Button>
      <Keypad interaction_id={interaction_id} />
      <Button
        className={mergeClasses(styles.button, styles.end)}
        appearance="primary"
        icon={<CallEndRegular />}
        aria-keyshortcuts="Control+E"
        onClick={hangUp}
        data-testid="call-hang-up"
      >
        {t('call.hang_up')}
        <Kbd keys="Ctrl+E" />
      </Button>
    </div>
  )
}

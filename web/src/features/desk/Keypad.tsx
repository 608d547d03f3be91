import { Button, makeStyles, Popover, PopoverSurface, PopoverTrigger, Text, tokens } from '@fluentui/react-components'
import { DialpadRegular } from '@fluentui/react-icons'
import { type KeyboardEvent, useState } from 'react'
import { useAct } from '@/shared/desk/context'
import { t } from '@/shared/i18n/translate'
import { useKey } from '@/shared/keys/keys'
import { Kbd } from '@/shared/ui/kbd'

const DIGITS = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '*', '0', '#']
const SHOWN_DIGITS = 20

const useStyles = makeStyles({
  pad: { display: 'grid', gridTemplateColumns: 'repeat(3, 56px)', gap: tokens.spacingHorizontalS },
  digit: { minWidth: '56px', fontSize: tokens.fontSizeBase400 },
  sent: { minHeight: '20px', textAlign: 'center', marginBottom: tokens.spacingVerticalS, fontVariantNumeric: 'tabular-nums' },
  button: { whiteSpace: 'nowrap' },
})

/** Sends digits into the call, by click or by typing them. */
export function Keypad({ interaction_id }: { interaction_id: string }) {
  const styles = useStyles()
  const act = useAct()
  const [open, setOpen] = useState(false)
  const [sent, setSent] = useState('')
  useKey('K', () => setOpen((old) => !old))
  const send = (digit: string) => {
    setSent((old) => (old + digit).slice(-SHOWN_DIGITS))
    void act('call.digit', { interaction_id, digit })
  }
  const typed = (event: KeyboardEvent) => {
    const digit = event.key.toUpperCase()
    if (event.ctrlKey || event.altKey || event.metaKey || !/^[0-9*#A-D]$/.test(digit)) return
    event.preventDefault()
    event.stopPropagation()
    send(digit)
  }
  return (
    <Popover open={open} onOpenChange={(_, change) => setOpen(change.open)} trapFocus>
      <PopoverTrigger disableButtonEnhancement>
        <Button className={styles.button} icon={<DialpadRegular />} aria-keyshortcuts="K" data-testid="call-keypad">
          {t('call.keypad')}
          <Kbd keys="K" />
        </Button>
      </PopoverTrigger>
      <PopoverSurface onKeyDown={typed} aria-label={t('call.keypad')}>
        <Text block className={styles.sent} aria-live="polite">
          {sent || t('call.keypad_more')}
        </Text>
        <div className={styles.pad}>
          {DIGITS.map((digit) => (
            <Button key={digit} className={styles.digit} onClick={() => send(digit)} data-testid={`digit-${digit}`}>
              {digit}
            </Button>
          ))}
        </div>
      </PopoverSurface>
    </Popover>
  )
}

import { Button, Checkbox, makeStyles, Popover, PopoverSurface, PopoverTrigger, Text, tokens } from '@fluentui/react-components'
import { useState } from 'react'
import { useConnection, useSnapshot } from '@/shared/desk/context'
import { t } from '@/shared/i18n/translate'
import type { ConsultView } from '@/shared/socket/types'

const useStyles = makeStyles({
  button: { whiteSpace: 'nowrap', flexShrink: 0 },
  list: { display: 'grid', gap: tokens.spacingVerticalXS, maxWidth: '320px' },
})

/** Hands more of the attached data over in a chat that is open. What was shared is recorded. */
export function ShareData({ consult }: { consult: ConsultView }) {
  const styles = useStyles()
  const connection = useConnection()
  const [open, setOpen] = useState(false)
  const [keys, setKeys] = useState<string[]>([])
  const attached = useSnapshot((snapshot) => snapshot.interactions.find((one) => one.interaction_id === consult.interaction_id)?.attached)
  const free = attached?.filter((datum) => !datum.private) ?? []
  if (free.length === 0) return null
  const share = () => {
    connection.say(consult.consult_id, '', keys)
    setKeys([])
    setOpen(false)
  }
  const toggle = (key: string, on: boolean) => setKeys((old) => (on ? [...old, key] : old.filter((one) => one !== key)))
  return (
    <Popover open={open} onOpenChange={(_, change) => setOpen(change.open)} trapFocus>
      <PopoverTrigger disableButtonEnhancement>
        <Button className={styles.button} data-testid="share-data">{t('share.title')}</Button>
      </PopoverTrigger>
      <PopoverSurface aria-label={t('share.title')}>
        <div className={styles.list}>
          <Text weight="semibold">{t('share.which')}</Text>
          {free.map(({ key, label, value }) => (
            <Checkbox
              key={key}
              checked={keys.includes(key)}
              onChange={(_, change) => toggle(key, change.checked === true)}
              label={value === '' ? label : `${label}: ${value}`}
              data-testid={`share-tick-${key}`}
            />
          ))}
          <Button appearance="primary" disabledFocusable={keys.length === 0} onClick={share} data-testid="share-send">
            {t('share.send')}
          </Button>
        </div>
      </PopoverSurface>
    </Popover>
  )
}

import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  makeStyles,
  Switch,
  tokens,
} from '@fluentui/react-components'
import { t } from '@/shared/i18n/translate'
import { keyName } from '@/shared/i18n/words'
import { useKey } from '@/shared/keys/keys'
import { allKeys } from '@/shared/keys/list'
import { useStore } from '@/shared/store/external'
import { setPreference, usePreferences } from '@/shared/store/preferences'
import { keysOpen, openKeys } from './keysOpen'

const useStyles = makeStyles({
  list: { display: 'grid', gridTemplateColumns: 'auto 1fr', gap: '6px 16px', margin: '0 0 12px' },
  what: { margin: 0 },
  key: {
    justifySelf: 'start',
    padding: '0 6px',
    border: `1px solid ${tokens.colorNeutralStroke1}`,
    borderRadius: tokens.borderRadiusSmall,
    backgroundColor: tokens.colorNeutralBackground3,
    fontFamily: tokens.fontFamilyBase,
    fontSize: tokens.fontSizeBase200,
  },
})

/** `?` lists all keys; single letters can be switched off here. */
export function KeysDialog() {
  const styles = useStyles()
  const open = useStore(keysOpen)
  const { letter_keys } = usePreferences()
  useKey('?', openKeys)
  return (
    <Dialog open={open} onOpenChange={(_, change) => keysOpen.set(change.open)}>
      <DialogSurface>
        <DialogBody>
          <DialogTitle>{t('keys.title')}</DialogTitle>
          <DialogContent>
            <dl className={styles.list}>
              {allKeys.map(({ keys, what }) => (
                <Row key={keys} keys={keys} words={t(what)} />
              ))}
            </dl>
            <Switch
              checked={letter_keys}
              onChange={(_, { checked }) => setPreference('letter_keys', checked)}
              label={t('keys.letters')}
            />
          </DialogContent>
          <DialogActions>
            <Button appearance="primary" onClick={() => keysOpen.set(false)}>
              {t('close')}
            </Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  )
}

function Row({ keys, words }: { keys: string; words: string }) {
  const styles = useStyles()
  return (
    <>
      <dt>
        <kbd className={styles.key}>{keyName(keys)}</kbd>
      </dt>
      <dd className={styles.what}>{words}</dd>
    </>
  )
}

import { makeStyles, tokens } from '@fluentui/react-components'
import { usePreferences } from '../store/preferences'
import { keyName } from '../i18n/words'
import { isSingleCharacter } from '../keys/match'

const useStyles = makeStyles({
  key: {
    marginLeft: tokens.spacingHorizontalSNudge,
    padding: '0 4px',
    border: `1px solid currentColor`,
    borderRadius: tokens.borderRadiusSmall,
    fontSize: tokens.fontSizeBase100,
    lineHeight: tokens.lineHeightBase100,
    fontWeight: tokens.fontWeightRegular,
    fontFamily: tokens.fontFamilyBase,
    whiteSpace: 'nowrap',
  },
})

/** A key's name on a button; not shown for single letters while those are switched off. */
export function Kbd({ keys }: { keys: string }) {
  const styles = useStyles()
  const { letter_keys } = usePreferences()
  if (isSingleCharacter(keys) && !letter_keys) return null
  return (
    <kbd className={styles.key} aria-hidden>
      {keyName(keys)}
    </kbd>
  )
}

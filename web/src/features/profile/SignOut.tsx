import { Button, makeStyles, tokens } from '@fluentui/react-components'
import { t } from '@/shared/i18n/translate'
import { useSignOut } from '@/shared/session'
import { Card } from '@/shared/ui/card'

const useStyles = makeStyles({ row: { display: 'flex', gap: tokens.spacingHorizontalM } })

/** Signs out here, or on all devices. */
export function SignOut() {
  const styles = useStyles()
  const signOut = useSignOut()
  return (
    <Card label={t('profile.sign_out')}>
      <div className={styles.row}>
        <Button onClick={() => void signOut(false)}>{t('profile.sign_out')}</Button>
        <Button onClick={() => void signOut(true)} data-testid="sign-out-everywhere">
          {t('profile.sign_out_everywhere')}
        </Button>
      </div>
    </Card>
  )
}

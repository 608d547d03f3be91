import { Button, makeStyles, Text, Title2, tokens } from '@fluentui/react-components'
import { t } from '@/shared/i18n/translate'
import { Brand } from '@/shared/ui/brand'

const useStyles = makeStyles({
  page: { height: '100%', display: 'grid', placeContent: 'center', justifyItems: 'start', gap: tokens.spacingVerticalM, padding: tokens.spacingHorizontalXXL },
  title: { margin: 0 },
})

/** The page before anything is known of the server, while it does not answer. */
export function Unreachable({ retry }: { retry: () => void }) {
  const styles = useStyles()
  return (
    <main className={styles.page} data-testid="unreachable">
      <Brand />
      <Title2 as="h1" className={styles.title}>
        {t('unreachable.title')}
      </Title2>
      <Text role="alert">{t('error.unreachable_server')}</Text>
      <Button onClick={retry}>{t('retry')}</Button>
    </main>
  )
}

import { Button, makeStyles, Text, tokens } from '@fluentui/react-components'
import { useMutation } from '@tanstack/react-query'
import { api, ask } from '@/api/client'
import { problemWords } from '@/shared/i18n/problem'
import { t } from '@/shared/i18n/translate'
import { errorWords } from '@/shared/i18n/words'
import type { LdapTrialBody, LdapTrialResult } from './queries'

const useStyles = makeStyles({
  trial: { display: 'grid', justifyItems: 'start', gap: tokens.spacingVerticalXS },
  failed: { color: tokens.colorStatusDangerForeground2 },
})

/** A long form scrolls to what has come of it. */
function intoView(shown: HTMLElement | null): void {
  shown?.scrollIntoView({ block: 'nearest' })
}

/** Tries settings before they are saved: signs in, and shows the first people. */
export function LdapTrial({ trial }: { trial: LdapTrialBody }) {
  const styles = useStyles()
  const trying = useMutation({ mutationFn: () => ask(api.POST('/api/v1/people-sources/ldap/try', { body: trial })) })
  return (
    <div className={styles.trial}>
      <Button onClick={() => trying.mutate()} disabledFocusable={trying.isPending} data-testid="ldap-try">
        {t(trying.isPending ? 'ldap.trying' : 'ldap.try')}
      </Button>
      <div role="status" data-testid="ldap-tried">
        {(trying.error ?? trying.data) && (
          <div className={styles.trial} ref={intoView}>
            {trying.error && <Text className={styles.failed}>{problemWords(trying.error)}</Text>}
            {trying.data && <Result result={trying.data} />}
          </div>
        )}
      </div>
    </div>
  )
}

function Result({ result }: { result: LdapTrialResult }) {
  const styles = useStyles()
  if (result.trouble_code !== null) {
    return <Text className={styles.failed}>{errorWords(result.trouble_code) ?? result.trouble_words}</Text>
  }
  return (
    <>
      <Text>{t('ldap.tried', { count: result.entry_count })}</Text>
      {result.people.map((person, index) => (
        <Text key={index} size={200}>
          {[person.name ?? t('people.reason.no_name'), person.department, person.email, ...person.addresses].filter(Boolean).join(' · ')}
        </Text>
      ))}
    </>
  )
}

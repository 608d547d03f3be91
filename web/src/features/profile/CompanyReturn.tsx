import { Button, makeStyles, Text, Title2, tokens } from '@fluentui/react-components'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { ApiProblem, api, ask } from '@/api/client'
import { t } from '@/shared/i18n/translate'
import { errorWords } from '@/shared/i18n/words'
import { tellCompanySignInOver } from './companyWindow'

const useStyles = makeStyles({
  page: { height: '100%', display: 'grid', placeContent: 'center', gap: tokens.spacingVerticalM, padding: tokens.spacingHorizontalXXL },
  title: { margin: 0 },
  failed: { color: tokens.colorStatusDangerForeground1 },
})

/** Where the company's sign-in page leads back to; the path that the administrator names to it. */
export const companyReturnPath = '/network-sign-in'

type Answer = { state: string; code: string; refusal: string | null }

/** Takes what the company's page has put into the address, and leaves none of it there or in the history. */
function takeAnswer(): Answer {
  const query = new URLSearchParams(window.location.search)
  window.history.replaceState(null, '', companyReturnPath)
  const error = query.get('error')
  const refusal = error === null ? null : [error, query.get('error_description') ?? ''].join(' ').trim()
  return { state: query.get('state') ?? '', code: query.get('code') ?? '', refusal }
}

/** The end of a sign-in on the company's page, in the window that showed it. */
export function CompanyReturn() {
  const styles = useStyles()
  const [answer] = useState(takeAnswer)
  const finish = useQuery({
    queryKey: ['company-return', answer.state],
    queryFn: async () => {
      if (answer.refusal !== null) throw new Error(answer.refusal)
      await ask(api.POST('/api/v1/me/authorisation', { body: { state: answer.state, code: answer.code } }))
      return true
    },
    retry: false,
    staleTime: Infinity,
  })
  const over = !finish.isPending
  useEffect(() => {
    if (!over) return
    tellCompanySignInOver()
    if (finish.isSuccess) window.close()
  }, [over, finish.isSuccess])
  return (
    <main className={styles.page}>
      <Title2 as="h1" className={styles.title}>
        {t('account.company_title')}
      </Title2>
      {finish.isPending && <Text role="status">{t('account.company_finishing')}</Text>}
      {finish.isSuccess && <Text role="status">{t('account.company_done')}</Text>}
      {finish.error && <Refusal error={finish.error} />}
      {over && <Button onClick={() => window.close()}>{t('close')}</Button>}
    </main>
  )
}

function Refusal({ error }: { error: Error }) {
  const styles = useStyles()
  const known = error instanceof ApiProblem ? errorWords(error.code) : null
  return (
    <div role="alert" className={styles.failed}>
      <Text block>{known ?? t('account.company_refused')}</Text>
      {(known === null || (error instanceof ApiProblem && error.code === 'company_sign_in_failed')) && <Text block>{error.message}</Text>}
    </div>
  )
}

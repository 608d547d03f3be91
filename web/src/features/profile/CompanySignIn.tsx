import { Button, makeStyles, Text, tokens } from '@fluentui/react-components'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { ApiProblem, api, ask } from '@/api/client'
import type { NetworkAccountView } from '@/api/contract'
import { t } from '@/shared/i18n/translate'
import { errorWords } from '@/shared/i18n/words'
import { accountsKey } from './accountsKey'
import { openCompanyWindow, whenCompanySignInOver } from './companyWindow'

const useStyles = makeStyles({
  part: { display: 'grid', gap: tokens.spacingVerticalS, justifyItems: 'start', marginTop: '12px' },
  muted: { color: tokens.colorNeutralForeground2 },
  failed: { color: tokens.colorStatusDangerForeground1 },
})

/** Connects an account on the page of the agent's company, in a window of its own: a call goes on meanwhile. */
export function CompanySignIn({ account, address }: { account: NetworkAccountView; address: string }) {
  const styles = useStyles()
  const { begin, blocked, waiting } = useCompanySignIn(account, address)
  return (
    <div className={styles.part}>
      <Button appearance="primary" disabled={begin.isPending || address === ''} onClick={() => begin.mutate()} data-testid="company-sign-in">
        {t('account.company_sign_in')}
      </Button>
      <Text size={200} className={styles.muted}>
        {t('account.company_hint')}
      </Text>
      {waiting && <Text role="status">{t('account.company_waiting')}</Text>}
      {blocked && (
        <Text role="alert" className={styles.failed}>
          {t('account.window_blocked')}
        </Text>
      )}
      {begin.error && (
        <Text role="alert" className={styles.failed}>
          {problemWords(begin.error)}
        </Text>
      )}
    </div>
  )
}

function useCompanySignIn(account: NetworkAccountView, address: string) {
  const queries = useQueryClient()
  const [blocked, setBlocked] = useState(false)
  const [waiting, setWaiting] = useState(false)
  useEffect(
    () =>
      whenCompanySignInOver(() => {
        setWaiting(false)
        void queries.invalidateQueries({ queryKey: accountsKey })
      }),
    [queries],
  )
  const begin = useMutation({
    mutationFn: async () => {
      const opened = openCompanyWindow()
      setBlocked(opened === null)
      if (opened === null) return
      const path = { network: account.network }
      try {
        const page = await ask(api.POST('/api/v1/me/networks/{network}/authorisation', { params: { path }, body: { sign_in_name: address } }))
        opened.location.href = page.url
        setWaiting(true)
      } catch (problem) {
        opened.close()
        throw problem
      }
    },
  })
  return { begin, blocked, waiting }
}

function problemWords(problem: Error): string {
  if (!(problem instanceof ApiProblem)) return t('error.internal')
  const words = errorWords(problem.code)
  return words === null ? problem.message : [words, problem.code === 'company_sign_in_failed' ? problem.detail : ''].join(' ').trim()
}

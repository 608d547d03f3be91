import { Button, Field, Input, makeStyles, MessageBar, MessageBarBody, Title2, tokens } from '@fluentui/react-components'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type SyntheticEvent, useState } from 'react'
import { ApiProblem, api, ask } from '@/api/client'
import { t, useLanguage } from '@/shared/i18n/translate'
import { errorWords } from '@/shared/i18n/words'
import { begin, sessionQuery } from '@/shared/session'
import { Brand } from '@/shared/ui/brand'

const useStyles = makeStyles({
  page: { height: '100%', display: 'grid', placeItems: 'center', backgroundColor: tokens.colorNeutralBackground3 },
  card: {
    width: '360px',
    maxWidth: 'calc(100vw - 32px)',
    boxSizing: 'border-box',
    display: 'grid',
    gap: tokens.spacingVerticalL,
    padding: tokens.spacingHorizontalXXXL,
    backgroundColor: tokens.colorNeutralBackground1,
    borderRadius: tokens.borderRadiusXLarge,
    boxShadow: tokens.shadow16,
  },
  title: { margin: 0 },
})

/** The sign-in page. */
export function SignIn() {
  useLanguage()
  const styles = useStyles()
  const queries = useQueryClient()
  const [name, setName] = useState('')
  const [password, setPassword] = useState('')
  const signIn = useMutation({
    mutationFn: () => ask(api.POST('/api/v1/session', { body: { sign_in_name: name.trim(), password } })),
    onSuccess: (session) => queries.setQueryData(sessionQuery.queryKey, begin(session)),
  })
  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    signIn.mutate()
  }
  return (
    <main className={styles.page}>
      <form className={styles.card} onSubmit={submit}>
        <Brand />
        <Title2 as="h1" className={styles.title}>
          {t('sign_in.title')}
        </Title2>
        {signIn.error && (
          <MessageBar intent="error" layout="multiline" role="alert">
            <MessageBarBody>{problemWords(signIn.error)}</MessageBarBody>
          </MessageBar>
        )}
        <Field label={t('sign_in.name')} required>
          <Input
            value={name}
            onChange={(_, change) => setName(change.value)}
            autoComplete="username"
            autoFocus
            maxLength={256}
            data-testid="sign-in-name"
          />
        </Field>
        <Field label={t('sign_in.password')} required>
          <Input
            type="password"
            value={password}
            onChange={(_, change) => setPassword(change.value)}
            autoComplete="current-password"
            maxLength={200}
            data-testid="sign-in-password"
          />
        </Field>
        <Button appearance="primary" type="submit" disabled={signIn.isPending} data-testid="sign-in-submit">
          {signIn.isPending ? t('sign_in.working') : t('sign_in.submit')}
        </Button>
      </form>
    </main>
  )
}

function problemWords(problem: Error): string {
  const code = problem instanceof ApiProblem ? problem.code : 'internal'
  return errorWords(code) ?? problem.message
}

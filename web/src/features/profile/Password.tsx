import { Button, Field, Input, makeStyles, Subtitle2, Text, tokens } from '@fluentui/react-components'
import { useMutation } from '@tanstack/react-query'
import { type SyntheticEvent, useState } from 'react'
import { ApiProblem, api, ask } from '@/api/client'
import { t } from '@/shared/i18n/translate'
import { errorWords } from '@/shared/i18n/words'
import { notify } from '@/shared/notify'
import { Card } from '@/shared/ui/card'

const SHORTEST = 12
const LONGEST = 200

const useStyles = makeStyles({
  title: { margin: '0 0 8px' },
  form: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalM, alignItems: 'start' },
  // In line with the inputs, which have a label above and the hint below.
  submit: { marginTop: '24px' },
  failed: { color: tokens.colorStatusDangerForeground1 },
})

/** Changes my password. */
export function Password() {
  const styles = useStyles()
  const [old, setOld] = useState('')
  const [fresh, setFresh] = useState('')
  const change = useMutation({
    mutationFn: () => ask(api.PUT('/api/v1/me/password', { body: { old, new: fresh } })),
    onSuccess: () => {
      setOld('')
      setFresh('')
      notify({ intent: 'success', title: t('password.changed') })
    },
  })
  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    change.mutate()
  }
  return (
    <Card label={t('password.title')}>
      <Subtitle2 as="h2" block className={styles.title}>
        {t('password.title')}
      </Subtitle2>
      <form className={styles.form} onSubmit={submit}>
        <Field label={t('password.old')}>
          <Input type="password" autoComplete="current-password" value={old} maxLength={LONGEST} onChange={(_, { value }) => setOld(value)} />
        </Field>
        <Field label={t('password.new')} hint={t('admin.password_hint')}>
          <Input type="password" autoComplete="new-password" value={fresh} maxLength={LONGEST} onChange={(_, { value }) => setFresh(value)} />
        </Field>
        <Button className={styles.submit} type="submit" disabled={change.isPending || old === '' || fresh.length < SHORTEST}>
          {t('password.change')}
        </Button>
      </form>
      {change.error && (
        <Text className={styles.failed} role="alert">
          {change.error instanceof ApiProblem ? (errorWords(change.error.code) ?? change.error.message) : t('error.internal')}
        </Text>
      )}
    </Card>
  )
}

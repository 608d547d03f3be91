import { Badge, Button, Field, Input, type InputProps, makeStyles, Subtitle2, Text, tokens } from '@fluentui/react-components'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type SyntheticEvent, useState } from 'react'
import { ApiProblem, api, ask } from '@/api/client'
import type { NetworkAccountView } from '@/api/contract'
import { useSnapshot } from '@/shared/desk/context'
import { t } from '@/shared/i18n/translate'
import { codeWords, errorWords } from '@/shared/i18n/words'
import { notify } from '@/shared/notify'
import { Card } from '@/shared/ui/card'
import { Empty, Failed, Loading } from '@/shared/ui/states'
import { accountsKey } from './accountsKey'
import { CompanySignIn } from './CompanySignIn'

const useStyles = makeStyles({
  title: { margin: 0 },
  head: { display: 'flex', gap: tokens.spacingHorizontalM, alignItems: 'center', flexWrap: 'wrap' },
  form: { display: 'grid', gridTemplateColumns: 'repeat(auto-fit, minmax(220px, 1fr))', gap: tokens.spacingHorizontalM, alignItems: 'start', marginTop: '12px' },
  whole: { gridColumn: '1 / -1' },
  buttons: { display: 'flex', gap: tokens.spacingHorizontalS, gridColumn: '1 / -1' },
  failed: { color: tokens.colorStatusDangerForeground1 },
  muted: { color: tokens.colorNeutralForeground2 },
})

/** My accounts on the chat networks: connect, see how it stands, disconnect. */
export function NetworkAccounts() {
  const accounts = useQuery({ queryKey: accountsKey, queryFn: () => ask(api.GET('/api/v1/me/networks')), staleTime: 0 })
  if (accounts.isPending) return <Loading />
  if (accounts.isError) return <Failed words={t('account.failed')} retry={() => void accounts.refetch()} />
  if (accounts.data.length === 0) return <Empty title={t('account.none')}>{t('account.none_more')}</Empty>
  return accounts.data.map((account) => <Account key={account.network} account={account} />)
}

function Account({ account }: { account: NetworkAccountView }) {
  const styles = useStyles()
  const live = useSnapshot((snapshot) => snapshot.networks.find((one) => one.network === account.network))
  const { state, code, words } = live ?? account
  return (
    <Card label={account.name}>
      <div className={styles.head}>
        <Subtitle2 as="h2" className={styles.title}>
          {t('account.title', { network: account.name })}
        </Subtitle2>
        <Badge appearance="tint" color={state === 'up' ? 'success' : state === 'connecting' ? 'informative' : 'warning'} data-testid="network-state" data-state={state}>
          {codeWords('account.state', state)}
        </Badge>
      </div>
      {state !== 'up' && (code !== null || words !== null) && (
        <Text block role="status">
          {code === null ? words : codeWords('network.code', code)} {code !== null && <Text size={200} className={styles.muted}>{words ?? code}</Text>}
        </Text>
      )}
      {state === 'not_licensed' && <Text block>{t('experts.not_licensed_more')}</Text>}
      {state !== 'not_licensed' && (account.needs_account ? <Form account={account} /> : <Text block>{t('account.not_needed')}</Text>)}
    </Card>
  )
}

function Form({ account }: { account: NetworkAccountView }) {
  const styles = useStyles()
  const form = useAccountForm(account)
  const { draft, change } = form
  const text = (name: FieldName) => ({
    value: draft[name],
    maxLength: 256,
    onChange: (_: unknown, { value }: { value: string }) => change({ [name]: value }),
    'data-testid': `account-${name.replaceAll('_', '-')}`,
  })
  return (
    <form className={styles.form} onSubmit={form.submit}>
      <Field label={t('account.sign_in_name')} hint={t('account.sign_in_name_hint')} required>
        <Input {...text('sign_in_name')} autoComplete="off" />
      </Field>
      {account.has_company_page && (
        <div className={styles.whole}>
          <CompanySignIn account={account} address={draft.sign_in_name} />
        </div>
      )}
      {account.has_company_page && account.takes_password && <Text className={styles.whole}>{t('account.or_password')}</Text>}
      {account.takes_password && <PasswordFields text={text} />}
      {form.problem && (
        <Text className={styles.failed} role="alert">
          {form.problem instanceof ApiProblem ? (errorWords(form.problem.code) ?? form.problem.message) : t('error.internal')}
        </Text>
      )}
      <div className={styles.buttons}>
        {account.takes_password && (
          <Button
            appearance={account.has_company_page ? 'secondary' : 'primary'}
            type="submit"
            disabled={form.busy || draft.sign_in_name === '' || draft.password === ''}
            data-testid="account-connect"
          >
            {t(account.connected ? 'account.reconnect' : 'account.connect')}
          </Button>
        )}
        {account.connected && (
          <Button disabled={form.busy} onClick={form.disconnect} data-testid="account-disconnect">
            {t('account.disconnect')}
          </Button>
        )}
      </div>
    </form>
  )
}

type FieldName = 'sign_in_name' | 'user_name' | 'password' | 'address'

function PasswordFields({ text }: { text: (name: FieldName) => Partial<InputProps> }) {
  return (
    <>
      <Field label={t('account.user_name')} hint={t('account.user_name_hint')}>
        <Input {...text('user_name')} autoComplete="off" />
      </Field>
      <Field label={t('sign_in.password')} hint={t('account.password_hint')} required>
        <Input {...text('password')} type="password" autoComplete="off" />
      </Field>
      <Field label={t('account.address')} hint={t('account.address_hint')}>
        <Input {...text('address')} autoComplete="off" />
      </Field>
    </>
  )
}

function useAccountForm(account: NetworkAccountView) {
  const queries = useQueryClient()
  const [draft, setDraft] = useState({ sign_in_name: account.sign_in_name ?? '', user_name: '', password: '', address: account.address ?? '' })
  const path = { network: account.network }
  const onSuccess = () => queries.invalidateQueries({ queryKey: accountsKey })
  const connect = useMutation({
    mutationFn: () => {
      const { sign_in_name, password, user_name, address } = draft
      const optional = { ...(user_name === '' ? {} : { user_name }), ...(address === '' ? {} : { address }) }
      return ask(api.PUT('/api/v1/me/networks/{network}', { params: { path }, body: { sign_in_name, password, ...optional } }))
    },
    onSuccess: () => {
      setDraft((old) => ({ ...old, password: '' }))
      notify({ intent: 'info', title: t('account.trying', { network: account.name }) })
      return onSuccess()
    },
  })
  const remove = useMutation({ mutationFn: () => ask(api.DELETE('/api/v1/me/networks/{network}', { params: { path } })), onSuccess })
  return {
    draft,
    change: (part: Partial<typeof draft>) => setDraft((old) => ({ ...old, ...part })),
    submit: (event: SyntheticEvent) => {
      event.preventDefault()
      connect.mutate()
    },
    disconnect: () => remove.mutate(),
    busy: connect.isPending || remove.isPending,
    problem: connect.error ?? remove.error,
  }
}

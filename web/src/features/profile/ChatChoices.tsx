import { Field, makeStyles, Select, Subtitle2, Switch, tokens } from '@fluentui/react-components'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { api, ask } from '@/api/client'
import type { AgentChoices, Incoming } from '@/api/contract'
import { t } from '@/shared/i18n/translate'
import { useSnapshot } from '@/shared/desk/context'
import { Card } from '@/shared/ui/card'
import { Failed, Loading } from '@/shared/ui/states'

const useStyles = makeStyles({
  title: { margin: '0 0 8px' },
  row: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalL, alignItems: 'end' },
})

const key = ['me', 'choices']
const POLICIES: Incoming[] = ['accept', 'ask', 'on_call']

/** What is done with chats that experts begin, and whether experts see that I am in a call. */
export function ChatChoices() {
  const styles = useStyles()
  const queries = useQueryClient()
  const canShowCalls = useSnapshot((snapshot) => snapshot.networks.some((one) => one.own_presence))
  const choices = useQuery({ queryKey: key, queryFn: () => ask(api.GET('/api/v1/me/choices')) })
  const save = useMutation({
    mutationFn: (body: AgentChoices) => ask(api.PUT('/api/v1/me/choices', { body })),
    onMutate: (body) => queries.setQueryData(key, body),
    onError: () => queries.invalidateQueries({ queryKey: key }),
  })
  if (choices.isPending) return <Loading />
  if (choices.isError) return <Failed words={t('chats.failed')} retry={() => void choices.refetch()} />
  const { incoming, shows_calls } = choices.data
  return (
    <Card label={t('chats.title')}>
      <Subtitle2 as="h2" block className={styles.title}>
        {t('chats.title')}
      </Subtitle2>
      <div className={styles.row}>
        <Field label={t('chats.incoming')}>
          <Select
            value={incoming ?? ''}
            onChange={(_, { value }) => save.mutate({ shows_calls, incoming: value === '' ? null : (value as Incoming) })}
            data-testid="choice-incoming"
          >
            <option value="">{t('chats.incoming_default')}</option>
            {POLICIES.map((policy) => (
              <option key={policy} value={policy}>
                {t(`chats.policy.${policy}`)}
              </option>
            ))}
          </Select>
        </Field>
        {canShowCalls && (
          <Switch label={t('chats.shows_calls')} checked={shows_calls} onChange={(_, { checked }) => save.mutate({ incoming, shows_calls: checked })} data-testid="choice-shows-calls" />
        )}
      </div>
      {save.isError && <Failed words={t('chats.not_saved')} retry={() => save.variables && save.mutate(save.variables)} />}
    </Card>
  )
}

import { makeStyles, MessageBar, MessageBarBody, Subtitle2 } from '@fluentui/react-components'
import { useConnection } from '@/shared/desk/context'
import { personKey } from '@/shared/desk/state'
import { t } from '@/shared/i18n/translate'
import type { ConsultView, PersonView } from '@/shared/socket/types'
import { selection } from '@/shared/store/selection'
import { useAtBest } from './best'
import { Candidates } from './Candidates'
import { NetworkChoice } from './NetworkChoice'
import { PersonLines, usePersonStyles } from './PersonRow'
import { PersonCard } from './PersonCard'
import { useFormStyles } from './formStyles'
import { QuestionPart } from './QuestionPart'
import { useReach } from './useReach'
import { type QuestionFields, useQuestion } from './useQuestion'

const useStyles = makeStyles({
  person: { padding: 0, cursor: 'default', ':hover': { backgroundColor: 'transparent' } },
})

type Props = { asked: PersonView; chosen: boolean; consult: ConsultView | null }

/** The question to an expert and what is handed over with it. Enter sends. The network follows the expert's presence until the agent has chosen one. */
export function AskForm({ asked, chosen, consult }: Props) {
  const styles = useFormStyles()
  const own = useStyles()
  const rows = usePersonStyles()
  const [best = asked] = useAtBest([asked])
  const person = chosen ? asked : best
  const ask = useAsk(consult, person)
  const choose = (next: PersonView) => selection.set({ kind: 'ask', person: next, consult_id: consult?.consult_id ?? null })
  const chooseNetwork = (next: PersonView) => selection.set({ kind: 'ask', person: next, consult_id: consult?.consult_id ?? null, chosen: true })
  const form = useQuestion(consult, [person], ask)
  return (
    <div className={styles.form} data-testid="ask-form">
      <Subtitle2 as="h2" className={styles.title}>
        {t(consult ? 'ask.title_another' : 'ask.title')}
      </Subtitle2>
      <PersonCard view={person}>
        <div className={rows.row + ' ' + own.person}>
          <PersonLines view={person} searched="" />
        </div>
      </PersonCard>
      <NetworkChoice view={person} choose={chooseNetwork} />
      <Against person={person} />
      <Candidates consult={consult} person={person} choose={choose} />
      <QuestionPart form={form} network={person.person.network} testid="ask-send" />
    </div>
  )
}

/** What speaks against asking somebody now; the agent may do it all the same. */
function Against({ person }: { person: PersonView }) {
  const reason = useReach([person]).get(personKey(person.person))
  if (reason !== 'quiet_hours' && reason !== 'at_limit') return null
  return (
    <MessageBar intent="warning" data-testid="ask-against">
      <MessageBarBody>{t(`ask.against.${reason}`, { name: person.name })}</MessageBarBody>
    </MessageBar>
  )
}

function useAsk(consult: ConsultView | null, person: PersonView) {
  const connection = useConnection()
  return async (interaction_id: string | null, fields: QuestionFields): Promise<string> => {
    if (!consult) return (await connection.command('consult.start', { interaction_id, person: person.person, ...fields })).consult_id
    await connection.command('consult.ask', { consult_id: consult.consult_id, person: person.person, ...fields })
    return consult.consult_id
  }
}

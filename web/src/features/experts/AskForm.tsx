import { Button, Checkbox, Field, makeStyles, Subtitle2, Text, Textarea } from '@fluentui/react-components'
import type { KeyboardEvent } from 'react'
import { useConnection } from '@/shared/desk/context'
import { t } from '@/shared/i18n/translate'
import { errorWords } from '@/shared/i18n/words'
import type { ConsultView, PersonView } from '@/shared/socket/types'
import { selection } from '@/shared/store/selection'
import { Kbd } from '@/shared/ui/kbd'
import { Candidates } from './Candidates'
import { HandedOver } from './HandedOver'
import { PersonLines, usePersonStyles } from './PersonRow'
import { PersonCard } from './PersonCard'
import { useFormStyles } from './formStyles'
import { type QuestionFields, useQuestion } from './useQuestion'
import { useRoom } from './room'

const useStyles = makeStyles({
  person: { padding: 0, cursor: 'default', ':hover': { backgroundColor: 'transparent' } },
})

type Props = { person: PersonView; consult: ConsultView | null }

/** The question to an expert and what is handed over with it. Enter sends. */
export function AskForm({ person, consult }: Props) {
  const styles = useFormStyles()
  const own = useStyles()
  const rows = usePersonStyles()
  const ask = useAsk(consult, person)
  const form = useQuestion(consult, [person], ask)
  const room = useRoom(form.question, person.person.network, 'longest_opening')
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return
    if (event.key === 'Escape') form.back()
    else if (event.key === 'Enter' && !event.shiftKey && !event.ctrlKey && !event.altKey) void form.send()
    else return
    event.preventDefault()
  }
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
      <Candidates consult={consult} person={person} choose={(next) => selection.set({ kind: 'ask', person: next, consult_id: consult?.consult_id ?? null })} />
      <Field label={t('ask.question')} required>
        <Textarea
          rows={3}
          autoFocus
          value={form.question}
          onChange={(_, { value }) => form.setQuestion(value)}
          onKeyDown={onKeyDown}
          data-testid="ask-question"
        />
      </Field>
      {form.canBeUrgent && <Checkbox label={t('ask.urgent')} checked={form.urgent} onChange={(_, { checked }) => form.setUrgent(checked === true)} data-testid="ask-urgent" />}
      <HandedOver attached={form.attached} interaction_id={form.interaction_id} />
      {form.code !== null && (
        <Text className={styles.failed} role="alert">
          {errorWords(form.code) ?? t('error.internal')} {t('ask.kept')}
        </Text>
      )}
      <div className={styles.row}>
        <Text size={200} className={styles.muted}>
          {room.words}
        </Text>
        <span className={styles.space} />
        <Button onClick={form.back}>{t('ask.cancel')}</Button>
        <Button appearance="primary" disabledFocusable={!form.ready || room.over} onClick={() => void form.send()} data-testid="ask-send">
          {t('ask.send')}
          <Kbd keys="Enter" />
        </Button>
      </div>
    </div>
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

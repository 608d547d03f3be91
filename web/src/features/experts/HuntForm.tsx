import { Button, Checkbox, Field, makeStyles, Radio, RadioGroup, Select, Subtitle2, Text, Textarea, tokens } from '@fluentui/react-components'
import { type KeyboardEvent, useState } from 'react'
import { useConnection } from '@/shared/desk/context'
import { t } from '@/shared/i18n/translate'
import { errorWords } from '@/shared/i18n/words'
import type { ConsultView, HuntMode, PersonView } from '@/shared/socket/types'
import { selection } from '@/shared/store/selection'
import { Kbd } from '@/shared/ui/kbd'
import { useFormStyles } from './formStyles'
import { HandedOver } from './HandedOver'
import { HuntOrder } from './HuntOrder'
import { useRoom } from './room'
import { ticked } from './ticked'
import { useQuestion } from './useQuestion'

/** The times to choose from, in seconds. */
const SECONDS = [10, 20, 30, 60, 120]
const MODES: HuntMode[] = ['one_by_one', 'all_at_once']

const useStyles = makeStyles({
  how: { display: 'flex', flexWrap: 'wrap', alignItems: 'end', justifyContent: 'space-between', columnGap: tokens.spacingHorizontalM },
})

type Props = { people: PersonView[]; consult: ConsultView | null }

/** The question to several people: in which order, one after the other or all at once, and how long each may think. */
export function HuntForm({ people, consult }: Props) {
  const styles = useFormStyles()
  const own = useStyles()
  const hunt = useHunt(consult, people)
  const form = useQuestion(consult, people, hunt.ask)
  const room = useRoom(form.question, people[0]?.person.network ?? '', 'longest_opening')
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return
    if (event.key === 'Escape') form.back()
    else if (event.key === 'Enter' && !event.shiftKey && !event.ctrlKey && !event.altKey) void form.send()
    else return
    event.preventDefault()
  }
  return (
    <div className={styles.form} data-testid="hunt-form">
      <Subtitle2 as="h2" className={styles.title}>
        {t('hunt.title')}
      </Subtitle2>
      <HuntOrder people={people} change={(next) => keep(next, consult)} />
      <div className={own.how}>
        <Field label={t('hunt.how')}>
          <RadioGroup value={hunt.mode} onChange={(_, { value }) => hunt.setMode(value === 'all_at_once' ? 'all_at_once' : 'one_by_one')}>
            {MODES.map((mode) => (
              <Radio key={mode} value={mode} label={t(`hunt.mode.${mode}`)} data-testid={`hunt-${mode}`} />
            ))}
          </RadioGroup>
        </Field>
        <Field label={t('hunt.within')}>
          <Select value={String(hunt.seconds)} onChange={(_, { value }) => hunt.setSeconds(Number(value))} data-testid="hunt-within">
            {SECONDS.map((seconds) => (
              <option key={seconds} value={seconds}>
                {t('hunt.seconds', { count: seconds })}
              </option>
            ))}
          </Select>
        </Field>
      </div>
      <Field label={t('ask.question')} required>
        <Textarea rows={3} autoFocus value={form.question} onChange={(_, { value }) => form.setQuestion(value)} onKeyDown={onKeyDown} data-testid="ask-question" />
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
        <Button appearance="primary" disabledFocusable={!form.ready || room.over} onClick={() => void form.send()} data-testid="hunt-send">
          {t('ask.send')}
          <Kbd keys="Enter" />
        </Button>
      </div>
    </div>
  )
}

/** The search has the same people ticked. */
function keep(people: PersonView[], consult: ConsultView | null): void {
  ticked.set(people)
  selection.set({ kind: 'hunt', people, consult_id: consult?.consult_id ?? null })
}

function useHunt(consult: ConsultView | null, people: PersonView[]) {
  const connection = useConnection()
  const [mode, setMode] = useState<HuntMode>('one_by_one')
  const [seconds, setSeconds] = useState(30)
  const ask: Parameters<typeof useQuestion>[2] = async (interaction_id, fields) => {
    const order = { people: people.map((one) => one.person), mode, within_ms: seconds * 1000, ...fields }
    const begun = await connection.command('consult.hunt', { consult_id: consult?.consult_id ?? null, interaction_id, ...order })
    ticked.set([])
    return begun.consult_id
  }
  return { mode, setMode, seconds, setSeconds, ask }
}

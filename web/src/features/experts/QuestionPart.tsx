import { Button, Checkbox, Field, Text, Textarea } from '@fluentui/react-components'
import type { KeyboardEvent } from 'react'
import { t } from '@/shared/i18n/translate'
import { errorWords } from '@/shared/i18n/words'
import { Kbd } from '@/shared/ui/kbd'
import { AsLink } from './AsLink'
import { useFormStyles } from './formStyles'
import { HandedOver } from './HandedOver'
import { useRoom } from './room'
import type { useQuestion } from './useQuestion'

type Props = { form: ReturnType<typeof useQuestion>; network: string; testid: string }

/** What every form that asks experts ends with: the question, what is handed over, and the sending. Enter sends. */
export function QuestionPart({ form, network, testid }: Props) {
  const styles = useFormStyles()
  const room = useRoom(form.question, network, 'longest_opening')
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return
    if (event.key === 'Escape') form.back()
    else if (event.key === 'Enter' && !event.shiftKey && !event.ctrlKey && !event.altKey) void form.send()
    else return
    event.preventDefault()
  }
  return (
    <>
      <Field label={t('ask.question')} required>
        <Textarea rows={3} autoFocus value={form.question} onChange={(_, { value }) => form.setQuestion(value)} onKeyDown={onKeyDown} data-testid="ask-question" />
      </Field>
      {form.canBeUrgent && <Checkbox label={t('ask.urgent')} checked={form.urgent} onChange={(_, { checked }) => form.setUrgent(checked === true)} data-testid="ask-urgent" />}
      <HandedOver attached={form.attached} interaction_id={form.interaction_id} />
      <AsLink />
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
        <Button appearance="primary" disabledFocusable={!form.ready || room.over} onClick={() => void form.send()} data-testid={testid}>
          {t('ask.send')}
          <Kbd keys="Enter" />
        </Button>
      </div>
    </>
  )
}

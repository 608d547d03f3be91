import { Button, Checkbox, Field, makeStyles, Subtitle2, Text, Textarea, tokens } from '@fluentui/react-components'
import { type KeyboardEvent, useState } from 'react'
import { useConnection, useSnapshot } from '@/shared/desk/context'
import { t } from '@/shared/i18n/translate'
import { errorWords } from '@/shared/i18n/words'
import { useCurrent } from '@/shared/interaction/current'
import { refusalCode } from '@/shared/socket/refusal'
import type { AttachedDatum, ConsultView, Importance, PersonView } from '@/shared/socket/types'
import { useDraft } from '@/shared/store/drafts'
import { selection, showConsult } from '@/shared/store/selection'
import { useTicks, useToggleTick } from '@/shared/store/ticks'
import { Kbd } from '@/shared/ui/kbd'
import { Candidates } from './Candidates'
import { PersonLines, usePersonStyles } from './PersonRow'
import { PersonCard } from './PersonCard'
import { rememberPerson } from './people'
import { useRoom } from './room'

const useStyles = makeStyles({
  form: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalM, padding: `${tokens.spacingHorizontalL} ${tokens.spacingHorizontalL} 0`, overflowY: 'auto' },
  title: { margin: 0 },
  person: { padding: 0, cursor: 'default', ':hover': { backgroundColor: 'transparent' } },
  ticks: { border: 'none', margin: 0, padding: 0, display: 'grid' },
  legend: { padding: 0, fontWeight: tokens.fontWeightSemibold },
  // Stays in sight when much attached data makes the form scroll.
  row: {
    position: 'sticky',
    bottom: 0,
    display: 'flex',
    alignItems: 'center',
    gap: tokens.spacingHorizontalS,
    padding: `${tokens.spacingVerticalS} 0 ${tokens.spacingVerticalM}`,
    backgroundColor: tokens.colorNeutralBackground1,
  },
  space: { flex: 1 },
  muted: { color: tokens.colorNeutralForeground2 },
  failed: { color: tokens.colorStatusDangerForeground1 },
})

type Props = { person: PersonView; consult: ConsultView | null }

/** The question to an expert and what is handed over with it. Enter sends. */
export function AskForm({ person, consult }: Props) {
  const styles = useStyles()
  const rows = usePersonStyles()
  const form = useAsk(person, consult)
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
        <div className={rows.row + ' ' + styles.person}>
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

const noData: AttachedDatum[] = []

function useAsk(person: PersonView, consult: ConsultView | null) {
  const connection = useConnection()
  const current = useCurrent()
  const user_id = useSnapshot((snapshot) => snapshot.me.user_id)
  const interaction_id = consult ? consult.interaction_id : (current?.interaction_id ?? null)
  const attached = useSnapshot((snapshot) => snapshot.interactions.find((one) => one.interaction_id === interaction_id)?.attached) ?? noData
  const draftKey = `question.${consult?.consult_id ?? interaction_id ?? 'desk'}`
  const [draft, setQuestion] = useDraft(draftKey)
  const [touched, setTouched] = useState(false)
  const ticks = useTicks(interaction_id)
  const [busy, setBusy] = useState(false)
  const [code, setCode] = useState<string | null>(null)
  const question = draft === '' && !touched ? (consult?.question ?? '') : draft
  const [urgent, setUrgent] = useState(false)
  const canBeUrgent = useSnapshot((snapshot) => snapshot.networks.some((one) => one.network === person.person.network && one.importance))
  const ready = question.trim() !== '' && !busy
  const back = () => {
    if (consult) showConsult(consult.consult_id)
    else selection.set({ kind: 'nothing' })
  }
  const send = async () => {
    if (!ready) return
    setBusy(true)
    setCode(null)
    const share = ticks.filter((key) => attached.some((datum) => datum.key === key && !datum.private))
    const importance: Importance = urgent && canBeUrgent ? 'urgent' : 'normal'
    const fields = { person: person.person, question: question.trim(), share, importance }
    try {
      const consult_id = consult?.consult_id ?? (await connection.command('consult.start', { interaction_id, ...fields })).consult_id
      if (consult) await connection.command('consult.ask', { consult_id, ...fields })
      rememberPerson(user_id, person)
      setQuestion('')
      showConsult(consult_id)
    } catch (error) {
      setCode(refusalCode(error))
      setBusy(false)
    }
  }
  const change = (text: string) => {
    setTouched(true)
    setQuestion(text)
  }
  return { question, setQuestion: change, urgent, setUrgent, canBeUrgent, attached, interaction_id, ready, code, back, send }
}

function HandedOver({ attached, interaction_id }: { attached: AttachedDatum[]; interaction_id: string | null }) {
  const styles = useStyles()
  const ticks = useTicks(interaction_id)
  const toggle = useToggleTick(interaction_id ?? '')
  const free = attached.filter((datum) => !datum.private)
  if (free.length === 0 || interaction_id === null) return null
  return (
    <fieldset className={styles.ticks}>
      <legend className={styles.legend}>{t('ask.hand_over')}</legend>
      {free.map(({ key, label, value }) => (
        <Checkbox
          key={key}
          checked={ticks.includes(key)}
          onChange={(_, change) => toggle(key, change.checked === true)}
          label={value === '' ? label : `${label}: ${value}`}
          data-testid={`ask-tick-${key}`}
        />
      ))}
    </fieldset>
  )
}

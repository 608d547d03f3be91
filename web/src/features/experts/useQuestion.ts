import { useState } from 'react'
import { useSnapshot } from '@/shared/desk/context'
import { useCurrent } from '@/shared/interaction/current'
import { refusalCode } from '@/shared/socket/refusal'
import type { AttachedDatum, ConsultView, Importance, PersonView } from '@/shared/socket/types'
import { useDraft } from '@/shared/store/drafts'
import { selection, showConsult } from '@/shared/store/selection'
import { useTicks } from '@/shared/store/ticks'
import { useAsLink } from './AsLink'
import { rememberPerson } from './people'

/** What every way of asking carries. */
export type QuestionFields = { question: string; share: string[]; as_link: boolean; importance: Importance }

/** Asks, and gives the consult in which it was asked. */
type Ask = (interaction_id: string | null, fields: QuestionFields) => Promise<string>

const noData: AttachedDatum[] = []

/** A question on its way to people: the text, which is kept, what is handed over, and how the sending went. */
export function useQuestion(consult: ConsultView | null, people: PersonView[], ask: Ask) {
  const current = useCurrent()
  const user_id = useSnapshot((snapshot) => snapshot.me.user_id)
  const interaction_id = consult ? consult.interaction_id : (current?.interaction_id ?? null)
  const attached = useSnapshot((snapshot) => snapshot.interactions.find((one) => one.interaction_id === interaction_id)?.attached) ?? noData
  const [draft, setQuestion] = useDraft(`question.${consult?.consult_id ?? interaction_id ?? 'desk'}`)
  const [touched, setTouched] = useState(false)
  const ticks = useTicks(interaction_id)
  const [busy, setBusy] = useState(false)
  const [code, setCode] = useState<string | null>(null)
  const question = draft === '' && !touched ? (consult?.question ?? '') : draft
  const as_link = useAsLink()
  const [urgent, setUrgent] = useState(false)
  const canBeUrgent = useSnapshot((snapshot) => snapshot.networks.some((one) => one.importance && people.some((person) => person.person.network === one.network)))
  const ready = question.trim() !== '' && people.length > 0 && !busy
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
    try {
      const consult_id = await ask(interaction_id, { question: question.trim(), share, as_link, importance })
      for (const person of [...people].reverse()) rememberPerson(user_id, person)
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

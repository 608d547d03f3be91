import { Field, makeStyles, Radio, RadioGroup, Select, Subtitle2, tokens } from '@fluentui/react-components'
import { useState } from 'react'
import { useConnection } from '@/shared/desk/context'
import { t } from '@/shared/i18n/translate'
import type { ConsultView, HuntMode, PersonView } from '@/shared/socket/types'
import { type ChosenGroup, selection } from '@/shared/store/selection'
import { useFormStyles } from './formStyles'
import { QuestionPart } from './QuestionPart'
import { HuntOrder } from './HuntOrder'
import { ticked } from './ticked'
import { useQuestion } from './useQuestion'

/** The times to choose from, in seconds. */
const SECONDS = [10, 20, 30, 60, 120]
const MODES: HuntMode[] = ['one_by_one', 'all_at_once']

const useStyles = makeStyles({
  how: { display: 'flex', flexWrap: 'wrap', alignItems: 'end', justifyContent: 'space-between', columnGap: tokens.spacingHorizontalM },
})

type Props = { people: PersonView[]; consult: ConsultView | null; group?: ChosenGroup }

/** The question to several people: in which order, one after the other or all at once, and how long each may think. */
export function HuntForm({ people, consult, group }: Props) {
  const styles = useFormStyles()
  const own = useStyles()
  const hunt = useHunt(consult, people, group)
  const form = useQuestion(consult, people, hunt.ask)
  return (
    <div className={styles.form} data-testid="hunt-form">
      <Subtitle2 as="h2" className={styles.title}>
        {group ? t('hunt.title_group', { name: group.name }) : t('hunt.title')}
      </Subtitle2>
      <HuntOrder people={people} change={(next) => keep(next, consult, group)} />
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
            {secondsWith(hunt.seconds).map((seconds) => (
              <option key={seconds} value={seconds}>
                {t('hunt.seconds', { count: seconds })}
              </option>
            ))}
          </Select>
        </Field>
      </div>
      <QuestionPart form={form} network={people[0]?.person.network ?? ''} testid="hunt-send" />
    </div>
  )
}

/** A group may have a time of its own. */
function secondsWith(seconds: number): number[] {
  return SECONDS.includes(seconds) ? SECONDS : [...SECONDS, seconds].sort((a, b) => a - b)
}

/** The search has the same people ticked. */
function keep(people: PersonView[], consult: ConsultView | null, group?: ChosenGroup): void {
  ticked.set(people)
  selection.set({ kind: 'hunt', people, consult_id: consult?.consult_id ?? null, group })
}

function useHunt(consult: ConsultView | null, people: PersonView[], group?: ChosenGroup) {
  const connection = useConnection()
  const [mode, setMode] = useState<HuntMode>(group?.mode ?? 'one_by_one')
  const [seconds, setSeconds] = useState(group ? Math.round(group.within_ms / 1000) : 30)
  const ask: Parameters<typeof useQuestion>[2] = async (interaction_id, fields) => {
    const order = { people: people.map((one) => one.person), mode, within_ms: seconds * 1000, ...fields }
    const begun = await connection.command('consult.hunt', { consult_id: consult?.consult_id ?? null, interaction_id, ...order })
    ticked.set([])
    return begun.consult_id
  }
  return { mode, setMode, seconds, setSeconds, ask }
}

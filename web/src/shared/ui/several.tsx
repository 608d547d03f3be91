import { Combobox, Field, makeStyles, Option } from '@fluentui/react-components'
import { useState } from 'react'
import { t } from '../i18n/translate'

/** More are found by typing. */
const MOST_SHOWN = 50

const useStyles = makeStyles({ box: { minWidth: '200px' }, list: { maxHeight: '280px' } })

type Choice = { id: string; name: string }
type Props = { label: string; choices: Choice[]; chosen: string[]; change: (chosen: string[]) => void; testId: string }

/** Several of a list, which may be long: typing narrows it down. None chosen are all. */
export function Several({ label, choices, chosen, change, testId }: Props) {
  const styles = useStyles()
  const [typed, setTyped] = useState('')
  const names = choices.filter(({ id }) => chosen.includes(id)).map(({ name }) => name)
  const wanted = typed.trim().toLowerCase()
  const shown = choices.filter(({ name }) => name.toLowerCase().includes(wanted)).slice(0, MOST_SHOWN)
  return (
    <Field label={chosen.length > 0 ? `${label}: ${t('reports.chosen', { count: chosen.length })}` : label}>
      <Combobox
        multiselect
        inlinePopup
        className={styles.box}
        listbox={{ className: styles.list }}
        placeholder={names.join(', ') || t('reports.all')}
        value={typed}
        selectedOptions={chosen}
        onChange={(event) => setTyped(event.target.value)}
        onOptionSelect={(_, { selectedOptions }) => {
          change(selectedOptions)
          setTyped('')
        }}
        onBlur={() => setTyped('')}
        data-testid={testId}
      >
        {shown.map(({ id, name }) => (
          <Option key={id} value={id}>
            {name}
          </Option>
        ))}
        {shown.length === 0 && <Option disabled text="">{t('reports.no_match')}</Option>}
      </Combobox>
    </Field>
  )
}

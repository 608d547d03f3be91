import { Checkbox, Field, makeStyles } from '@fluentui/react-components'

const useStyles = makeStyles({ list: { display: 'flex', flexWrap: 'wrap', maxHeight: '160px', overflowY: 'auto' } })

type Props = { label: string; choices: { id: string; name: string }[]; chosen: string[]; change: (chosen: string[]) => void }

/** Several of a list, as checkboxes. */
export function Choices({ label, choices, chosen, change }: Props) {
  const styles = useStyles()
  return (
    <Field label={label}>
      <div className={styles.list} role="group" aria-label={label}>
        {choices.map(({ id, name }) => (
          <Checkbox
            key={id}
            label={name}
            checked={chosen.includes(id)}
            onChange={(_, { checked }) => change(checked === true ? [...chosen, id] : chosen.filter((one) => one !== id))}
          />
        ))}
      </div>
    </Field>
  )
}

import { Checkbox, makeStyles, tokens } from '@fluentui/react-components'
import { t } from '@/shared/i18n/translate'
import type { AttachedDatum } from '@/shared/socket/types'
import { useTicks, useToggleTick } from '@/shared/store/ticks'

const useStyles = makeStyles({
  ticks: { border: 'none', margin: 0, padding: 0, display: 'grid' },
  legend: { padding: 0, fontWeight: tokens.fontWeightSemibold },
})

/** The attached data that an expert may see, with what is handed over ticked. */
export function HandedOver({ attached, interaction_id }: { attached: AttachedDatum[]; interaction_id: string | null }) {
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

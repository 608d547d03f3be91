import { Field, makeStyles, Select } from '@fluentui/react-components'
import { t } from '@/shared/i18n/translate'

const useStyles = makeStyles({ zone: { width: '220px' } })

type Props = { zone: string; change: (zone: string) => void; testId: string }

/** Where days begin and clocks are read. */
export function ZoneField({ zone, change, testId }: Props) {
  const styles = useStyles()
  return (
    <Field label={t('schedules.zone')}>
      <Select className={styles.zone} value={zone} onChange={(_, { value }) => change(value)} data-testid={testId}>
        {zones(zone).map((one) => (
          <option key={one}>{one}</option>
        ))}
      </Select>
    </Field>
  )
}

/** All that the browser knows, and the one that is chosen. */
function zones(chosen: string): string[] {
  return [...new Set([...Intl.supportedValuesOf('timeZone'), 'UTC', chosen])].sort()
}

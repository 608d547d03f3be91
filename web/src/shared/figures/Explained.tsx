import { Button, makeStyles, Popover, PopoverSurface, PopoverTrigger, Text, tokens } from '@fluentui/react-components'
import { InfoRegular } from '@fluentui/react-icons'
import { formatCount, t } from '../i18n/translate'
import { codeWords } from '../i18n/words'
import { formatValue } from './format'
import type { Metric, Summed } from './metrics'

const useStyles = makeStyles({
  button: { minWidth: '20px', width: '20px', height: '20px', padding: 0, color: tokens.colorNeutralForeground3 },
  surface: { maxWidth: '340px', display: 'grid', gap: tokens.spacingVerticalS },
  code: { fontFamily: tokens.fontFamilyMonospace, overflowWrap: 'anywhere' },
})

/** Says on demand what a metric means and what it is made of, with the numbers at hand. */
export function Explained({ metric, summary }: { metric: Metric; summary: Summed }) {
  const styles = useStyles()
  const name = codeWords('metric', metric.word)
  const formula = metric.divisor === '' ? metric.formula : `(${metric.formula}) / (${metric.divisor})`
  const numbers = Object.entries(summary.totals).filter(([field]) => new RegExp(`\\b${field}\\b`).test(formula))
  return (
    <Popover withArrow trapFocus>
      <PopoverTrigger disableButtonEnhancement>
        <Button
          appearance="transparent"
          size="small"
          className={styles.button}
          icon={<InfoRegular fontSize={14} />}
          aria-label={t('figures.explain', { metric: name })}
          data-testid={`metric-${metric.word}`}
        />
      </PopoverTrigger>
      <PopoverSurface className={styles.surface} aria-label={name}>
        <Text weight="semibold">
          {name}: {formatValue(summary.values[metric.word], metric.unit)}
        </Text>
        <Text>{codeWords('metric.means', metric.word)}</Text>
        <Text size={200} className={styles.code}>
          {formula}
        </Text>
        {numbers.map(([field, value]) => (
          <Text size={200} key={field} className={styles.code}>
            {field} = {formatCount(value)}
          </Text>
        ))}
        <Text size={200}>{t('figures.source', { section: metric.source })}</Text>
      </PopoverSurface>
    </Popover>
  )
}

import { Button, makeStyles, Popover, PopoverSurface, PopoverTrigger, Text, tokens } from '@fluentui/react-components'
import type { components } from '@/api/schema'
import { formatCount, t } from '@/shared/i18n/translate'
import { codeWords } from '@/shared/i18n/words'
import { formatValue } from './columns'

export type Metric = components['schemas']['MetricView']
export type Figures = components['schemas']['FiguresView']

const useStyles = makeStyles({
  name: { minWidth: 0, padding: '0 2px', fontWeight: tokens.fontWeightSemibold, color: tokens.colorNeutralForeground2 },
  surface: { maxWidth: '340px', display: 'grid', gap: tokens.spacingVerticalS },
  code: { fontFamily: tokens.fontFamilyMonospace, overflowWrap: 'anywhere' },
})

/** A metric's name that says on demand what it means and what it is made of, with the numbers at hand. */
export function Explained({ metric, summary }: { metric: Metric; summary: Figures }) {
  const styles = useStyles()
  const formula = metric.divisor === '' ? metric.formula : `(${metric.formula}) / (${metric.divisor})`
  const numbers = Object.entries(summary.totals).filter(([field]) => new RegExp(`\\b${field}\\b`).test(formula))
  return (
    <Popover withArrow trapFocus>
      <PopoverTrigger disableButtonEnhancement>
        <Button appearance="transparent" size="small" className={styles.name} data-testid={`metric-${metric.word}`}>
          {codeWords('metric', metric.word)}
        </Button>
      </PopoverTrigger>
      <PopoverSurface className={styles.surface} aria-label={codeWords('metric', metric.word)}>
        <Text weight="semibold">
          {codeWords('metric', metric.word)}: {formatValue(summary.values[metric.word], metric.unit)}
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

import { t } from '@/shared/i18n/translate'
import { codeWords } from '@/shared/i18n/words'
import { formatDay } from '@/shared/time/format'
import type { PeriodText } from './period'

/** The period of a page in words: for files. */
export function periodLines({ from, to, grain }: Required<PeriodText>): [string, string][] {
  const period: [string, string] = [t('figures.period'), from === to ? formatDay(from) : `${formatDay(from)} – ${formatDay(to)}`]
  return grain === 'whole' ? [period] : [period, [t('figures.grain'), codeWords('figures.grain', grain)]]
}

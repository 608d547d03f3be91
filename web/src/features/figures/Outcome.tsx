import type { ReactNode } from 'react'
import type { Figures } from '@/shared/figures/metrics'
import { t } from '@/shared/i18n/translate'
import { Empty, Failed, Loading } from '@/shared/ui/states'

/** Stands in for a summary that is not there yet. */
export const NOTHING: Figures = { values: {}, totals: {}, states: {} }

/** Figures are looked at again so often. */
export const REFRESH_MS = 10_000

type Asked = { isPending: boolean; isError: boolean; refetch: () => unknown }
type Props = { asked: Asked[]; count: number; children: ReactNode }

/** What came of asking: grey lines, what went wrong, that nothing happened, or the figures. */
export function Outcome({ asked, count, children }: Props) {
  if (asked.some((one) => one.isError)) {
    return <Failed words={t('figures.failed')} retry={() => asked.forEach((one) => void one.refetch())} />
  }
  if (asked.some((one) => one.isPending)) return <Loading lines={8} />
  if (count === 0) return <Empty title={t('figures.empty')}>{t('figures.empty_more')}</Empty>
  return children
}

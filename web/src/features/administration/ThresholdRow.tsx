import { Button, Input, makeStyles, Select } from '@fluentui/react-components'
import { DeleteRegular } from '@fluentui/react-icons'
import type { QueueView } from '@/api/contract'
import type { Thresholds } from '@/shared/figures/level'
import { t } from '@/shared/i18n/translate'
import { codeWords } from '@/shared/i18n/words'
import { useTableStyles } from '@/shared/ui/table'
import type { RowProps } from './RowsEditor'
import type { Draft } from './thresholdDrafts'

const useStyles = makeStyles({ number: { width: '120px' } })

const LEVELS = ['warning', 'critical'] as const

type Props = RowProps<Draft> & { figures: Thresholds['figures']; queues: QueueView[] }

/** A figure, of which queues, and its two levels. */
export function ThresholdRow({ value: draft, number, figures, queues, change, remove }: Props) {
  const styles = useStyles()
  const table = useTableStyles()
  const rule = figures.find((one) => one.figure === draft.figure)
  const unit = rule && rule.unit !== 'count' ? codeWords('threshold.unit', rule.unit) : undefined
  const offered = queues.filter((queue) => queue.active || queue.queue_id === draft.queue_id)
  const words = (name: string) => `${name}: ${t('threshold.row', { number })}`
  return (
    <tr data-testid="threshold-row">
      <td className={table.cell}>
        <Select aria-label={words(t('threshold.figure'))} value={draft.figure} onChange={(_, { value }) => change({ figure: value as Draft['figure'] })}>
          {figures.map(({ figure }) => (
            <option key={figure} value={figure}>
              {codeWords('threshold.of', figure)}
            </option>
          ))}
        </Select>
      </td>
      <td className={table.cell}>
        <Select aria-label={words(t('interactions.queue'))} value={draft.queue_id} onChange={(_, { value }) => change({ queue_id: value })}>
          <option value="">{t('admin.all_queues')}</option>
          {offered.map(({ queue_id, name }) => (
            <option key={queue_id} value={queue_id}>
              {name}
            </option>
          ))}
        </Select>
      </td>
      <td className={table.cell}>{rule && codeWords('threshold.bad', rule.bad)}</td>
      {LEVELS.map((level) => (
        <td key={level} className={table.cell}>
          <Input
            type="number"
            min={1}
            className={styles.number}
            aria-label={words(codeWords('threshold.level', level))}
            contentAfter={unit}
            value={draft[level]}
            onChange={(_, { value }) => change({ [level]: value })}
          />
        </td>
      ))}
      <td className={table.cell}>
        <Button appearance="subtle" icon={<DeleteRegular />} aria-label={words(t('admin.remove'))} onClick={remove} />
      </td>
    </tr>
  )
}

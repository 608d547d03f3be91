import type { ReactNode } from 'react'
import type { InteractionRow } from '@/api/contract'
import type { Column } from '@/shared/grid/columns'
import { formatCount, t } from '@/shared/i18n/translate'
import { codeWords } from '@/shared/i18n/words'
import { formatDuration, formatMoment } from '@/shared/time/format'

type Row = InteractionRow

/** The list's columns. They do not sort: the list is the newest first, however long it is. */
export function interactionColumns(started: (row: Row) => ReactNode): Column<Row>[] {
  return [
    { key: 'started', name: t('interactions.started'), fixed: true, text: (row) => formatMoment(row.started_at), cell: started },
    { key: 'caller', name: t('interactions.caller'), text: (row) => row.caller_name ?? row.caller_number },
    { key: 'number', name: t('interactions.number'), extra: true, text: (row) => row.caller_number },
    { key: 'queue', name: t('interactions.queue'), text: (row) => row.queue_name },
    { key: 'agent', name: t('interactions.agent'), text: (row) => row.agent_name ?? '–' },
    { key: 'disposition', name: t('interactions.disposition'), text: (row) => row.disposition_name ?? '–' },
    { key: 'wait', name: t('interactions.wait'), number: true, text: (row) => formatDuration(row.wait_ms) },
    { key: 'talk', name: t('interactions.talk'), number: true, text: (row) => formatDuration(row.talk_ms) },
    { key: 'hold', name: t('interactions.hold'), number: true, text: (row) => formatDuration(row.hold_ms) },
    { key: 'consults', name: t('interactions.consults'), number: true, text: (row) => formatCount(row.consult_count) },
    { key: 'note', name: t('interactions.note'), extra: true, text: (row) => (row.has_note ? t('yes') : t('no')) },
    { key: 'end', name: t('interactions.end_reason'), extra: true, text: (row) => (row.end_reason ? codeWords('call.end_reason', row.end_reason) : '–') },
    { key: 'state', name: t('interactions.state'), text: (row) => codeWords('interaction.state', row.state) },
  ]
}

import { Link as FluentLink } from '@fluentui/react-components'
import { Link } from '@tanstack/react-router'
import { abilityNames, useAbilities } from '@/shared/abilities'
import type { Column } from '@/shared/grid/columns'
import { Grid } from '@/shared/grid/Grid'
import { useGrid } from '@/shared/grid/useGrid'
import { formatCount, t } from '@/shared/i18n/translate'
import { codeWords } from '@/shared/i18n/words'
import type { Floor, FloorInteraction } from '@/shared/socket/floor'
import { sinceColumn } from './columns'
import { InteractionMenu } from './InteractionMenu'

/** Every interaction that waits, rings, is talked to or wrapped up. */
export function InteractionsGrid({ rows, floor }: { rows: FloorInteraction[]; floor: Floor }) {
  const known = useAbilities()
  const asked = (row: FloorInteraction) => abilityNames(known, row.asked)
  const caller = (row: FloorInteraction) => row.caller_name ?? row.caller_number
  const agent = (row: FloorInteraction) => (row.agent_id === null ? '–' : (floor.agents.get(row.agent_id)?.name ?? '–'))
  const state = (row: FloorInteraction) => codeWords('floor.step', row.held ? 'held' : row.state)
  const columns: Column<FloorInteraction>[] = [
    { key: 'caller', name: t('interactions.caller'), fixed: true, text: caller, order: caller, cell: (row) => <CallerLink row={row} words={caller(row)} /> },
    { key: 'state', name: t('interactions.state'), text: state, order: state },
    sinceColumn('since', t('floor.for'), (row) => row.since_at),
    sinceColumn('started', t('floor.since_arrival'), (row) => row.started_at),
    { key: 'priority', name: t('floor.priority'), number: true, text: (row) => formatCount(row.priority), order: (row) => row.priority },
    { key: 'asked', name: t('interactions.asked'), text: asked, order: asked },
    { key: 'agent', name: t('interactions.agent'), text: agent, order: agent },
    { key: 'number', name: t('interactions.number'), text: (row) => row.caller_number, order: (row) => row.caller_number },
    { key: 'actions', name: t('floor.actions'), text: () => '', tool: true, cell: (row) => <InteractionMenu row={row} floor={floor} /> },
  ]
  const grid = useGrid('floor.interactions', columns, rows)
  return <Grid label={t('nav.interactions')} grid={grid} rowKey={(row) => row.interaction_id} testId="floor-interaction" />
}

function CallerLink({ row, words }: { row: FloorInteraction; words: string }) {
  return (
    <Link to="/interactions/$id" params={{ id: row.interaction_id }}>
      <FluentLink as="span">{words}</FluentLink>
    </Link>
  )
}

import { Grid } from '@/shared/grid/Grid'
import { useGrid } from '@/shared/grid/useGrid'
import { t } from '@/shared/i18n/translate'
import type { Floor, FloorAgent } from '@/shared/socket/floor'
import { agentColumns } from './agentColumns'
import { AgentMenu } from './AgentMenu'

type Props = { rows: FloorAgent[]; floor: Floor; queue: string }

/** Every agent of a queue. */
export function AgentsGrid({ rows, floor, queue }: Props) {
  const isActive = (row: FloorAgent) => row.queues.some((of) => of.queue_id === queue && of.active)
  const member = (row: FloorAgent) => (isActive(row) ? t('floor.member_active') : t('floor.member_aside'))
  const columns = [
    ...agentColumns(floor),
    { key: 'member', name: t('floor.member'), text: member, order: member },
    { key: 'actions', name: t('floor.actions'), text: () => '', tool: true, cell: (row: FloorAgent) => <AgentMenu agent={row} member={{ queue_id: queue, active: isActive(row) }} /> },
  ]
  const grid = useGrid('floor.agents', columns, rows)
  return <Grid label={t('floor.agents')} grid={grid} rowKey={(row) => row.agent_id} testId="floor-agent" />
}

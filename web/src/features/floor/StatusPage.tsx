import { Grid } from '@/shared/grid/Grid'
import { GridActions } from '@/shared/grid/GridActions'
import { useGrid } from '@/shared/grid/useGrid'
import { t } from '@/shared/i18n/translate'
import type { FloorAgent } from '@/shared/socket/floor'
import { Page } from '@/shared/ui/page'
import { Empty, Loading } from '@/shared/ui/states'
import { agentColumns } from './agentColumns'
import { AgentMenu } from './AgentMenu'
import { useFloor } from './useFloor'

const NO_FLOOR = { number: 0, queues: new Map(), agents: new Map(), interactions: new Map() }

/** Agents status: everybody who takes interactions, as they are now. */
export function StatusPage() {
  const floor = useFloor()
  const rows = [...(floor?.agents.values() ?? [])]
  const queues = (row: FloorAgent) => row.queues.flatMap((of) => floor?.queues.get(of.queue_id)?.name ?? []).join(', ')
  const columns = [
    ...agentColumns(floor ?? NO_FLOOR),
    { key: 'queues', name: t('floor.queues'), text: queues, order: queues },
    { key: 'actions', name: t('floor.actions'), text: () => '', cell: (row: FloorAgent) => <AgentMenu agent={row} /> },
  ]
  const grid = useGrid('status', columns, rows)
  return (
    <Page fill title={t('floor.status')} actions={<GridActions grid={grid} name={t('floor.status')} />}>
      {floor === null && <Loading lines={8} />}
      {floor !== null && rows.length === 0 && <Empty title={t('floor.no_agents')}>{t('floor.no_agents_more')}</Empty>}
      {rows.length > 0 && (
        <Grid
          label={t('floor.status')}
          grid={grid}
          rowKey={(row) => row.agent_id}
          testId="status-agent"
        />
      )}
    </Page>
  )
}

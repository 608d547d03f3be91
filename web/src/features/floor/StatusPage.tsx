import { useState } from 'react'
import { abilityNames, useAbilities } from '@/shared/abilities'
import { Grid } from '@/shared/grid/Grid'
import { GridActions } from '@/shared/grid/GridActions'
import { useGrid } from '@/shared/grid/useGrid'
import { t } from '@/shared/i18n/translate'
import type { FloorAgent } from '@/shared/socket/floor'
import { Page } from '@/shared/ui/page'
import { Empty, Loading } from '@/shared/ui/states'
import { agentColumns } from './agentColumns'
import { AgentMenu } from './AgentMenu'
import { StatusFilters, type Wanted } from './StatusFilters'
import { useFloor } from './useFloor'

const NO_FLOOR = { number: 0, queues: new Map(), agents: new Map(), interactions: new Map() }

/** Agents status: everybody who takes interactions, as they are now. */
export function StatusPage() {
  const floor = useFloor()
  const known = useAbilities()
  const [wanted, setWanted] = useState<Wanted>({ skill: '', language: '' })
  const all = [...(floor?.agents.values() ?? [])]
  const rows = all.filter((row) => Object.values(wanted).every((id) => id === '' || id in row.abilities))
  const queues = (row: FloorAgent) => row.queues.flatMap((of) => floor?.queues.get(of.queue_id)?.name ?? []).join(', ')
  const levels = (row: FloorAgent, id: string) => `${abilityNames(known, [id])} ${row.abilities[id]}`
  const abilities = (row: FloorAgent) => Object.keys(row.abilities).map((id) => levels(row, id)).join(', ') || '–'
  const columns = [
    ...agentColumns(floor ?? NO_FLOOR),
    { key: 'queues', name: t('floor.queues'), text: queues, order: queues },
    { key: 'abilities', name: t('ability.and'), text: abilities, order: abilities },
    { key: 'actions', name: t('floor.actions'), text: () => '', cell: (row: FloorAgent) => <AgentMenu agent={row} /> },
  ]
  const grid = useGrid('status', columns, rows)
  return (
    <Page fill title={t('floor.status')} actions={<GridActions grid={grid} name={t('floor.status')} />}>
      {floor === null && <Loading lines={8} />}
      {known.length > 0 && <StatusFilters known={known} wanted={wanted} change={setWanted} />}
      {floor !== null && all.length === 0 && <Empty title={t('floor.no_agents')}>{t('floor.no_agents_more')}</Empty>}
      {all.length > 0 && rows.length === 0 && <Empty title={t('ability.nobody')} />}
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

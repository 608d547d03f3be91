import { useNavigate, useSearch } from '@tanstack/react-router'
import { abilityNames, type NamedAbility, useAbilities } from '@/shared/abilities'
import { Grid } from '@/shared/grid/Grid'
import { GridActions } from '@/shared/grid/GridActions'
import { t } from '@/shared/i18n/translate'
import { codeWords } from '@/shared/i18n/words'
import type { FloorAgent } from '@/shared/socket/floor'
import { Page } from '@/shared/ui/page'
import { Empty, Loading } from '@/shared/ui/states'
import { within } from '@/shared/views/address'
import { useViewGrid } from '@/shared/views/useOpened'
import { agentColumns } from './agentColumns'
import { AgentMenu } from './AgentMenu'
import { StatusFilters, type Wanted } from './StatusFilters'
import { useFloor } from './useFloor'

const NO_FLOOR = { number: 0, queues: new Map(), agents: new Map(), interactions: new Map() }

/** Agents status: everybody who takes interactions, as they are now. */
export function StatusPage() {
  const floor = useFloor()
  const known = useAbilities()
  const [wanted, setWanted] = useWanted()
  const all = [...(floor?.agents.values() ?? [])]
  const rows = all.filter((row) => Object.values(wanted).every((id) => id === '' || id in row.abilities))
  const queues = (row: FloorAgent) => row.queues.flatMap((of) => floor?.queues.get(of.queue_id)?.name ?? []).join(', ')
  const levels = (row: FloorAgent, id: string) => `${abilityNames(known, [id])} ${row.abilities[id]}`
  const abilities = (row: FloorAgent) => Object.keys(row.abilities).map((id) => levels(row, id)).join(', ') || '–'
  const columns = [
    ...agentColumns(floor ?? NO_FLOOR),
    { key: 'queues', name: t('floor.queues'), text: queues, order: queues },
    { key: 'abilities', name: t('ability.and'), text: abilities, order: abilities },
    { key: 'actions', name: t('floor.actions'), text: () => '', tool: true, cell: (row: FloorAgent) => <AgentMenu agent={row} /> },
  ]
  const grid = useViewGrid('status', columns, rows)
  return (
    <Page fill title={t('floor.status')} actions={<GridActions grid={grid} name={t('floor.status')} page="status" about={wantedLines(wanted, known)} />}>
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

/** Which agents are shown, in words: for files. */
function wantedLines(wanted: Wanted, known: NamedAbility[]): [string, string][] {
  return (['skill', 'language'] as const).flatMap((kind): [string, string][] => (wanted[kind] ? [[codeWords('ability.one', kind), abilityNames(known, [wanted[kind]])]] : []))
}

/** Which agents are shown, kept in the address. */
function useWanted(): [Wanted, (wanted: Wanted) => void] {
  const { view, skill = '', language = '' } = useSearch({ strict: false }) as Partial<Wanted> & { view?: string }
  const navigate = useNavigate()
  return [{ skill, language }, (wanted) => void navigate({ to: '.', search: within(view, wanted) as never, replace: true })]
}

import { Link as FluentLink, makeStyles, tokens } from '@fluentui/react-components'
import { Link } from '@tanstack/react-router'
import { AgentDot } from '@/shared/agent/AgentDot'
import { agentWords } from '@/shared/agent/words'
import type { Column } from '@/shared/grid/columns'
import { t } from '@/shared/i18n/translate'
import type { Floor, FloorAgent } from '@/shared/socket/floor'
import { sinceColumn } from './columns'

const useStyles = makeStyles({
  state: { display: 'inline-flex', verticalAlign: 'middle', alignItems: 'center', gap: tokens.spacingHorizontalXS },
})

/** Who it is, in which state, how long, and with whom. */
export function agentColumns(floor: Floor): Column<FloorAgent>[] {
  const customer = (row: FloorAgent) => {
    const interaction = row.interaction_id === null ? undefined : floor.interactions.get(row.interaction_id)
    return interaction ? (interaction.caller_name ?? interaction.caller_number) : '–'
  }
  return [
    { key: 'agent', name: t('interactions.agent'), fixed: true, text: (row) => row.name, order: (row) => row.name, cell: (row) => <AgentLink agent={row} /> },
    { key: 'state', name: t('interactions.state'), text: agentWords, order: agentWords, cell: (row) => <State agent={row} /> },
    sinceColumn('since', t('floor.for'), (row) => row.since_at),
    { key: 'interaction', name: t('floor.interaction'), text: customer, order: customer, cell: (row) => <Customer agent={row} words={customer(row)} /> },
  ]
}

function AgentLink({ agent }: { agent: FloorAgent }) {
  return (
    <Link to="/figures/status/$id" params={{ id: agent.agent_id }}>
      <FluentLink as="span">{agent.name}</FluentLink>
    </Link>
  )
}

function State({ agent }: { agent: FloorAgent }) {
  const styles = useStyles()
  return (
    <span className={styles.state} data-state={agent.state}>
      <AgentDot agent={agent} />
      {agentWords(agent)}
    </span>
  )
}

function Customer({ agent, words }: { agent: FloorAgent; words: string }) {
  if (agent.interaction_id === null) return words
  return (
    <Link to="/interactions/$id" params={{ id: agent.interaction_id }}>
      <FluentLink as="span">{words}</FluentLink>
    </Link>
  )
}

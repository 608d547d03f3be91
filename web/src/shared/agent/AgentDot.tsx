import { PresenceBadge, type PresenceBadgeProps } from '@fluentui/react-components'
import type { AgentState, AgentView } from '../socket/types'

const STATUS: Record<AgentState, PresenceBadgeProps['status']> = {
  signed_out: 'offline',
  not_ready: 'away',
  ready: 'available',
  offered: 'busy',
  engaged: 'busy',
  wrap_up: 'do-not-disturb',
}

/** The agent's state as a dot with its own shape; the words stand beside it. */
export function AgentDot({ agent }: { agent: Pick<AgentView, 'state'> }) {
  return <PresenceBadge status={STATUS[agent.state]} size="small" aria-hidden />
}

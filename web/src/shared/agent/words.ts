import { t } from '../i18n/translate'
import { codeWords } from '../i18n/words'
import type { AgentView } from '../socket/types'

/** The state in words, with the reason where there is one. */
export function agentWords(agent: Pick<AgentView, 'state' | 'reason'>): string {
  if (agent.state === 'not_ready' && agent.reason) return codeWords('agent.reason', agent.reason)
  return t(`agent.state.${agent.state}`)
}

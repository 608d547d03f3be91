import type { AgentState } from './types'

/** A queue as it is now; `queue_id` null is all of them together. */
export type FloorQueue = {
  queue_id: string | null
  name: string | null
  waiting_count: number
  alerting_count: number
  interacting_count: number
  longest_waiting_since_at: number | null
  longest_interacting_since_at: number | null
  /** Its members who are not set aside and are at work; those not responding are not ready too. */
  agents: { ready: number; offered: number; engaged: number; wrap_up: number; not_ready: number; not_responding: number }
  today: { values: Record<string, number | null>; totals: Record<string, number> }
}

/** An agent as they are now. */
export type FloorAgent = {
  agent_id: string
  name: string
  state: AgentState
  reason: string | null
  since_at: number | null
  interaction_id: string | null
  queues: { queue_id: string; active: boolean }[]
  /** Proficiencies, 1 to 5, by skill or language. */
  abilities: Record<string, number>
}

/** An interaction that is not completed. */
export type FloorInteraction = {
  interaction_id: string
  queue_id: string
  state: 'waiting' | 'alerting' | 'interacting' | 'wrap_up'
  since_at: number
  started_at: number
  caller_number: string
  caller_name: string | null
  agent_id: string | null
  priority: number
  /** The skills and languages that it asks for. */
  asked: string[]
  held: boolean
}

/** Everything that supervisors see now, by id. All queues together stand under ''. */
export type Floor = {
  number: number
  queues: ReadonlyMap<string, FloorQueue>
  agents: ReadonlyMap<string, FloorAgent>
  interactions: ReadonlyMap<string, FloorInteraction>
}

export type FloorFrame = {
  type: 'floor'
  number: number
  whole: boolean
  queues: FloorQueue[]
  agents: FloorAgent[]
  interactions: FloorInteraction[]
  gone: { queues: string[]; agents: string[]; interactions: string[] }
}

/** The floor after a frame; null where one before it is missing. */
export function applyFloor(floor: Floor | null, frame: FloorFrame): Floor | null {
  if (!frame.whole && frame.number !== (floor?.number ?? 0) + 1) return null
  const from = frame.whole ? null : floor
  return {
    number: frame.number,
    queues: put(from?.queues, frame.queues, (one) => one.queue_id ?? '', frame.gone.queues),
    agents: put(from?.agents, frame.agents, (one) => one.agent_id, frame.gone.agents),
    interactions: put(from?.interactions, frame.interactions, (one) => one.interaction_id, frame.gone.interactions),
  }
}

function put<T>(old: ReadonlyMap<string, T> | undefined, news: T[], key: (one: T) => string, gone: string[]): ReadonlyMap<string, T> {
  if (old && news.length === 0 && gone.length === 0) return old
  const next = new Map(old)
  for (const id of gone) next.delete(id)
  for (const one of news) next.set(key(one), one)
  return next
}

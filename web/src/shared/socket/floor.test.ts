import { describe, expect, it } from 'vitest'
import { applyFloor, type FloorAgent, type FloorFrame } from './floor'

const agent = (agent_id: string, state: FloorAgent['state']): FloorAgent => ({
  agent_id, state, name: agent_id, reason: null, since_at: 1, interaction_id: null, queues: [], abilities: {},
})

function frame(number: number, part: Partial<FloorFrame>): FloorFrame {
  return { type: 'floor', number, whole: false, queues: [], agents: [], interactions: [], gone: { queues: [], agents: [], interactions: [] }, ...part }
}

describe('applyFloor', () => {
  it('replaces by id what changed and forgets what is gone', () => {
    const first = applyFloor(null, frame(7, { whole: true, agents: [agent('dana', 'ready'), agent('ben', 'ready')] }))
    const then = applyFloor(first, frame(8, { agents: [agent('dana', 'engaged')], gone: { queues: [], agents: ['ben'], interactions: [] } }))
    expect([...(then?.agents.values() ?? [])].map((one) => [one.agent_id, one.state])).toEqual([['dana', 'engaged']])
    expect(then?.queues).toBe(first?.queues)
  })

  it('is nothing where a frame is missing, until everything comes again', () => {
    const first = applyFloor(null, frame(7, { whole: true, agents: [agent('dana', 'ready')] }))
    expect(applyFloor(first, frame(9, { agents: [agent('dana', 'engaged')] }))).toBeNull()
    expect(applyFloor(null, frame(1, { whole: true }))?.number).toBe(1)
  })
})

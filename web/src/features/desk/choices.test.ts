import { describe, expect, it } from 'vitest'
import { currentOf } from '@/shared/interaction/current'
import { interaction } from '@/shared/socket/fixtures'
import { choicesOf } from './WrapUp'

describe('choicesOf', () => {
  it('offers the dispositions of the queue and those of all queues', () => {
    const one = (disposition_id: string, queue_ids: string[]) => ({ disposition_id, name: disposition_id, queue_ids })
    const all = [one('everywhere', []), one('here', ['q1', 'q2']), one('elsewhere', ['q2'])]
    expect(choicesOf(all, 'q1').map((choice) => choice.disposition_id)).toEqual(['everywhere', 'here'])
  })
})

describe('currentOf', () => {
  it('prefers the live call, then the latest that waits for its wrap-up', () => {
    const ended = { ...interaction('x').call, state: 'ended' as const }
    const old = interaction('old', { state: 'wrap_up', call: ended })
    const newer = interaction('newer', { state: 'wrap_up', call: ended })
    expect(currentOf([])).toBeNull()
    expect(currentOf([old, newer])?.interaction_id).toBe('newer')
    expect(currentOf([interaction('live'), old])?.interaction_id).toBe('live')
  })
})

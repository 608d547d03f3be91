import { describe, expect, it } from 'vitest'
import { apply } from './apply'
import { consult, interaction, message, snapshot } from './fixtures'
import type { DeskEvent, Snapshot } from './types'

function after(start: Snapshot, ...events: DeskEvent[]): Snapshot {
  return events.reduce((state, event, index) => apply(state, event, start.seq + 1 + index), start)
}

describe('apply', () => {
  it('changes nothing for a number that is known already', () => {
    const start = snapshot()
    expect(apply(start, { event: 'consult', consult: consult('c1') }, 10)).toBe(start)
    expect(apply(start, { event: 'consult', consult: consult('c1') }, 9)).toBe(start)
  })

  it('replaces the agent, the offer and today', () => {
    const agent = { state: 'not_ready' as const, reason: 'break', since_at: 5, next: null }
    const today = { handled_count: 1, talk_ms: 2, wrap_up_ms: 3, consult_count: 4 }
    const end = after(snapshot(), { event: 'agent', agent }, { event: 'today', today }, { event: 'offer', offer: null, outcome: 'no_answer' })
    expect(end).toEqual(snapshot({ agent, today, offer: null, seq: 13 }))
  })

  it('adds, replaces and removes a completed interaction', () => {
    const added = after(snapshot(), { event: 'interaction', interaction: interaction('i1') })
    expect(added.interactions.map((one) => one.interaction_id)).toEqual(['i1'])
    const wrapping = after(added, { event: 'interaction', interaction: interaction('i1', { state: 'wrap_up' }) })
    expect(wrapping.interactions.map((one) => one.state)).toEqual(['wrap_up'])
    const done = after(wrapping, { event: 'interaction', interaction: interaction('i1', { state: 'completed' }) })
    expect(done.interactions).toEqual([])
  })

  it('closes a consult together with its messages', () => {
    const start = snapshot({ consults: [consult('c1'), consult('c2')], messages: [message('m1'), message('m2', { consult_id: 'c2' })] })
    const end = after(start, { event: 'consult_closed', consult_id: 'c1' })
    expect(end.consults.map((one) => one.consult_id)).toEqual(['c2'])
    expect(end.messages.map((one) => one.message_id)).toEqual(['m2'])
  })

  it('keeps messages by consult, moment and id, and replaces by id', () => {
    const end = after(
      snapshot(),
      { event: 'message', message: message('b', { at: 5 }) },
      { event: 'message', message: message('z', { consult_id: 'c0', at: 9 }) },
      { event: 'message', message: message('a', { at: 5 }) },
      { event: 'message', message: message('c', { at: 1 }) },
      { event: 'message', message: message('b', { at: 5, state: 'delivered' }) },
    )
    expect(end.messages.map((one) => one.message_id)).toEqual(['z', 'c', 'a', 'b'])
    expect(end.messages.at(-1)?.state).toBe('delivered')
  })

  it('counts a notice and an unknown event, and changes no state by them', () => {
    const unknown = { event: 'of_a_newer_server' } as unknown as DeskEvent
    const end = after(snapshot(), { event: 'notice', notice: { code: 'media_lost' } }, unknown)
    expect(end).toEqual(snapshot({ seq: 12 }))
  })

  it('gives the same for a snapshot in the middle of any history', () => {
    const seed = 7
    const history = randomHistory(seed, 200)
    const whole = after(snapshot(), ...history)
    for (const cut of [0, 1, 50, 199, 200]) {
      const middle = after(snapshot(), ...history.slice(0, cut))
      expect(after(middle, ...history.slice(cut)), `seed ${seed}, cut at ${cut}`).toEqual(whole)
    }
  })
})

function randomHistory(seed: number, count: number): DeskEvent[] {
  let state = seed
  const next = (limit: number) => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31
    return state % limit
  }
  return Array.from({ length: count }, (): DeskEvent => {
    const id = String(next(5))
    switch (next(4)) {
      case 0:
        return { event: 'interaction', interaction: interaction(id, { state: next(3) === 0 ? 'completed' : 'connected' }) }
      case 1:
        return { event: 'consult', consult: consult(id, { unread_count: next(9) }) }
      case 2:
        return { event: 'consult_closed', consult_id: id }
      default:
        return { event: 'message', message: message(`m${next(20)}`, { consult_id: id, at: next(50) }) }
    }
  })
}

import { describe, expect, it } from 'vitest'
import type { Report } from './queries'
import { draftOf, isReady, requestFrom } from './request'

const parameter = (name: string, kind: 'queues' | 'users') => ({ name, kind, required: false })
const report = (...names: ['queue_ids' | 'agent_ids', 'queues' | 'users'][]): Report => ({
  name: 'queue-daily', title: '', description: '', formats: ['pdf'], longest_days: 92, parameters: names.map(([name, kind]) => parameter(name, kind)),
})
const draft = { ...draftOf('2026-11-26', 'en'), queue_ids: ['q'], agent_ids: ['a'] }

describe('a request', () => {
  it('has only what the report has a use for', () => {
    expect(requestFrom(draft, report(['queue_ids', 'queues']))).toMatchObject({ period: 'yesterday', queue_ids: ['q'], agent_ids: [] })
    expect(requestFrom(draft, report(['agent_ids', 'users']))).toMatchObject({ queue_ids: [], agent_ids: ['a'] })
  })

  it('names days by date or by name, never both', () => {
    expect(requestFrom(draft, report())).not.toHaveProperty('from')
    const days = requestFrom({ ...draft, period: 'days', from: '2026-11-01' }, report())
    expect(days).toMatchObject({ from: '2026-11-01', to: '2026-11-26' })
    expect(days).not.toHaveProperty('period')
  })

  it.each([
    [{}, true],
    [{ formats: [] }, false],
    [{ period: 'days' as const }, true],
    [{ period: 'days' as const, from: '2026-11-27' }, false],
    [{ period: 'days' as const, to: '' }, false],
  ])('%j is ready: %s', (part, ready) => expect(isReady({ ...draft, ...part })).toBe(ready))
})

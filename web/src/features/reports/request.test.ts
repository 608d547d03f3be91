import { describe, expect, it } from 'vitest'
import type { Report } from './queries'
import { draftOf, isReady, requestFrom } from './request'

type Parameter = Report['parameters'][number]
const parameter = (name: string, kind: Parameter['kind']): Parameter => ({ name, kind, required: false })
const report = (...names: [string, Parameter['kind']][]): Report => ({
  name: 'queue-daily', title: '', description: '', formats: ['pdf'], longest_days: 92, grains: ['day', 'week'], media: ['voice'], parameters: names.map(([name, kind]) => parameter(name, kind)),
})
const draft = { ...draftOf('2026-11-26', 'en'), queue_ids: ['q'], agent_ids: ['a'], disposition_ids: ['d'], ability_ids: ['s'], media: ['voice' as const] }

describe('a request', () => {
  it('has only what the report has a use for', () => {
    expect(requestFrom(draft, report(['queue_ids', 'queues']))).toMatchObject({ period: 'yesterday', queue_ids: ['q'], agent_ids: [] })
    expect(requestFrom(draft, report(['agent_ids', 'users']))).toMatchObject({ queue_ids: [], agent_ids: ['a'] })
    expect(requestFrom(draft, report(['media', 'media']))).toMatchObject({ disposition_ids: [], ability_ids: [], media: ['voice'] })
    expect(requestFrom(draft, report(['disposition_ids', 'dispositions'], ['ability_ids', 'abilities']))).toMatchObject({ disposition_ids: ['d'], ability_ids: ['s'], media: [] })
  })

  it('has a grain that the report has, and days in a time zone', () => {
    expect(requestFrom({ ...draft, grain: 'week', time_zone: 'Europe/Berlin' }, report())).toMatchObject({ grain: 'week', time_zone: 'Europe/Berlin' })
    expect(requestFrom({ ...draft, grain: 'hour' }, report())).toMatchObject({ grain: null })
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

import { describe, expect, it } from 'vitest'
import { filtersOf } from './filters'

describe('filtersOf', () => {
  it('takes whole local days and leaves out what it does not understand', () => {
    expect(filtersOf({ from: '2026-11-01', to: '2026-11-30', consult: 'yes', queue: '', text: 'mandate' })).toEqual({
      from_at: new Date(2026, 10, 1).getTime(),
      to_at: new Date(2026, 11, 1).getTime(),
      with_consult: true,
      text: 'mandate',
    })
    expect(filtersOf({ from: 'yesterday', consult: 'maybe' })).toEqual({})
  })
})

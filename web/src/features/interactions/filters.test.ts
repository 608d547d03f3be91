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

  it('takes flags, and a duration in seconds where it is said of what', () => {
    expect(filtersOf({ answered: 'no', held: 'yes', note: 'x', duration: 'wrap_up', least: '1.5', most: 'long' })).toEqual({
      answered: false,
      held: true,
      wrap_up_least_ms: 1500,
    })
    expect(filtersOf({ least: '60', most: '90' })).toEqual({})
  })
})

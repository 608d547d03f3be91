import { describe, expect, it } from 'vitest'
import { formatValue } from '@/shared/figures/format'
import { periodOf } from './period'

describe('periodOf', () => {
  it('is today where nothing is said, and takes whole days', () => {
    const [today, tomorrow] = [new Date(2026, 2, 2).getTime(), new Date(2026, 2, 3).getTime()]
    expect(periodOf({}, '2026-03-02')).toEqual({ from_at: today, to_at: tomorrow, grain: 'whole' })
    expect(periodOf({ from: '2026-03-01', to: '2026-03-02', grain: 'day' }, '2026-03-09')).toEqual({
      from_at: new Date(2026, 2, 1).getTime(),
      to_at: tomorrow,
      grain: 'day',
    })
    expect(periodOf({ from: 'soon', grain: 'century' }, '2026-03-02').grain).toBe('whole')
    const backwards = periodOf({ from: '2026-03-05', to: '2026-03-01' }, '2026-03-02')
    expect(backwards.to_at).toBe(backwards.from_at)
  })
})

describe('formatValue', () => {
  it('says nothing of nothing', () => {
    expect([formatValue(null, 'percent'), formatValue(undefined, 'count')]).toEqual(['–', '–'])
    expect([formatValue(66.666, 'percent'), formatValue(61_000, 'milliseconds'), formatValue(1.234, 'ratio')]).toEqual(['66.7 %', '01:01', '1.23'])
  })
})

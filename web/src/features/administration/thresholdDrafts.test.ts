import { describe, expect, it } from 'vitest'
import type { Thresholds } from '@/shared/figures/level'
import { isComplete, shown, stored } from './thresholdDrafts'

const figures: Thresholds['figures'] = [
  { figure: 'longest_waiting', unit: 'milliseconds', bad: 'high', most: 86_400_000 },
  { figure: 'waiting', unit: 'count', bad: 'high', most: 10_000 },
]

describe('drafts of thresholds', () => {
  it('are in seconds where the figure is a duration, and empty for none', () => {
    const wait = { figure: 'longest_waiting', queue_id: null, warning: 90_500, critical: null } as const
    const draft = { figure: 'longest_waiting', queue_id: '', warning: '90.5', critical: '' } as const
    expect(shown(wait, figures)).toEqual(draft)
    expect(stored(draft, figures)).toEqual(wait)
    const count = { figure: 'waiting', queue_id: 'vip', warning: 5, critical: 10 } as const
    expect(stored(shown(count, figures), figures)).toEqual(count)
  })

  it('are complete with one number or two', () => {
    const draft = (warning: string, critical: string) => ({ figure: 'waiting', queue_id: '', warning, critical }) as const
    expect(['5,10', '5,', ',10'].map((text) => text.split(',')).map(([one = '', other = '']) => isComplete(draft(one, other)))).toEqual([true, true, true])
    expect([draft('', ''), draft('x', ''), draft('5', '-1'), draft('0', '')].map(isComplete)).toEqual([false, false, false, false])
  })
})

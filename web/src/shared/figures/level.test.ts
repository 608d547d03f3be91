import { describe, expect, it } from 'vitest'
import { type Level, levelOf, type Thresholds, type Watched } from './level'

const page: Thresholds = {
  figures: [
    { figure: 'waiting', unit: 'count', bad: 'high', most: 10_000 },
    { figure: 'service_level', unit: 'percent', bad: 'low', most: 100 },
    { figure: 'agents_ready', unit: 'count', bad: 'low', most: 10_000 },
    { figure: 'asa', unit: 'milliseconds', bad: 'high', most: 86_400_000 },
  ],
  thresholds: [
    { figure: 'waiting', queue_id: null, warning: 5, critical: 10 },
    { figure: 'waiting', queue_id: 'vip', warning: null, critical: 1 },
    { figure: 'service_level', queue_id: null, warning: 80, critical: 60 },
    { figure: 'agents_ready', queue_id: 'vip', warning: 2, critical: null },
  ],
}

describe('levelOf', () => {
  const table: [Watched, string, number | null | undefined, Level | null][] = [
    ['waiting', 'any', 4, null],
    ['waiting', 'any', 5, 'warning'],
    ['waiting', 'any', 9, 'warning'],
    ['waiting', 'any', 10, 'critical'],
    // The queue's own count as a whole: there is no warning for it.
    ['waiting', 'vip', 0, null],
    ['waiting', 'vip', 1, 'critical'],
    // Low is bad: what meets the target is well.
    ['service_level', 'any', 80, null],
    ['service_level', 'any', 79.9, 'warning'],
    ['service_level', 'any', 60, 'warning'],
    ['service_level', 'any', 59.9, 'critical'],
    ['service_level', 'vip', 0, 'critical'],
    ['agents_ready', 'vip', 2, null],
    ['agents_ready', 'vip', 0, 'warning'],
    // Nothing is set, nothing is known.
    ['agents_ready', 'any', 0, null],
    ['asa', 'any', 1_000_000, null],
    ['service_level', 'any', null, null],
    ['service_level', 'any', undefined, null],
    ['longest_waiting', 'any', 1, null],
  ]
  it.each(table)('%s of %s at %s is %s', (figure, queue_id, value, level) => {
    expect(levelOf(page, figure, queue_id, value)).toBe(level)
  })
})

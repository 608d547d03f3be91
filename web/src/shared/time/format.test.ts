import { describe, expect, it } from 'vitest'
import { setLanguage } from '../i18n/translate'
import { formatClock, formatDuration, formatSpan } from './format'

describe('formatDuration', () => {
  it.each([
    [0, '00:00'],
    [-5000, '00:00'],
    [59_999, '00:59'],
    [252_000, '04:12'],
    [3_600_000, '1:00:00'],
    [36_061_000, '10:01:01'],
  ])('%d ms is %s', (duration_ms, shown) => expect(formatDuration(duration_ms)).toBe(shown))
})

describe('formatSpan', () => {
  it.each([
    [6400, '6 s'],
    [59_600, '1 min'],
    [5_430_000, '1 h 30 min'],
    [3_900_000, '1 h 05 min'],
  ])('%d ms is %s', (duration_ms, shown) => expect(formatSpan(duration_ms)).toBe(shown))
})

describe('formatClock', () => {
  it('shows 24 hours in both languages, midnight as 00', () => {
    const at = new Date(2026, 10, 22, 0, 6, 31).getTime()
    for (const language of ['en', 'de'] as const) {
      setLanguage(language)
      expect(formatClock(at)).toBe('00:06:31')
    }
  })
})

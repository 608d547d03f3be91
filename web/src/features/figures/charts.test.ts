import { describe, expect, it } from 'vitest'
import { setLanguage } from '@/shared/i18n/translate'
import { arrivalBars, arrivalRows, arrivalsGrain, arrivalsWords, levelBars, levelGrain, levelWords, type Point } from './charts'

const DAY = 86_400_000
const at = (day: number, hour = 0) => new Date(2026, 2, day, hour).getTime()
const point = (from_at: number, to_at: number, counts: [number, number, number], service_level: number | null): Point => {
  const [offered, answered, abandoned] = counts
  return { from_at, to_at, offered, answered, abandoned, flowed_out: offered - answered - abandoned, service_level }
}

describe('how finely', () => {
  it.each([
    [1, 'interval', 'interval'],
    [3, 'interval', 'day'],
    [31, 'day', 'day'],
    [365, 'week', 'week'],
    [1096, 'month', 'month'],
  ])('%s days are drawn by %s and %s', (days, arrivals, level) => {
    expect([arrivalsGrain(0, days * DAY), levelGrain(0, days * DAY)]).toEqual([arrivals, level])
  })
})

describe('charts', () => {
  const points = [point(at(2), at(3), [10, 8, 2], 80), point(at(3), at(4), [0, 0, 0], null), point(at(4), at(5), [14, 12, 1], 50)]

  it('say in words what they show', () => {
    setLanguage('en')
    expect(arrivalsWords(points, 'day')).toBe('24 offered, 20 answered, 3 abandoned. Most on 04/03/2026: 14.')
    expect(levelWords(points, 'day')).toBe('2 with a service level. The lowest, 50 %, on 04/03/2026.')
    expect(arrivalsWords([], 'day')).toBe('Nothing was offered.')
    expect(levelWords([points[1]!], 'day')).toBe('Nothing was offered.')
  })

  it('have parts that add up to what was offered, and the same in their table', () => {
    const [first, empty] = arrivalBars(points, 'day')
    expect(first?.values).toEqual({ answered: 8, abandoned: 2, flowed_out: 0 })
    expect(first?.words).toBe('02/03/2026: 10 offered, 8 answered, 2 abandoned, 0 flowed out')
    expect(empty?.values).toEqual({ answered: 0, abandoned: 0, flowed_out: 0 })
    expect(arrivalRows(points, 'day')[2]?.cells).toEqual(['04/03/2026', '14', '12', '1', '1'])
    expect(levelBars(points, 'day').map((bar) => bar.values.service_level)).toEqual([80, null, 50])
  })

  it('name half hours by their clock where it is one day', () => {
    const halves = [point(at(2, 9), at(2, 9) + DAY / 48, [1, 1, 0], 100)]
    expect(arrivalBars(halves, 'interval')[0]).toMatchObject({ label: '09:00', words: expect.stringContaining('09:00–09:30') as string })
  })
})

import { describe, expect, it } from 'vitest'
import { staysOf, sums } from './stays'

const HOUR = 3_600_000
const [FROM, TO] = [24 * HOUR, 48 * HOUR]

describe('staysOf', () => {
  it('keeps within the day and lets what lasts go until now', () => {
    const rows = [
      { state: 'ready', from_at: 23 * HOUR, to_at: 25 * HOUR },
      { state: 'meal', from_at: 25 * HOUR, to_at: 26 * HOUR },
      { state: 'ready', from_at: 26 * HOUR, to_at: null },
    ]
    const stays = staysOf(rows, FROM, TO, 29 * HOUR)
    expect(stays.map((stay) => [stay.state, stay.from_at / HOUR, stay.to_at / HOUR, stay.lasts])).toEqual([
      ['ready', 24, 25, false],
      ['meal', 25, 26, false],
      ['ready', 26, 29, true],
    ])
    expect(sums(stays)).toEqual([['ready', 4 * HOUR], ['meal', HOUR]])
  })

  it('shows a past day to its end, and nothing of a day on which nobody was at work', () => {
    const lasting = [{ state: 'ready', from_at: 30 * HOUR, to_at: null }]
    expect(staysOf(lasting, FROM, TO, 60 * HOUR)).toEqual([{ state: 'ready', from_at: 30 * HOUR, to_at: TO, lasts: false }])
    expect(staysOf([{ state: 'ready', from_at: 1, to_at: FROM }], FROM, TO, TO)).toEqual([])
  })
})

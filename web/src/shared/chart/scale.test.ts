import { describe, expect, it } from 'vitest'
import { bandOf, labelledOf, ticksOf } from './scale'

describe('ticksOf', () => {
  it.each([
    [0, [0, 1]],
    [3, [0, 1, 2, 3]],
    [7, [0, 2, 4, 6, 8]],
    [100, [0, 50, 100]],
    [1234, [0, 500, 1000, 1500]],
  ])('of %s are %j', (greatest, ticks) => {
    expect(ticksOf(greatest)).toEqual(ticks)
  })
})

describe('labelledOf', () => {
  it('leaves out what would not fit', () => {
    const shown = labelledOf(48, 480, 50)
    expect([0, 1, 4, 5, 10].map(shown)).toEqual([true, false, false, true, true])
    expect(labelledOf(3, 480, 50)(1)).toBe(true)
  })
})

describe('bandOf', () => {
  it('shares the width and leaves a gap', () => {
    expect(bandOf(1, 4, { left: 40, top: 0, width: 400, height: 100 })).toEqual({ x: 144, width: 92 })
    expect(bandOf(0, 1000, { left: 0, top: 0, width: 100, height: 100 }).width).toBe(1)
  })
})

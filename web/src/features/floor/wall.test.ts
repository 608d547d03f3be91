import { describe, expect, it } from 'vitest'
import type { FloorQueue } from '@/shared/socket/floor'
import { chosenQueues, idsOf, PAGE_MS, pageAt } from './wall'

const queue = (queue_id: string | null, name: string | null) => ({ queue_id, name }) as FloorQueue
const floor = [queue(null, null), queue('b', 'Queue 10'), queue('a', 'Queue 9'), queue('c', 'billing')]
const ids = (queues: FloorQueue[]) => queues.map((one) => one.queue_id)

describe('chosenQueues', () => {
  it('are all by name, or those in the address that are there', () => {
    expect(ids(chosenQueues(floor, idsOf(undefined), 'en'))).toEqual(['c', 'a', 'b'])
    expect(ids(chosenQueues(floor, idsOf('b,gone,c'), 'en'))).toEqual(['c', 'b'])
    expect(ids(chosenQueues(floor, idsOf('gone'), 'en'))).toEqual([])
  })
})

describe('pageAt', () => {
  const rows = Array.from({ length: 14 }, (_, index) => index)
  it('turns the pages by the clock, evenly filled, and begins again', () => {
    const seen = [0, 1, 2, 3].map((turn) => pageAt(rows, turn * PAGE_MS + 1))
    expect(seen.map((one) => [one.page, one.pages, one.rows.length])).toEqual([[0, 3, 5], [1, 3, 5], [2, 3, 4], [0, 3, 5]])
    expect(seen.slice(0, 3).flatMap((one) => one.rows)).toEqual(rows)
  })

  it('has one page where all fit, and where there is nothing', () => {
    expect(pageAt(rows.slice(0, 6), 5 * PAGE_MS)).toEqual({ page: 0, pages: 1, rows: rows.slice(0, 6) })
    expect(pageAt([], 0)).toEqual({ page: 0, pages: 1, rows: [] })
  })
})

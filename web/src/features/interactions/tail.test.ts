import { expect, it } from 'vitest'
import type { InteractionRow } from '@/api/contract'
import { tailFrom, withoutGone, withTail } from './tail'

function row(interaction_id: string, started_at: number, state = 'completed'): InteractionRow {
  return { interaction_id, started_at, state } as InteractionRow
}

it('looks from the oldest live row on, else from the newest, else from when the list was read', () => {
  expect(tailFrom([row('c', 30), row('b', 20, 'connected'), row('a', 10)], 99)).toBe(20)
  expect(tailFrom([row('c', 30), row('b', 20)], 99)).toBe(30)
  expect(tailFrom([], 99)).toBe(99)
})

it('puts new rows first and known ones in their place as they are now', () => {
  const rows = [row('b', 20, 'connected'), row('a', 10)]
  const newer = [row('c', 30, 'queued'), row('b', 20)]
  expect(withTail(rows, newer).map((one) => `${one.interaction_id} ${one.state}`)).toEqual(['c queued', 'b completed', 'a completed'])
  expect(withTail(rows, [])).toEqual(rows)
})

it('leaves out a live row that the filters let in no longer', () => {
  const rows = [row('d', 40, 'queued'), row('c', 30), row('b', 20, 'queued'), row('a', 10, 'queued')]
  expect(withoutGone(rows, [row('d', 40, 'queued')], 20).map((one) => one.interaction_id)).toEqual(['d', 'c', 'a'])
})

import { describe, expect, it } from 'vitest'
import type { ExpertGroup } from '@/shared/expert-groups'
import { firstMark, groupsFor } from './groups'

const group = (name: string): ExpertGroup => ({ group_id: name, name, mode: 'one_by_one', within_ms: 30_000, members: [] })
const groups = [group('Mortgage experts'), group('Experts for cards')]

describe('groups in the search', () => {
  it.each([
    ['mort', ['Mortgage experts']],
    ['EXP', ['Mortgage experts', 'Experts for cards']],
    ['experts mort', ['Mortgage experts']],
    ['gage', []],
    ['mort cards', []],
    ['  ', []],
  ])('%s', (text, expected) => {
    expect(groupsFor(text, groups).map(({ name }) => name)).toEqual(expected)
  })

  it('marks a group at once only where it is named in full or nobody else is found', () => {
    expect(firstMark('mort', 3, groups)).toBe(0)
    expect(firstMark('mortgage  Experts', 3, groups)).toBe(3)
    expect(firstMark('experts for cards', 0, groups)).toBe(1)
  })
})

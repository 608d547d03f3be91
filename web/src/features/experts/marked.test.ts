import { expect, test } from 'vitest'
import { markNow } from './marked'

test('the mark stays at its person, and at its group when people come before it', () => {
  const mark = (index: number) => ({ text: 'a', index, count: 3 })
  expect(markNow(mark(2), 5)).toBe(2)
  expect(markNow(mark(3), 5)).toBe(5)
})

import { describe, expect, it } from 'vitest'
import { setLanguage } from '@/shared/i18n/translate'
import { roomOf } from './room'

describe('roomOf', () => {
  it.each([
    ['', 4000, 8000, '0 / 4,000', false],
    ['abc', 4000, 8000, '3 / 4,000', false],
    ['äöü', 10, 5, '3 / 2', true],
    ['äö', 10, 5, '2 / 3', false],
    ['😀', 10, 0, '1 / 10', false],
    ['abcd', 3, 100, '4 / 3', true],
  ])('%s of %d characters and %d bytes', (text, characters, bytes, words, over) => {
    setLanguage('en')
    expect(roomOf(text, characters, bytes)).toEqual({ words, over })
  })
})

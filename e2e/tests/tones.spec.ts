import { expect, test } from '@playwright/test'
import { AGENT, CALLER, inOrder, MUSIC, OTHER_CALLER, soundOf } from '../harness/tones.ts'

const RATE = 8000

function tone(frequency: number, volume = 9000): number[] {
  return Array.from({ length: 160 }, (_, index) => volume * Math.sin((2 * Math.PI * frequency * index) / RATE))
}

function sum(one: number[], other: number[]): number[] {
  return one.map((sample, index) => sample + (other[index] ?? 0))
}

test('the ear tells the parties apart, alone and together', () => {
  for (const frequency of [MUSIC, CALLER, OTHER_CALLER, AGENT]) expect(soundOf(tone(frequency), RATE)).toBe(frequency)
  expect(soundOf(tone(AGENT, 20), RATE)).toBe('silence')
  expect(soundOf(sum(tone(AGENT), tone(MUSIC)), RATE)).toBe('mixed')
  expect(soundOf(sum(tone(AGENT), tone(CALLER, 5000)), RATE), 'a leak is heard').toBe('mixed')
  expect(soundOf(tone(620), RATE)).toBe('mixed')
})

test('a story is the order of the tones, without the seams', () => {
  expect(inOrder(['silence', 440, 440, 'mixed', 2000, 'silence', 2000, 440])).toEqual([440, 2000, 440])
  expect(inOrder([440, 'mixed', 'mixed', 'mixed', 'mixed', 2000]), 'a longer mixture is told').toEqual([440, 'mixed', 2000])
})

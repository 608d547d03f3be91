import { expect, test } from 'vitest'
import de from './de.json'
import en from './en.json'

const places = (words: string) => [...words.matchAll(/\{\w+\}/g)].map(([place]) => place).sort()

test('both catalogues have the same words with the same places', () => {
  expect(Object.keys(de)).toEqual(Object.keys(en))
  for (const [key, words] of Object.entries(en)) expect(places(de[key as keyof typeof de]), key).toEqual(places(words))
})

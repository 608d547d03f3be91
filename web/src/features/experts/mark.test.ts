import { describe, expect, it } from 'vitest'
import { markMatches } from './mark'

const shown = (name: string, searched: string) =>
  markMatches(name, searched).map((part) => (part.marked ? `[${part.text}]` : part.text)).join('')

describe('markMatches', () => {
  it.each([
    ['Priya Raman', 'pri', '[Pri]ya Raman'],
    ['Priya Raman', 'ram pri', '[Pri]ya [Ram]an'],
    ['Pia Östlund', 'ost', 'Pia [Öst]lund'],
    ['Jan Großmann', 'gross', 'Jan [Groß]mann'],
    ['Paula-Marie Lang', 'mar', 'Paula-[Mar]ie Lang'],
    ['Priya Raman', 'iya', 'Priya Raman'],
    ['Priya Raman', '', 'Priya Raman'],
  ])('%s by %s', (name, searched, expected) => expect(shown(name, searched)).toBe(expected))
})

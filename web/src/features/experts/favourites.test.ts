import { describe, expect, it } from 'vitest'
import { person } from '@/shared/socket/fixtures'
import { grouped } from './favourites'

describe('grouped', () => {
  it('keeps the order of the network, names a person in each group, and puts those without one last', () => {
    const of = (name: string, ...groups: string[]) => ({ person: person(name), groups })
    const groups = grouped([of('eva'), of('tom', 'Tax'), of('mia', 'Cards', 'Tax')])
    expect(groups.map(({ group, people }) => [group, ...people.map((one) => one.name)])).toEqual([['Tax', 'tom', 'mia'], ['Cards', 'mia'], ['', 'eva']])
  })
})

import { expect, test } from 'vitest'
import type { PersonView } from '@/shared/socket/types'
import { behind, skillsToOffer, withPage } from './found'
import type { Found } from './useExpertSearch'

const presence = { presence: 'unknown', activity: null, since_at: null, note: null, as_of_at: null } as const

function view(address: string, ...others: string[]): PersonView {
  const ids = [address, ...others].map((one) => ({ network: one.split(':')[0] ?? '', address: one }))
  const [person] = ids
  const networks = ids.map((id) => ({ person: id, presence, cannot_ask: null }))
  return { person, name: address, presence, networks } as unknown as PersonView
}

function found(code: string | null, ...people: PersonView[]): Found {
  return { text: 'a', skills: [], people, more: false, next: null, silent: [], code }
}

const names = (one: Found) => one.people.map((person) => person.name)

test('whom a network finds comes behind the directory, and nobody twice on whatever network', () => {
  const known = [view('xmpp:anna', 'skype:anna'), view('xmpp:bernd')]
  expect(names(behind(known, found(null, view('skype:anna'), view('skype:clara'), view('xmpp:bernd'))))).toEqual([
    'xmpp:anna',
    'xmpp:bernd',
    'skype:clara',
  ])
})

test('a network that refuses is told only where nobody was found', () => {
  expect(behind([view('xmpp:anna')], found('no_network')).code).toBeNull()
  expect(behind([], found('no_network')).code).toBe('no_network')
})

test('a page comes behind what is shown, and one that did not come changes nothing', () => {
  const shown = found(null, view('skype:anna'))
  expect(names(withPage(shown, found(null, view('skype:anna'), view('skype:bernd'))))).toEqual(['skype:anna', 'skype:bernd'])
  expect(names(withPage(shown, found('network_trouble')))).toEqual(['skype:anna'])
})

test('what is chosen is offered first, then what most of the people know', () => {
  const knows = (...skills: string[]) => ({ ...view('xmpp:anna'), skills })
  expect(skillsToOffer([knows('Tax', 'Cards'), knows('Cards'), view('xmpp:bernd')], ['Loans'])).toEqual(['Loans', 'Cards', 'Tax'])
  expect(skillsToOffer([], [])).toEqual([])
})

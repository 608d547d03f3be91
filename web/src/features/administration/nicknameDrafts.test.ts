import { expect, test } from 'vitest'
import { isComplete, nameTrouble, nicknamesTrouble, shown, stored } from './nicknameDrafts'

const of = (name: string, nicknames: string) => ({ name, nicknames })

test('what is typed is a list, and back', () => {
  expect(stored(of(' Ignatius ', 'Iggy,  Nacho ;'))).toEqual({ name: 'Ignatius', nicknames: ['Iggy', 'Nacho'] })
  expect(shown({ name: 'Ignatius', nicknames: ['Iggy', 'Nacho'] })).toEqual(of('Ignatius', 'Iggy, Nacho'))
})

test.each([
  [of('', ''), null, null],
  [of('Ignatius', 'Iggy'), null, null],
  [of('Юлия', 'Юля'), null, null],
  [of('Mary Ann', 'Bo Bo'), 'nicknames.no_word', 'nicknames.no_words'],
  [of('a'.repeat(33), 'R2'), 'nicknames.no_word', 'nicknames.no_words'],
  [of('Jörg', 'JORG'), null, 'nicknames.twice'],
  [of('Robert', 'Bo, bo'), null, 'nicknames.twice'],
  [of('Robert', 'abcdefghijklmnopq'.split('').join()), null, 'nicknames.too_many'],
])('%j', (draft, name, nicknames) => {
  expect([nameTrouble(draft, [draft]), nicknamesTrouble(draft)]).toEqual([name, nicknames])
})

test('a name is there once, and a row without a nickname is not complete', () => {
  const both = [of('Robert', 'Bo'), of('robert', 'Bo')]
  expect(nameTrouble(both[0]!, both)).toBe('nicknames.name_twice')
  expect([isComplete(both[0]!, both), isComplete(both[0]!, [both[0]!]), isComplete(of('Ada', ' '), [])]).toEqual([false, true, false])
})

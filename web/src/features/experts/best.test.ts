import { expect, test } from 'vitest'
import { personKey } from '@/shared/desk/state'
import { presencePart } from '@/shared/socket/fixtures'
import type { PersonView, Presence } from '@/shared/socket/types'
import { atBest, entryKey } from './best'

const on = (network: string) => ({ network, address: 'tom' })

function tom(skype: Presence, xmpp: Presence, cannot_ask: string | null = null): PersonView {
  const networks = [
    { person: on('skype'), presence: presencePart(skype), cannot_ask: null },
    { person: on('xmpp'), presence: presencePart(xmpp), cannot_ask },
  ]
  return { person: on('skype'), name: 'Tom', presence: presencePart(skype), networks } as unknown as PersonView
}

test.each([
  ['offline', 'available', null, 'xmpp'],
  ['available', 'available', null, 'skype'],
  ['unknown', 'busy', null, 'xmpp'],
  ['offline', 'available', 'no_network', 'skype'],
] as const)('%s on Skype, %s on XMPP (%s): %s', (skype, xmpp, cannot_ask, best) => {
  expect(atBest(tom(skype, xmpp, cannot_ask), new Map()).person.network).toBe(best)
})

test('what was told since the search counts, and the row stays the same', () => {
  const view = tom('available', 'away')
  const later = { ...presencePart('offline'), as_of_at: 2 }
  const now = atBest(view, new Map([[personKey(on('skype')), later]]))
  expect(now.person).toEqual(on('xmpp'))
  expect(now.presence.presence).toBe('away')
  expect(entryKey(now)).toBe(entryKey(view))
})

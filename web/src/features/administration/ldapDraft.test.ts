import { expect, test } from 'vitest'
import type { ConfiguredNetwork } from '@/api/contract'
import { draftOf, settingsOf } from './ldapDraft'

const network = (id: string, kind: string) => ({ network: id, kind }) as ConfiguredNetwork
const networks = [network('office', 'skype'), network('chat', 'xmpp')]

test('a new source takes Skype addresses from where Skype for Business keeps them', () => {
  const settings = settingsOf({ ...draftOf(null, networks), host: ' dc.example.com ', base: 'dc=example' }, null)
  expect(settings.host).toBe('dc.example.com')
  expect(settings.account).toBeNull()
  expect(settings.every_minutes).toBe(60)
  expect(settings.attributes?.networks).toEqual([{ network: 'office', from: ['msRTCSIP-PrimaryUserSIPAddress', 'proxyAddresses'] }])
})

test('what the form does not show stays', () => {
  const kept = settingsOf({ ...draftOf(null, []), every_minutes: 0 }, null)
  const attributes = { given: ['gn'], networks: [{ network: 'chat', from: ['{uid}@example.com'] }] }
  const draft = draftOf({ ...kept, attributes } as typeof kept, networks)
  expect(draft.networks).toEqual({ office: '', chat: '{uid}@example.com' })
  expect(settingsOf(draft, { ...kept, attributes } as typeof kept)).toEqual({ ...kept, attributes })
})

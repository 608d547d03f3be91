import { expect, test } from 'vitest'
import type { ConfiguredNetwork } from '@/api/contract'
import { draftOf, settingsOf } from './ldapDraft'

const network = (id: string, kind: string) => ({ network: id, kind }) as ConfiguredNetwork
const networks = [network('office', 'skype'), network('chat', 'xmpp')]

test('a new source takes Skype addresses from where Skype for Business keeps them', () => {
  const settings = settingsOf({ ...draftOf(null, networks), host: ' dc.example.com ', base: 'dc=example' })
  expect(settings.host).toBe('dc.example.com')
  expect(settings.account).toBeNull()
  expect(settings.every_minutes).toBe(60)
  expect(settings.attributes?.networks).toEqual([{ network: 'office', from: ['msRTCSIP-PrimaryUserSIPAddress', 'proxyAddresses'] }])
})

test('attributes are as they are kept; the usual ones are an empty text, and none is a hyphen', () => {
  const kept = settingsOf({ ...draftOf(null, []), every_minutes: 0 })
  const attributes = { given: ['gn'], title: [], networks: [{ network: 'chat', from: ['{uid}@example.com'] }] } as unknown as (typeof kept)['attributes']
  const draft = draftOf({ ...kept, attributes }, networks)
  expect(draft.networks).toEqual({ office: '', chat: '{uid}@example.com' })
  expect([draft.attributes.given, draft.attributes.title, draft.attributes.email]).toEqual(['gn', '-', ''])
  expect(settingsOf(draft)).toEqual({ ...kept, attributes })
  const usual = { ...kept.attributes, email: ['mail'] }
  expect(draftOf({ ...kept, attributes: usual }, networks).attributes.email).toBe('')
})

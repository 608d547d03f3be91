import type { ConfiguredNetwork } from '@/api/contract'
import { type AttributeOf, changedOf, listed, typedOf } from './ldapAttributes'
import type { LdapSettings } from './queries'

/** What the form of an LDAP directory holds; texts as they are typed. */
export type LdapDraft = Omit<LdapSettings, 'attributes' | 'account' | 'ca_pem' | 'every_minutes' | 'filter'> & {
  name: string
  password: string
  account: string
  ca_pem: string
  filter: string
  every_minutes: number
  /** Attributes parted by commas; empty for the usual ones. */
  attributes: Record<AttributeOf, string>
  /** By network: attributes parted by commas. */
  networks: Record<string, string>
}

export const PORTS = { tls: 636, start_tls: 389, plain: 389 }
const PEOPLE = '(|(&(objectCategory=person)(objectClass=user))(objectClass=inetOrgPerson))'
/** Where Skype for Business keeps its addresses. */
const SKYPE = 'msRTCSIP-PrimaryUserSIPAddress, proxyAddresses'

/** The draft of what is kept, or of a new source. */
export function draftOf(kept: LdapSettings | null, networks: ConfiguredNetwork[]): LdapDraft {
  const addresses = (network: ConfiguredNetwork) => {
    if (!kept) return network.kind === 'skype' ? SKYPE : ''
    return kept.attributes.networks.find((one) => one.network === network.network)?.from.join(', ') ?? ''
  }
  return {
    name: '',
    password: '',
    host: kept?.host ?? '',
    port: kept?.port ?? PORTS.tls,
    protection: kept?.protection ?? 'tls',
    ca_pem: kept?.ca_pem ?? '',
    account: kept?.account ?? '',
    base: kept?.base ?? '',
    filter: kept?.filter ?? PEOPLE,
    every_minutes: kept ? (kept.every_minutes ?? 0) : 60,
    attributes: typedOf(kept?.attributes),
    networks: Object.fromEntries(networks.map((network) => [network.network, addresses(network)])),
  }
}

/** The settings that a draft means. */
export function settingsOf(draft: LdapDraft): LdapSettings {
  const networks = Object.entries(draft.networks)
    .map(([network, typed]) => ({ network, from: listed(typed) }))
    .filter(({ from }) => from.length > 0)
  return {
    host: draft.host.trim(),
    port: draft.port,
    protection: draft.protection,
    ca_pem: draft.ca_pem.trim() || null,
    account: draft.account.trim() || null,
    base: draft.base.trim(),
    filter: draft.filter.trim(),
    // What is left out is as the server knows it.
    attributes: { ...changedOf(draft.attributes), networks } as LdapSettings['attributes'],
    every_minutes: draft.every_minutes || null,
  }
}

import type { LdapSettings } from './queries'

export type AttributeOf = Exclude<keyof LdapSettings['attributes'], 'networks'>

/** What the server takes where nothing else is set: as Active Directory and OpenLDAP name it. */
export const USUAL: Record<AttributeOf, string[]> = {
  display: ['displayName', 'cn'],
  given: ['givenName'],
  family: ['sn'],
  email: ['mail'],
  phones: ['telephoneNumber', 'mobile'],
  company: ['company', 'o'],
  department: ['department', 'ou'],
  title: ['title'],
  location: ['physicalDeliveryOfficeName', 'l'],
  skills: [],
  key: ['objectGUID', 'entryUUID'],
}

export const ATTRIBUTES = Object.keys(USUAL) as AttributeOf[]

/** What is typed where a thing shall come from no attribute. */
export const NONE = '-'

/** The usual ones are an empty text, so that they stay the server's own. */
export function typedOf(kept: Partial<LdapSettings['attributes']> | undefined): Record<AttributeOf, string> {
  const typed = (name: AttributeOf) => {
    const list = kept?.[name]
    if (list === undefined || list.join() === USUAL[name].join()) return ''
    return list.join(', ') || NONE
  }
  return Object.fromEntries(ATTRIBUTES.map((name) => [name, typed(name)])) as Record<AttributeOf, string>
}

/** The attributes that differ from the usual ones. */
export function changedOf(typed: Record<AttributeOf, string>): Partial<Record<AttributeOf, string[]>> {
  const changed = ATTRIBUTES.filter((name) => typed[name].trim() !== '')
  return Object.fromEntries(changed.map((name) => [name, typed[name].trim() === NONE ? [] : listed(typed[name])]))
}

export function listed(typed: string): string[] {
  return typed
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '')
}

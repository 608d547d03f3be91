import type { PersonId, PersonView } from '../socket/types'

/** Somebody of whom only name and address are known. */
export function personOf(person: PersonId, name: string): PersonView {
  const unknown = { title: null, department: null, company: null, office: null, email: null }
  const phones = { phone: null, mobile: null, home_phone: null, other_phone: null }
  const presence = { presence: 'unknown' as const, activity: null, since_at: null, note: null, as_of_at: null }
  return { person, name, ...unknown, ...phones, kind: 'user', presence }
}

import type { ExpertGroup, ExpertGroupMember } from '@/shared/expert-groups'
import type { PersonView } from '@/shared/socket/types'

/** Groups of which each word typed begins a word of the name. */
export function groupsFor(text: string, groups: ExpertGroup[]): ExpertGroup[] {
  const typed = words(text)
  if (typed.length === 0) return []
  return groups.filter(({ name }) => typed.every((begin) => words(name).some((word) => word.startsWith(begin))))
}

/** Where the mark stands first, among people and then groups: on a group that is named in full, else on the first. */
export function firstMark(text: string, peopleCount: number, groups: ExpertGroup[]): number {
  const named = groups.findIndex(({ name }) => words(name).join(' ') === words(text).join(' '))
  return named === -1 ? 0 : peopleCount + named
}

/** A member as people are shown; the presence comes once somebody watches them. */
export function memberView({ network, address, name }: ExpertGroupMember): PersonView {
  return {
    person: { network, address },
    name,
    title: null,
    department: null,
    company: null,
    office: null,
    email: null,
    phone: null,
    mobile: null,
    home_phone: null,
    other_phone: null,
    kind: 'user',
    presence: { presence: 'unknown', activity: null, since_at: null, note: null, as_of_at: null },
  }
}

function words(text: string): string[] {
  return text.toLowerCase().split(/\s+/).filter(Boolean)
}

import { personKey } from '@/shared/desk/state'
import type { PersonView } from '@/shared/socket/types'
import type { Found } from './useExpertSearch'

/** Skills offered beside those that are chosen. */
const OFFERED = 6

/** The chosen skills, then those that most of the people have. */
export function skillsToOffer(people: PersonView[], chosen: string[]): string[] {
  const counts = new Map<string, number>()
  for (const skill of people.flatMap((one) => one.skills ?? [])) counts.set(skill, (counts.get(skill) ?? 0) + 1)
  const others = [...counts.keys()].filter((skill) => !chosen.includes(skill))
  others.sort((a, b) => (counts.get(b) ?? 0) - (counts.get(a) ?? 0) || a.localeCompare(b))
  return [...chosen, ...others.slice(0, OFFERED)]
}

/** What the networks have found, behind whom the directory knows; a network that refuses matters only where nobody was found. */
export function behind(known: PersonView[], found: Found): Found {
  return { ...found, people: [...known, ...withoutThose(known, found.people)], code: known.length > 0 ? null : found.code }
}

/** The page after those that are shown; a page that did not come can be asked for again. */
export function withPage(found: Found, page: Found): Found {
  if (page.code !== null) return { ...found }
  return { ...page, people: [...found.people, ...withoutThose(found.people, page.people)] }
}

/** Those of `people` who are not shown yet, on whatever network. */
function withoutThose(shown: PersonView[], people: PersonView[]): PersonView[] {
  const known = new Set(shown.flatMap((one) => [one.person, ...(one.networks ?? []).map((network) => network.person)]).map(personKey))
  return people.filter((one) => !known.has(personKey(one.person)))
}

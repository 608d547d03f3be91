import { personKey } from '@/shared/desk/state'
import type { ConsultView, InvitationView, PersonView, PresenceView } from '@/shared/socket/types'
import { ExternalStore } from '@/shared/store/external'
import { keptStore } from '@/shared/store/kept'
import { reachRank } from '@/shared/ui/presence'

const RECENT_COUNT = 8

const FOUND_COUNT = 20

/** The people found lately, newest search first: where "ask another" looks first. */
export const lastFound = new ExternalStore<PersonView[]>([])

export function rememberFound(people: PersonView[]): void {
  if (people.length === 0) return
  const keys = new Set(people.map((one) => personKey(one.person)))
  lastFound.update((old) => [...people, ...old.filter((one) => !keys.has(personKey(one.person)))].slice(0, FOUND_COUNT))
}

/** Whom I asked lately, newest first, by user. */
export const recentPeople = keptStore<Record<string, PersonView[]>>('recent_people', {})

export function rememberPerson(user_id: string, person: PersonView): void {
  recentPeople.update((all) => {
    const others = (all[user_id] ?? []).filter((one) => personKey(one.person) !== personKey(person.person))
    return { ...all, [user_id]: [person, ...others].slice(0, RECENT_COUNT) }
  })
}

/** Whether a person can be asked on some network. */
export function canAsk(view: PersonView): boolean {
  return (view.cannot_ask ?? null) === null
}

/** The invitation that a consult stands at. */
export function latest(consult: ConsultView): InvitationView | null {
  return consult.current === null ? null : (consult.invitations[consult.current] ?? null)
}

/**
 * Who may be asked next in a consult: found or asked lately and not asked in it yet,
 * people who are easy to reach first, otherwise in the order in which they were found.
 */
export function candidatesFor(
  consult: ConsultView | null,
  people: PersonView[],
  presenceOf: (person: PersonView) => PresenceView,
): PersonView[] {
  const seen = new Set(consult?.invitations.map((invitation) => personKey(invitation.person.person)))
  const fresh = people.filter((person) => {
    const key = personKey(person.person)
    if (seen.has(key)) return false
    seen.add(key)
    return true
  })
  return fresh
    .map((person, index) => ({ person, index, rank: reachRank(presenceOf(person).presence) }))
    .sort((a, b) => a.rank - b.rank || a.index - b.index)
    .map(({ person }) => person)
}

import { useDesk } from '@/shared/desk/context'
import { newestPresence, personKey } from '@/shared/desk/state'
import type { EntryNetwork, PersonView, PresenceView } from '@/shared/socket/types'
import { reachRank } from '@/shared/ui/presence'

type Presences = ReadonlyMap<string, PresenceView>

/** A person on the network where they are best reached now; of equals the first one, as the server chooses. */
export function atBest(view: PersonView, presences: Presences): PersonView {
  const usable = (view.networks ?? []).filter((one) => one.cannot_ask === null)
  if (usable.length < 2) return view
  const presenceOf = ({ person, presence }: EntryNetwork) => newestPresence(presences.get(personKey(person)), presence)
  const rankOf = (one: EntryNetwork) => reachRank(presenceOf(one).presence)
  const best = usable.reduce((best, one) => (rankOf(one) < rankOf(best) ? one : best))
  if (personKey(best.person) === personKey(view.person)) return view
  return { ...view, person: best.person, presence: best.presence }
}

/** The same people in the same order, each on the network where they are best reached now. */
export function useAtBest(people: PersonView[]): PersonView[] {
  const presences = useDesk((state) => state.presences)
  return people.map((view) => atBest(view, presences))
}

/** Stays the same while somebody's network changes. */
export function entryKey(view: PersonView): string {
  return personKey(view.networks?.[0]?.person ?? view.person)
}

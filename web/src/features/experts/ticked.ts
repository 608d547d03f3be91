import type { PersonView } from '@/shared/socket/types'
import { ExternalStore } from '@/shared/store/external'
import { entryKey } from './best'

/** As many as one hunt takes. */
export const MOST_TICKED = 20

/** The people who are ticked in the search, in the order of ticking; they outlive the search's text. */
export const ticked = new ExternalStore<PersonView[]>([])

export function isTicked(people: PersonView[], view: PersonView): boolean {
  return people.some((one) => entryKey(one) === entryKey(view))
}

/** Ticks a person, or takes the tick away. */
export function toggleTicked(view: PersonView): void {
  ticked.update((people) => {
    if (isTicked(people, view)) return people.filter((one) => entryKey(one) !== entryKey(view))
    return people.length < MOST_TICKED ? [...people, view] : people
  })
}

import { useEffect } from 'react'
import { useConnection, useDesk } from '@/shared/desk/context'
import { personKey } from '@/shared/desk/state'
import type { PersonView } from '@/shared/socket/types'

const LIMIT = 100

/** Watches the presence of the people on screen, anew after each reconnect. */
export function useWatch(people: PersonView[]): void {
  const connection = useConnection()
  const live = useDesk((state) => state.link === 'live')
  const all = people.flatMap((one) => [one.person, ...(one.networks ?? []).map((network) => network.person)])
  const unique = new Map(all.map((one) => [personKey(one), one]))
  const ids = JSON.stringify([...unique.values()].slice(0, LIMIT))
  useEffect(() => {
    // A refusal only means that presence is not pushed: it stays with its age.
    if (live) connection.command('experts.watch', { people: JSON.parse(ids) as [] }).catch(() => undefined)
  }, [connection, live, ids])
}

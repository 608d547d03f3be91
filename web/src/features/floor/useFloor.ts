import { useEffect } from 'react'
import { useConnection, useDesk } from '@/shared/desk/context'
import type { Floor } from '@/shared/socket/floor'

/** The floor as it is now, from the first picture on; watched while the page is open, anew after each reconnect. */
export function useFloor(): Floor | null {
  const connection = useConnection()
  const live = useDesk((state) => state.link === 'live')
  const gaps = useDesk((state) => state.floor_gaps)
  useEffect(() => {
    // A refusal means that the role was taken away: the picture stays as of then, greyed when the window closes.
    if (live) connection.command('floor.watch', {}).catch(() => undefined)
  }, [connection, live, gaps])
  useEffect(
    () => () => {
      connection.command('floor.leave', {}).catch(() => undefined)
      connection.forgetFloor()
    },
    [connection],
  )
  return useDesk((state) => state.floor)
}

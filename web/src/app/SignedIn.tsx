import { useQueryClient } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import type { SessionView } from '@/api/contract'
import { DeskConnection } from '@/shared/desk/connection'
import { DeskContext } from '@/shared/desk/context'
import { t } from '@/shared/i18n/translate'
import { listenForKeys } from '@/shared/keys/keys'
import { sessionQuery } from '@/shared/session'
import { useStore } from '@/shared/store/external'
import { Empty, Loading } from '@/shared/ui/states'
import { router } from './router'
import { Toasts } from './Toasts'

/** Everything behind the sign-in: opens the desk's socket and waits for the first snapshot. */
export function SignedIn({ session }: { session: SessionView }) {
  const queries = useQueryClient()
  const [connection] = useState(
    () => new DeskConnection(session.user.user_id, () => queries.setQueryData(sessionQuery.queryKey, null)),
  )
  useEffect(() => {
    connection.start()
    const stopKeys = listenForKeys()
    return () => {
      stopKeys()
      connection.stop()
    }
  }, [connection])
  const ready = useStore(connection.store, (state) => state.snapshot !== null)
  const lost = useStore(connection.store, (state) => state.link === 'down')
  // The server refuses the socket of an ended session with 401, which a browser shows only as a failure.
  useEffect(() => {
    if (lost) void queries.invalidateQueries({ queryKey: sessionQuery.queryKey })
  }, [lost, queries])
  return (
    <DeskContext value={connection}>
      {ready ? <RouterProvider router={router} /> : lost ? <Waiting /> : <Loading />}
      <Toasts />
    </DeskContext>
  )
}

function Waiting() {
  return (
    <main>
      <Empty title={t('connection.opening')}>{t('connection.opening_more')}</Empty>
    </main>
  )
}

import { Outlet, useRouterState } from '@tanstack/react-router'
import { Shell } from './Shell'

/** What is around the page: the shell, but for what hangs on a wall. */
export function Frame() {
  const path = useRouterState({ select: (state) => state.location.pathname })
  return path.replace(/\/$/, '') === '/wallboard' ? <Outlet /> : <Shell />
}

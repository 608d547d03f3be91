import { useSnapshot } from '../desk/context'

/** Whether this user may see figures, and so share views. */
export function useSeesFigures(): boolean {
  const roles = useSnapshot((snapshot) => snapshot.me.roles)
  return roles.includes('supervisor') || roles.includes('administrator')
}

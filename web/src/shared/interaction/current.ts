import { useSnapshot } from '../desk/context'
import type { InteractionView } from '../socket/types'

/** The interaction in the middle: the one with a live call, else the latest that waits for its wrap-up. */
export function currentOf(interactions: InteractionView[]): InteractionView | null {
  const live = interactions.find((one) => one.call.state === 'up' && one.state === 'connected')
  return live ?? interactions.at(-1) ?? null
}

export function useCurrent(): InteractionView | null {
  return useSnapshot((snapshot) => currentOf(snapshot.interactions))
}

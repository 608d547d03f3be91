import { useCallback } from 'react'
import { keptStore } from './kept'
import { useStore } from './external'

/** The attached-data keys ticked for the handover, by interaction. */
const ticks = keptStore<Record<string, string[]>>('ticks', {})
const none: string[] = []

export function useTicks(interaction_id: string | null): string[] {
  return useStore(ticks, (all) => (interaction_id === null ? none : (all[interaction_id] ?? none)))
}

export function setTicks(interaction_id: string, keys: string[]): void {
  ticks.update((all) => ({ ...all, [interaction_id]: keys }))
}

/** Ticks or unticks one key. */
export function useToggleTick(interaction_id: string): (key: string, on: boolean) => void {
  return useCallback(
    (key, on) => {
      const old = ticks.current()[interaction_id] ?? none
      const without = old.filter((one) => one !== key)
      setTicks(interaction_id, on ? [...without, key] : without)
    },
    [interaction_id],
  )
}

/** Forgets the ticks of interactions that are over. */
export function keepTicksOf(interaction_ids: string[]): void {
  ticks.update((all) => {
    const kept = Object.entries(all).filter(([id]) => interaction_ids.includes(id))
    return kept.length === Object.keys(all).length ? all : Object.fromEntries(kept)
  })
}

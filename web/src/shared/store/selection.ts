import type { HuntMode, PersonView } from '../socket/types'
import { keptStore } from './kept'

/** The group whose experts are asked, with how it wants them asked. */
export type ChosenGroup = { group_id: string; name: string; mode: HuntMode; within_ms: number }

/** What the experts pane shows below the chips. */
export type Selection =
  | { kind: 'nothing' }
  | { kind: 'consult'; consult_id: string }
  /** The form that asks an expert; with consult_id the next one of the same consult. `chosen` where the agent has chosen the network. */
  | { kind: 'ask'; person: PersonView; consult_id: string | null; chosen?: boolean }
  /** The form that asks several people; with consult_id in that consult. */
  | { kind: 'hunt'; people: PersonView[]; consult_id: string | null; group?: ChosenGroup }
  /** The search waits for the next expert of this consult. */
  | { kind: 'choose'; consult_id: string }

export const selection = keptStore<Selection>('selection', { kind: 'nothing' })

export function showConsult(consult_id: string): void {
  selection.set({ kind: 'consult', consult_id })
}

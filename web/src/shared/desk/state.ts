import { apply } from '../socket/apply'
import type { LinkState } from '../socket/client'
import { applyFloor, type Floor } from '../socket/floor'
import type { DeskEvent, LineState, PersonId, PresenceView, ServerFrame, Snapshot } from '../socket/types'

/** A message that the server has not acknowledged yet. It survives a reload. */
export type OutboxItem = {
  command_id: string
  message_id: string
  consult_id: string
  text: string
  keys: string[]
  at: number
  /** The refusal's code; null while it is on its way. */
  failed: string | null
}

/** Everything that the desk knows; replaced as a whole, never mutated. */
export type DeskState = {
  snapshot: Snapshot | null
  epoch: string | null
  link: LinkState
  /** When the connection was lost, in server time; null while it is live. */
  lost_at: number | null
  /** The newest presence heard of, by person key. */
  presences: ReadonlyMap<string, PresenceView>
  /** Consults whose expert is typing. */
  typing: ReadonlySet<string>
  line: LineState | null
  /** How often the favourites have changed; who shows them asks again. */
  favourites_changed: number
  /** What supervisors watch; null while no page watches it. */
  floor: Floor | null
  /** How often news of it went missing; who watches asks anew. */
  floor_gaps: number
  /** The server cannot save anything at present. */
  trouble: boolean
  outbox: OutboxItem[]
}

export const emptyDesk: DeskState = {
  snapshot: null,
  epoch: null,
  link: 'closed',
  lost_at: null,
  presences: new Map(),
  typing: new Set(),
  line: null,
  favourites_changed: 0,
  floor: null,
  floor_gaps: 0,
  trouble: false,
  outbox: [],
}

/** The desk after one frame from the server. */
export function receive(state: DeskState, frame: ServerFrame): DeskState {
  switch (frame.type) {
    case 'snapshot':
      return { ...state, snapshot: frame.snapshot, epoch: frame.epoch, typing: new Set(), trouble: false }
    case 'resumed':
      return { ...state, epoch: frame.epoch, trouble: false }
    case 'event':
      return receiveEvent(state, frame as unknown as DeskEvent, frame.seq)
    case 'presence':
      return { ...state, presences: withPresences(state.presences, frame.people) }
    case 'favourites':
      return { ...state, favourites_changed: state.favourites_changed + 1 }
    case 'typing':
      return { ...state, typing: withTyping(state.typing, frame.consult_id, frame.typing) }
    case 'queues':
      return state.snapshot ? { ...state, snapshot: { ...state.snapshot, queues: frame.queues } } : state
    case 'floor': {
      const floor = applyFloor(state.floor, frame)
      return floor ? { ...state, floor } : { ...state, floor_gaps: state.floor_gaps + 1 }
    }
    case 'trouble':
      return { ...state, trouble: frame.words !== null }
    case 'line':
      return { ...state, line: frame.state }
    default:
      return state
  }
}

function receiveEvent(state: DeskState, event: DeskEvent, seq: number): DeskState {
  if (!state.snapshot) return state
  const snapshot = apply(state.snapshot, event, seq)
  const typing =
    event.event === 'message' && event.message.by === 'expert'
      ? withTyping(state.typing, event.message.consult_id, false)
      : state.typing
  return { ...state, snapshot, typing }
}

/** A key for maps: the network and the address of a person. */
export function personKey(person: PersonId): string {
  return `${person.network}\u0000${person.address}`
}

function withPresences(
  presences: ReadonlyMap<string, PresenceView>,
  people: { person: PersonId; presence: PresenceView }[],
): ReadonlyMap<string, PresenceView> {
  const next = new Map(presences)
  for (const { person, presence } of people) next.set(personKey(person), presence)
  return next
}

function withTyping(typing: ReadonlySet<string>, consult_id: string, on: boolean): ReadonlySet<string> {
  if (typing.has(consult_id) === on) return typing
  const next = new Set(typing)
  if (on) next.add(consult_id)
  else next.delete(consult_id)
  return next
}

/** The presence to show: the newer of what was pushed and what came with the view. */
export function newestPresence(pushed: PresenceView | undefined, shown: PresenceView): PresenceView {
  if (!pushed) return shown
  return (pushed.as_of_at ?? 0) >= (shown.as_of_at ?? 0) ? pushed : shown
}

import type { FloorFrame } from './floor'

/** The desk's socket, by docs/integrators/desk-socket.md. Moments are UTC milliseconds. */

export type Role = 'agent' | 'supervisor' | 'administrator'

export type Snapshot = {
  seq: number
  server_at: number
  me: Me
  /** null for a user who is not an agent. */
  agent: AgentView | null
  offer: OfferView | null
  /** Mine and not completed; at most one has a live call. */
  interactions: InteractionView[]
  /** Mine and open, or of an interaction above, oldest first. */
  consults: ConsultView[]
  /** Of those consults, by (consult_id, at, message_id). */
  messages: MessageView[]
  networks: NetworkView[]
  queues: QueueFigures[]
  dispositions: DispositionChoice[]
  not_ready_reasons: string[]
  today: TodayView
  limits: Limits
}

export type Me = { user_id: string; name: string; sign_in_name: string; roles: Role[]; language: 'en' | 'de' | null }
export type DispositionChoice = { disposition_id: string; name: string; queue_ids: string[] }
export type Limits = { message_chars: number; note_chars: number; answer_within_ms: number; link_for_ms: number | null }

export type AgentState = 'signed_out' | 'not_ready' | 'ready' | 'offered' | 'engaged' | 'wrap_up'

export type AgentView = {
  state: AgentState
  reason: string | null
  since_at: number
  /** What was asked for during a call. */
  next: { state: 'ready' | 'not_ready'; reason: string | null } | null
}

export type OfferView = {
  offer_id: string
  interaction_id: string
  queue_name: string
  caller_number: string
  caller_name: string | null
  offered_at: number
  expires_at: number
  waited_ms: number
}
export type OfferOutcome = 'accepted' | 'declined' | 'no_answer' | 'caller_gone' | 'withdrawn'

export type EndReason =
  | 'caller_hung_up'
  | 'agent_hung_up'
  | 'caller_cancelled'
  | 'media_lost'
  | 'session_expired'
  | 'server_restarted'
  | 'failed'

export type CallView = {
  state: 'up' | 'ended'
  end_reason: EndReason | null
  held: boolean
  held_by_caller: boolean
  muted: boolean
  held_since_at: number | null
  held_total_ms: number
  desk_away: boolean
}

/** value is '' when private and hidden. */
export type AttachedDatum = { key: string; label: string; value: string; private: boolean }

export type WrapUpMode =
  | 'optional'
  | 'mandatory'
  | 'mandatory_timeout'
  | 'mandatory_forced_timeout'
  | 'agent_requested'

export type WrapUpView = {
  mode: WrapUpMode
  requested: boolean
  disposition_id: string | null
  note: string
  saved_at: number | null
  deadline_at: number | null
}

export type InteractionView = {
  interaction_id: string
  state: 'queued' | 'connected' | 'wrap_up' | 'completed'
  queue_id: string
  queue_name: string
  caller_number: string
  caller_name: string | null
  dialled_number: string
  started_at: number
  answered_at: number | null
  call_ended_at: number | null
  call: CallView
  attached: AttachedDatum[]
  wrap_up: WrapUpView
}

export type PersonId = { network: string; address: string }
export type Presence = 'available' | 'busy' | 'in_a_call' | 'do_not_disturb' | 'away' | 'offline' | 'unknown'
export type Note = { text: string; out_of_office: boolean }
export type PresenceView = {
  presence: Presence
  activity: string | null
  /** Since when, where that is known. */
  since_at: number | null
  note: Note | null
  as_of_at: number | null
}

export type PersonView = {
  person: PersonId
  name: string
  title: string | null
  department: string | null
  company: string | null
  office: string | null
  email: string | null
  phone: string | null
  mobile: string | null
  home_phone: string | null
  other_phone: string | null
  kind: 'user' | 'bot' | 'phone'
  presence: PresenceView
  /** Of people of the directory: their networks, in the order of preference. */
  networks?: EntryNetwork[]
  /** Of people of the directory: what they know. */
  skills?: string[]
  /** Of people of the directory: why they cannot be asked. */
  cannot_ask?: string | null
}

/** A network of a person of the directory. */
export type EntryNetwork = { person: PersonId; presence: PresenceView; cannot_ask: string | null }

export type Favourite = { person: PersonView; groups: string[] }

/** A message of an earlier chat, as the network has kept it. */
export type EarlierMessage = { own: boolean; text: string; subject: string | null; at: number }

export type Importance = 'normal' | 'urgent' | 'emergency'

export type Outcome = 'solved' | 'partly' | 'not_solved'
export type InvitationState =
  | 'sending'
  | 'alerting'
  | 'accepted'
  | 'declined'
  | 'no_answer'
  | 'unreachable'
  | 'withdrawn'
  | 'taken'
  | 'missed'
  | 'answered_elsewhere'

export type InvitationView = {
  number: number
  person: PersonView
  by: 'agent' | 'expert'
  state: InvitationState
  reason: string | null
  question: string
  shared: string[]
  asked_at: number
  expires_at: number
  settled_at: number | null
  left_at: number | null
  /** Why the chat was cut off, where the expert did not leave it. */
  cut_off: 'licence_taken' | 'signed_out' | null
  /** What it is about, where the expert began and said so. */
  subject: string | null
  importance: Importance
  /** It rings in my other clients alone. */
  quiet: boolean
  /** The queue whose team the expert wrote to, where it was not me. */
  queue_name: string | null
  /** The network's own words on how it ended. */
  words: string | null
  /** The link that it carried in place of data. */
  link: LinkView | null
}

export type LinkView = {
  expires_at: number
  opened_at: number | null
  view_count: number
  revoked_at: number | null
  /** Who would know better, as the expert who said no named them. */
  better: string | null
  /** The chat is held on the page. */
  holds_chat: boolean
}

export type ConsultState = 'choosing' | 'inviting' | 'ringing' | 'talking' | 'ended'

export type HuntMode = 'one_by_one' | 'all_at_once'
export type SkipReason = 'offline' | 'do_not_disturb' | 'quiet_hours' | 'at_limit' | 'no_network'

/** Somebody who helped before; label is null where the topic is a disposition. */
export type HelpedView = {
  person: PersonView
  topic: { kind: 'disposition' | 'data'; label: string | null; value: string }
  count: number
  last_at: number
}

/** Several people asked until one comes. */
export type HuntView = {
  mode: HuntMode
  /** How long each may think. */
  within_ms: number
  /** It and all later invitations are the hunt's while it is on. */
  first_invitation: number
  /** The next first; after the end, who was not asked. */
  waiting: PersonView[]
  skipped: { person: PersonView; reason: SkipReason; at: number }[]
  /** Null: it is on. */
  end: 'answered' | 'nobody_left' | 'stopped' | 'consult_ended' | null
}

export type ConsultView = {
  consult_id: string
  interaction_id: string | null
  network: string
  state: ConsultState
  question: string
  share: string[]
  /** Oldest first. */
  invitations: InvitationView[]
  /** The place of the invitation that counts: pending, open, or settled last. */
  current: number | null
  /** The hunt that is on, or was the last. */
  hunt: HuntView | null
  outcome: Outcome | null
  unread_count: number
  started_at: number
  ended_at: number | null
}

export type MessageState = 'sending' | 'sent' | 'delivered' | 'failed'

export type MessageView = {
  message_id: string
  consult_id: string
  by: 'agent' | 'expert'
  author_name: string
  text: string
  /** The same as safe HTML, where an expert's client used it. */
  html: string | null
  at: number
  state: MessageState
  reason: string | null
  shared: string[]
}

export type NetworkState = 'not_licensed' | 'not_connected' | 'connecting' | 'up' | 'down' | 'refused'

export type NetworkView = {
  network: string
  name: string
  state: NetworkState
  code: string | null
  words: string | null
  since_at: number
  /** Bytes of UTF-8. */
  longest_message: number
  longest_opening: number
  favourites: 'none' | 'read' | 'write'
  photos: boolean
  history: boolean
  importance: boolean
  own_presence: boolean
  /** Agents connect an account of their own there. */
  accounts: boolean
}

export type QueueFigures = {
  queue_id: string
  name: string
  waiting_count: number
  longest_waiting_since_at: number | null
  agents_ready_count: number
}

export type TodayView = { handled_count: number; talk_ms: number; wrap_up_ms: number; consult_count: number }

export type Notice = {
  code: string
  person_name?: string
  consult_id?: string
  interaction_id?: string
  network_name?: string
  queue_name?: string
  digit?: string
}

export type DeskEvent =
  | { event: 'agent'; agent: AgentView }
  | { event: 'offer'; offer: OfferView | null; outcome?: OfferOutcome }
  | { event: 'interaction'; interaction: InteractionView }
  | { event: 'consult'; consult: ConsultView }
  | { event: 'consult_closed'; consult_id: string }
  | { event: 'message'; message: MessageView }
  | { event: 'today'; today: TodayView }
  | { event: 'network'; network: NetworkView }
  | { event: 'notice'; notice: Notice }

export type LineState = 'up' | 'down' | 'replaced'

export type ServerFrame =
  | { type: 'snapshot'; epoch: string; snapshot: Snapshot }
  | { type: 'resumed'; epoch: string; seq: number }
  | ({ type: 'event'; seq: number } & { event: DeskEvent['event'] } & Record<string, unknown>)
  | { type: 'done'; re: string; result?: unknown }
  | { type: 'refused'; re: string; code: string; message: string }
  | { type: 'presence'; people: { person: PersonId; presence: PresenceView }[] }
  | { type: 'favourites' }
  | { type: 'typing'; consult_id: string; typing: boolean }
  | { type: 'queues'; queues: QueueFigures[] }
  | { type: 'line'; state: LineState }
  | FloorFrame
  | { type: 'trouble'; words: string | null }

/** Where the next page of a search begins, by network. */
export type NextPage = Record<string, number>

/** Fields and answer of each command. */
export type Commands = {
  'agent.ready': [object, object]
  'agent.not_ready': [{ reason: string }, object]
  'offer.accept': [{ offer_id: string }, { interaction_id: string }]
  'offer.decline': [{ offer_id: string }, object]
  'call.hold': [{ interaction_id: string }, object]
  'call.resume': [{ interaction_id: string }, object]
  'call.mute': [{ interaction_id: string; muted: boolean }, object]
  'call.digit': [{ interaction_id: string; digit: string }, object]
  'call.hang_up': [{ interaction_id: string }, object]
  'wrap_up.save': [{ interaction_id: string; disposition_id: string | null; note: string }, object]
  'wrap_up.request': [{ interaction_id: string; requested: boolean }, object]
  'wrap_up.done': [{ interaction_id: string }, object]
  'experts.search': [
    { text: string; network: string | null; after: NextPage | null },
    { people: PersonView[]; more: boolean; next: NextPage | null; silent: string[] },
  ]
  'experts.directory': [{ text: string; skills: string[] }, { people: PersonView[] }]
  'experts.favourites': [object, { favourites: Favourite[] }]
  'experts.set_favourite': [{ person: PersonId; favourite: boolean }, object]
  'experts.history': [{ person: PersonId }, { messages: EarlierMessage[] }]
  'experts.helped': [{ interaction_id: string }, { helped: HelpedView[] }]
  'experts.reach': [{ people: PersonId[] }, { against: { person: PersonId; reason: SkipReason }[] }]
  'experts.watch': [{ people: PersonId[] }, object]
  'consult.start': [
    { interaction_id: string | null; person: PersonId; question: string; share: string[]; as_link: boolean; importance: Importance },
    { consult_id: string },
  ]
  'consult.ask': [{ consult_id: string; person: PersonId; question: string; share: string[]; as_link: boolean; importance: Importance }, object]
  'consult.hunt': [
    {
      consult_id: string | null
      interaction_id: string | null
      people: PersonId[]
      mode: HuntMode
      within_ms: number
      question: string
      share: string[]
      as_link: boolean
      importance: Importance
    },
    { consult_id: string },
  ]
  'consult.hunt_stop': [{ consult_id: string }, object]
  'consult.hunt_jump': [{ consult_id: string; person: PersonId }, object]
  'consult.hunt_add': [{ consult_id: string; person: PersonId }, object]
  'consult.accept': [{ consult_id: string }, object]
  'consult.decline': [{ consult_id: string; reason: string | null }, object]
  'consult.withdraw': [{ consult_id: string }, object]
  'consult.say': [{ consult_id: string; message_id: string; text: string }, object]
  'consult.revoke_link': [{ consult_id: string; invitation: number }, object]
  'consult.retry': [{ consult_id: string; message_id: string }, object]
  'consult.share': [{ consult_id: string; message_id: string; keys: string[] }, object]
  'consult.typing': [{ consult_id: string }, never]
  'consult.read': [{ consult_id: string }, object]
  'consult.end': [{ consult_id: string; outcome: Outcome | null }, object]
  'consult.outcome': [{ consult_id: string; outcome: Outcome }, object]
  'line.offer': [{ sdp: string }, { sdp: string }]
  'line.close': [object, object]
  'floor.watch': [object, object]
  'floor.leave': [object, object]
  'floor.assign': [{ interaction_id: string; agent_id: string }, object]
  'floor.set_priority': [{ interaction_id: string; priority: number }, object]
  'floor.set_member': [{ queue_id: string; agent_id: string; active: boolean }, object]
  'floor.log_out': [{ agent_id: string }, object]
}
export type Op = keyof Commands

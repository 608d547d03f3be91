/**
 * The HTTP API as the desk uses it, in the form that openapi-typescript writes. It stands in until the
 * server's own description is generated into schema.d.ts; the views keep their names there.
 */
export type Role = 'agent' | 'supervisor' | 'administrator'
export type Language = 'en' | 'de'

export type SessionView = {
  user: { user_id: string; name: string; sign_in_name: string; roles: Role[]; language: Language | null }
  csrf: string
  version: string
  time_zone: string | null
}
export type Problem = {
  title: string
  status: number
  code: string
  detail?: string
  errors?: { field: string; message: string }[]
}
export type NetworkAccountView = {
  network: string
  name: string
  kind: string
  connected: boolean
  sign_in_name: string | null
  address: string | null
  needs_account: boolean
  takes_password: boolean
  has_company_page: boolean
  state: string
  code: string | null
  words: string | null
}
export type NetworkSignIn = { sign_in_name: string; user_name?: string; password: string; address?: string }

export type Incoming = 'accept' | 'ask' | 'on_call'
export type AgentChoices = { incoming: Incoming | null; shows_calls: boolean }

export type InteractionRow = {
  interaction_id: string
  started_at: number
  ended_at: number | null
  queue_id: string
  queue_name: string
  caller_number: string
  caller_name: string | null
  agent_id: string | null
  agent_name: string | null
  disposition_id: string | null
  disposition_name: string | null
  talk_ms: number
  hold_ms: number
  wait_ms: number
  consult_count: number
  state: string
  end_reason: string | null
  has_note: boolean
}
export type InteractionsPage = { rows: InteractionRow[]; next_cursor: string | null; searched_to_at: number | null }
export type InteractionFilters = {
  from_at?: number
  to_at?: number
  agent_id?: string
  queue_id?: string
  disposition_id?: string
  skill_id?: string
  language_id?: string
  with_consult?: boolean
  answered?: boolean
  held?: boolean
  with_note?: boolean
  wait_least_ms?: number
  wait_most_ms?: number
  talk_least_ms?: number
  talk_most_ms?: number
  hold_least_ms?: number
  hold_most_ms?: number
  wrap_up_least_ms?: number
  wrap_up_most_ms?: number
  number?: string
  text?: string
  cursor?: string
  limit?: number
}
export type TimelineEntry = { at: number; kind: string; by_name: string | null; params: Record<string, string> }
export type PastInvitation = {
  number: number
  person: { name: string; title: string | null; department: string | null }
  by: 'agent' | 'expert'
  state: 'sending' | 'alerting' | 'accepted' | 'declined' | 'no_answer' | 'unreachable' | 'withdrawn' | 'missed' | 'answered_elsewhere'
  reason: string | null
  words: string | null
  subject: string | null
  importance: 'normal' | 'urgent' | 'emergency'
  question: string
  shared: string[]
  asked_at: number
  expires_at: number
  settled_at: number | null
  left_at: number | null
  queue_name: string | null
  cut_off: string | null
  link: { view_count: number; opened_at: number | null; revoked_at: number | null; better: string | null } | null
}
export type PastMessage = {
  message_id: string
  consult_id: string
  by: 'agent' | 'expert'
  author_name: string
  text: string
  html: string | null
  at: number
  state: 'sending' | 'sent' | 'delivered' | 'failed'
  reason: string | null
  shared: string[]
}
export type PastConsult = {
  consult_id: string
  agent_name: string | null
  state: 'choosing' | 'inviting' | 'ringing' | 'talking' | 'ended'
  outcome: 'solved' | 'partly' | 'not_solved' | null
  started_at: number
  ended_at: number | null
  question: string
  invitations: PastInvitation[]
  messages: PastMessage[]
}
export type InteractionDetail = InteractionRow & {
  dialled_number: string
  asked: { ability_id: string; kind: AbilityKind; name: string }[]
  attached: { key: string; label: string; value: string; private: boolean }[]
  note: string
  answered_at: number | null
  call_ended_at: number | null
  legs: { participant: string; role: string; joined_at: number; left_at: number | null }[]
  timeline: TimelineEntry[]
  consults: PastConsult[]
}
export type DirectoryView = {
  agents: { user_id: string; name: string }[]
  queues: { queue_id: string; name: string }[]
  dispositions: { disposition_id: string; name: string; active: boolean }[]
  abilities: { ability_id: string; kind: AbilityKind; name: string; active: boolean }[]
}
export type ConsultSummary = {
  consult_id: string
  person_name: string
  person: { network: string; address: string } | null
  by: string | null
  invitation: string | null
  queue_name: string | null
  started_at: number
  state: string
  outcome: string | null
  interaction_id: string | null
  last_text: string | null
}
export type UserView = {
  user_id: string
  sign_in_name: string
  name: string
  roles: Role[]
  active: boolean
  queue_ids: string[]
  licences: string[]
  language: Language | null
}
export type UserChange = Partial<Omit<UserView, 'user_id'>> & { password?: string }
export type NewUser = { sign_in_name: string; name: string; password: string; roles: Role[]; queue_ids: string[]; licences: string[] }
export type WrapUpMode = 'optional' | 'mandatory' | 'mandatory_timeout' | 'mandatory_forced_timeout' | 'agent_requested'
export type QueueView = {
  queue_id: string
  name: string
  numbers: string[]
  member_ids: string[]
  offer_timeout_ms: number
  wrap_up_mode: WrapUpMode
  wrap_up_timeout_ms: number | null
  team_address: string | null
  active: boolean
}
export type QueueChange = Partial<Omit<QueueView, 'queue_id'>>
export type DispositionView = { disposition_id: string; name: string; queue_ids: string[]; active: boolean }
export type DispositionChange = Partial<Omit<DispositionView, 'disposition_id'>>
export type AbilityKind = 'skill' | 'language'
export type Ability = { ability_id: string; kind: AbilityKind; name: string; tag: string | null; active: boolean }
export type UserAbility = { ability_id: string; proficiency: number }
export type QueueRing = { stay_ms: number; drops: string[] }
export type QueueRouting = {
  evaluation: 'all' | 'best' | 'none'
  scoring: 'conversation' | 'priority'
  priority: number
  asks: string[]
  rings: QueueRing[]
}
export type DemandRule = { source: 'attached' | 'dialled'; key: string; value: string; ability_id: string }
export type AttachedDataKey = { key: string; label: string; private: boolean; hidden: boolean }
export type AttachedDataSettings = { keys: AttachedDataKey[] }
export type NetworkTrouble = { code: string; words: string; agent_count: number }
export type ConfiguredNetwork = {
  network: string
  name: string
  kind: string
  team_domain: string | null
  address: string | null
  seat_count: number | null
  seats_taken_count: number
  signed_in_count: number
  troubles: NetworkTrouble[]
}

type Json<T> = { headers: { [name: string]: unknown }; content: { 'application/json': T } }
type Failure = { default: { headers: { [name: string]: unknown }; content: { 'application/problem+json': Problem } } }
type Empty = { headers: { [name: string]: unknown }; content?: never }
type Get<T, Query = never, Path = never> = {
  parameters: { query?: Query; path: Path; header?: never; cookie?: never }
  requestBody?: never
  responses: { 200: Json<T> } & Failure
}
type List<T, Query = never> = {
  parameters: { query?: Query; path?: never; header?: never; cookie?: never }
  requestBody?: never
  responses: { 200: Json<T> } & Failure
}
type Send<Body, T, Path = never> = {
  parameters: [Path] extends [never] ? { path?: never } : { path: Path }
  requestBody: { content: { 'application/json': Body } }
  responses: ([T] extends [never] ? { 204: Empty } : { 200: Json<T> }) & Failure
}
type Remove<Path = never> = {
  parameters: [Path] extends [never] ? { path?: never } : { path: Path }
  requestBody?: never
  responses: { 204: Empty } & Failure
}

export interface paths {
  '/api/v1/session': {
    get: List<SessionView>
    post: Send<{ sign_in_name: string; password: string }, SessionView>
    delete: Remove
  }
  '/api/v1/sessions': { delete: Remove }
  '/api/v1/me/password': { put: Send<{ old: string; new: string }, never> }
  '/api/v1/me/language': { put: Send<{ language: Language | null }, never> }
  '/api/v1/me/choices': { get: List<AgentChoices>; put: Send<AgentChoices, never> }
  '/api/v1/me/networks': { get: List<NetworkAccountView[]> }
  '/api/v1/me/networks/{network}': {
    put: Send<NetworkSignIn, never, { network: string }>
    delete: Remove<{ network: string }>
  }
  '/api/v1/me/networks/{network}/authorisation': { post: Send<{ sign_in_name: string }, { url: string }, { network: string }> }
  '/api/v1/me/authorisation': { post: Send<{ state: string; code: string }, never> }
  '/api/v1/me/consults': { get: List<ConsultSummary[], { state?: string; limit?: number }> }
  '/api/v1/interactions': { get: List<InteractionsPage, InteractionFilters> }
  '/api/v1/interactions/{id}': { get: Get<InteractionDetail, never, { id: string }> }
  '/api/v1/directory': { get: List<DirectoryView> }
  '/api/v1/users': { get: List<UserView[]>; post: Send<NewUser, UserView> }
  '/api/v1/users/{id}': { patch: Send<UserChange, UserView, { id: string }> }
  '/api/v1/queues': { get: List<QueueView[]>; post: Send<QueueChange, QueueView> }
  '/api/v1/queues/{id}': { patch: Send<QueueChange, QueueView, { id: string }> }
  '/api/v1/dispositions': { get: List<DispositionView[]>; post: Send<DispositionChange, DispositionView> }
  '/api/v1/dispositions/{id}': { patch: Send<DispositionChange, DispositionView, { id: string }> }
  '/api/v1/settings/attached-data': {
    get: List<AttachedDataSettings>
    put: Send<AttachedDataSettings, AttachedDataSettings>
  }
  '/api/v1/networks': { get: List<ConfiguredNetwork[]> }
}

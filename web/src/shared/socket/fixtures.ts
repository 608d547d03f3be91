import type { ConsultView, InteractionView, InvitationView, MessageView, PersonView, Presence, PresenceView, Snapshot } from './types'

/** Views for tests: complete, with what the test cares about put over them. */
export function person(address: string, part: Partial<PersonView> = {}): PersonView {
  const about = { title: null, department: null, company: null, office: null, email: null, phone: null, mobile: null, home_phone: null, other_phone: null }
  const presence = presencePart('available')
  return { person: { network: 'skype', address }, name: address, ...about, kind: 'user', presence, ...part }
}

/** A presence of which nothing else is known. */
export function presencePart(presence: Presence): PresenceView {
  return { presence, activity: null, since_at: null, note: null, as_of_at: 1 }
}

/** An invitation that was just sent. */
export function invitation(number: number, part: Partial<InvitationView> = {}): InvitationView {
  return {
    number, person: person(`p${number}`), by: 'agent', state: 'alerting', reason: null, question: 'Why?', shared: [],
    asked_at: 0, expires_at: 30_000, settled_at: null, left_at: null, cut_off: null, subject: null, importance: 'normal', quiet: false, queue_name: null, words: null, link: null,
    ...part,
  }
}

export function interaction(interaction_id: string, part: Partial<InteractionView> = {}): InteractionView {
  return {
    interaction_id,
    state: 'connected',
    queue_id: 'q1',
    queue_name: 'Billing',
    caller_number: '+49305550',
    caller_name: null,
    dialled_number: '0800',
    started_at: 0,
    answered_at: 1000,
    call_ended_at: null,
    call: {
      state: 'up', end_reason: null, held: false, held_by_caller: false, muted: false,
      held_since_at: null, held_total_ms: 0, desk_away: false,
    },
    attached: [],
    wrap_up: { mode: 'optional', requested: false, disposition_id: null, note: '', saved_at: null, deadline_at: null },
    ...part,
  }
}

export function consult(consult_id: string, part: Partial<ConsultView> = {}): ConsultView {
  return {
    consult_id, interaction_id: null, network: 'skype', state: 'talking', question: '', share: [], invitations: [],
    current: null, hunt: null, outcome: null, unread_count: 0, started_at: 0, ended_at: null, ...part,
  }
}

export function message(message_id: string, part: Partial<MessageView> = {}): MessageView {
  return {
    message_id, consult_id: 'c1', by: 'agent', author_name: 'Dana', text: message_id, html: null, at: 0, state: 'sent',
    reason: null, shared: [], ...part,
  }
}

export function snapshot(part: Partial<Snapshot> = {}): Snapshot {
  return {
    seq: 10,
    server_at: 0,
    me: { user_id: 'u1', name: 'Dana', sign_in_name: 'dana', roles: ['agent'], language: null },
    agent: { state: 'ready', reason: null, since_at: 0, next: null },
    offer: null,
    interactions: [],
    consults: [],
    messages: [],
    networks: [],
    queues: [],
    dispositions: [],
    not_ready_reasons: ['break'],
    today: { handled_count: 0, talk_ms: 0, wrap_up_ms: 0, consult_count: 0 },
    limits: { message_chars: 4000, note_chars: 10_000, answer_within_ms: 30_000, link_for_ms: null },
    ...part,
  }
}

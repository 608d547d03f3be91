/** The metrics of the queues' view, in order. */
export const QUEUE_METRICS = [
  'offered', 'answered', 'answered_percent', 'abandoned', 'abandoned_percent', 'flowed_out', 'service_level', 'asa',
  'average_wait', 'handled', 'aht', 'average_talk', 'average_hold', 'average_wrap_up', 'transferred', 'consults', 'solved_percent',
] as const

/** Those that are there to be chosen. */
export const QUEUE_EXTRA = [
  'abandoned_short', 'average_abandon_wait', 'wrap_up_ratio', 'hold_ratio', 'blind_transfers', 'consult_transfers', 'transferred_percent',
  'not_responding', 'invitations', 'time_to_reply', 'time_to_solution', 'consult_hold',
] as const

/** The metrics of the agents' view, in order. */
export const AGENT_METRICS = [
  'handled', 'aht', 'average_talk', 'average_hold', 'average_wrap_up', 'occupancy', 'handled_per_hour', 'answered', 'not_responding',
  'transferred', 'consults', 'solved_percent',
] as const

export const AGENT_EXTRA = [
  'alerts', 'average_alert', 'wrap_up_ratio', 'hold_ratio', 'blind_transfers', 'consult_transfers', 'transferred_percent', 'invitations',
  'experts_per_consult', 'attempts_per_solved', 'time_to_solution', 'consult_hold',
] as const

/** Time in these is shown for agents; the first three unasked. */
export const STATE_WORDS = ['ready', 'engaged', 'wrap_up', 'offered', 'break', 'meal', 'meeting', 'training', 'other', 'not_responding', 'signed_in', 'desk_closed'] as const

/** The metrics of codes. */
export const CODE_METRICS = ['handled', 'aht', 'average_talk', 'average_hold', 'average_wrap_up', 'transferred', 'transferred_percent'] as const

/** The metrics of experts. */
export const EXPERT_METRICS = [
  'invitations', 'invitations_accepted', 'invitations_declined', 'invitations_no_answer', 'invitations_unreachable', 'invitations_withdrawn',
  'missed_percent', 'declined_percent', 'expert_service_level', 'time_to_accept', 'time_to_reply',
] as const

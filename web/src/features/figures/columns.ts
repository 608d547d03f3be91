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

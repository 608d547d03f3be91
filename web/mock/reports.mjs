// Reports and schedules for the stand-in: some of each state, with long names.
const DAY_MS = 86_400_000
const nothing = { queue_ids: [], agent_ids: [], disposition_ids: [], ability_ids: [], media: [], grain: null }
const kinds = { grain: 'grain', queue_ids: 'queues', agent_ids: 'users', disposition_ids: 'dispositions', ability_ids: 'abilities', media: 'media' }

const TITLES = {
  'queue-summary': ['Queue Summary', 'Warteschlangen: Übersicht'],
  'queue-daily': ['Queue Daily', 'Warteschlangen nach Tagen'],
  'service-level': ['Service Level', 'Servicelevel'],
  'agent-status-timeline': ['Agent Status Timeline', 'Agenten: Zustände im Verlauf'],
  'interaction-details': ['Interaction Details', 'Interaktionen im Einzelnen'],
  'wrap-up-summary': ['Wrap-up Summary', 'Ergebnisse: Übersicht'],
  'expert-workload': ['Expert Workload', 'Experten: Belastung'],
}
const TAKES = {
  'queue-summary': ['queue_ids', 'media'],
  'queue-daily': ['grain', 'queue_ids', 'media'],
  'service-level': ['grain', 'queue_ids', 'media'],
  'agent-status-timeline': ['agent_ids'],
  'interaction-details': ['queue_ids', 'agent_ids', 'disposition_ids', 'ability_ids', 'media'],
  'wrap-up-summary': ['queue_ids', 'agent_ids', 'disposition_ids', 'ability_ids', 'media'],
  'expert-workload': ['queue_ids', 'agent_ids'],
}

/** The library in a language. */
export function library(language) {
  const german = language === 'de'
  return Object.entries(TITLES).map(([name, titles]) => ({
    name, title: titles[german ? 1 : 0],
    description: german ? 'Was in jeder Warteschlange ankam, und was daraus wurde, je nach Zeitraum.' : 'What arrived in each queue, and what became of it, over the period.',
    parameters: TAKES[name].map((one) => ({ name: one, kind: kinds[one], required: false })),
    formats: ['pdf', 'xlsx', 'csv'], longest_days: 92,
    grains: TAKES[name].includes('grain') ? ['day', 'week', 'month'] : [], media: TAKES[name].includes('media') ? ['voice'] : [],
  }))
}

/** Reports that were asked for, one of each state. */
export function runs() {
  const file = (format, error_code = null) => ({ format, name: `report.${format}`, byte_count: 40_000, error_code })
  const run = (index, report, state, more = {}) => ({
    run_id: `run${index}`, report, user_id: 'u1', user_name: 'Dana Albrecht', from: '2026-11-01', to: '2026-11-24', time_zone: 'Europe/Berlin', ...nothing,
    formats: ['pdf', 'csv'], language: 'en', paper: 'a4', state, progress: 100, error_code: null, requested_at: Date.now() - index * 47 * 60_000, fire_id: null,
    started_at: Date.now(), ended_at: Date.now(), expires_at: Date.now() + 30 * DAY_MS, files: [], ...more,
  })
  const rows = [
    run(1, 'queue-daily', 'queued', { ended_at: null, expires_at: null, progress: 0 }),
    run(2, 'interaction-details', 'running', { ended_at: null, expires_at: null, progress: 62 }),
    run(3, 'service-level', 'completed', { files: [file('pdf'), file('csv')] }),
    run(4, 'interaction-details', 'completed_with_errors', { files: [file('pdf', 'data_limit'), file('csv')] }),
    run(5, 'expert-workload', 'failed', { error_code: 'timeout' }),
    run(6, 'wrap-up-summary', 'cancelled'),
  ]
  return { rows, next_before: 'run6' }
}

/** Schedules: one with mails, one that the server has switched off, one that has not been due yet. */
export function schedules() {
  const schedule = (index, name, when, more = {}) => ({
    schedule_id: `schedule${index}`, name, user_id: 'u1', user_name: 'Dana Albrecht', may_change: true, enabled: true, off_reason: null, when, time_zone: 'Europe/Berlin',
    reports: [{ report: 'queue-daily', period: 'yesterday', ...nothing }, { report: 'service-level', period: 'last_week', ...nothing }], formats: ['pdf'], language: 'de',
    paper: 'a4', mail: null, created_at: Date.now(), next_fire_at: Date.now() + index * DAY_MS, last_fire: null, ...more,
  })
  const mail = (address, state, more = {}) => ({ address, state, attempt: 1, next_try_at: null, error_code: null, error_words: null, sent_at: null, ...more })
  const fired = {
    fire_id: 'fire1', due_at: Date.now() - DAY_MS, fired_at: Date.now() - DAY_MS, by_hand: false,
    runs: [{ run_id: 'run3', report: 'queue-daily', state: 'completed', error_code: null }, { run_id: 'run5', report: 'service-level', state: 'failed', error_code: 'timeout' }],
    mails: [mail('anna.mueller@a-company-with-a-rather-long-name.example', 'sent', { sent_at: Date.now() }), mail('ben@firm.example', 'failed', { error_code: 'refused', error_words: '550 5.1.1 No such mailbox' })],
  }
  return [
    schedule(1, 'Mornings of all queues, for the heads of departments', { kind: 'weekdays', at: '07:00' }, { last_fire: fired, mail: { addresses: fired.mails.map((one) => one.address), form: 'attachment' } }),
    schedule(2, 'Ends of months', { kind: 'monthly', day: null, at: '23:30' }, { enabled: false, next_fire_at: null, off_reason: 'owner', user_name: 'Jean-Baptiste Emanuel Zorg' }),
    schedule(3, 'Weekly', { kind: 'weekly', days: ['monday', 'friday'], at: '06:15' }, { may_change: false }),
  ]
}

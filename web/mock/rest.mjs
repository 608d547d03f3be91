import { people } from './people.mjs'
import { library, runs, schedules } from './reports.mjs'

const problem = (status, code) => ({ status, json: { type: 'about:blank', title: code, status, code, detail: code } })
const ok = (json) => ({ status: json === undefined ? 204 : 200, json })

const queues = [
  { queue_id: 'q1', name: 'Billing', numbers: ['080055501', 'billing'], member_ids: ['u1', 'u2'], offer_timeout_ms: 20000, wrap_up_mode: 'mandatory_timeout', wrap_up_timeout_ms: 120000, team_address: null, active: true },
  { queue_id: 'q2', name: 'Contracts and cancellations', numbers: ['080055502'], member_ids: ['u2'], offer_timeout_ms: 20000, wrap_up_mode: 'optional', wrap_up_timeout_ms: null, team_address: null, active: true },
]
const users = [
  { user_id: 'u1', sign_in_name: 'dana', name: 'Dana Albrecht', roles: ['agent', 'supervisor', 'administrator'], active: true, queue_ids: ['q1'], language: null },
  { user_id: 'u2', sign_in_name: 'emil', name: 'Emil Sørensen', roles: ['agent'], active: true, queue_ids: ['q1', 'q2'], language: 'de' },
]
const abilities = [
  { ability_id: 'l1', kind: 'language', name: 'English', tag: 'en', active: true },
  { ability_id: 'l2', kind: 'language', name: 'German', tag: 'de', active: true },
  { ability_id: 's1', kind: 'skill', name: 'Billing', tag: null, active: true },
  { ability_id: 's2', kind: 'skill', name: 'Contracts and cancellations of companies', tag: null, active: true },
  { ability_id: 's3', kind: 'skill', name: 'Fax', tag: null, active: false },
]
const routing = { evaluation: 'best', scoring: 'conversation', priority: 0, asks: ['l1'], rings: [{ stay_ms: 20000, drops: ['s2'] }, { stay_ms: 40000, drops: ['s1'] }] }
const demandRules = [{ source: 'attached', key: 'X-Topic', value: 'invoice', ability_id: 's1' }, { source: 'dialled', key: '', value: '080055502', ability_id: 'l2' }]
const keys = [{ key: 'X-Customer-Number', label: 'Customer number', private: false, hidden: false }, { key: 'X-Birth', label: 'Date of birth', private: true, hidden: true }]

/** Answers the HTTP API from fixed lists; the session is the only state. */
export function rest(desk, method, url, body) {
  const path = url.pathname.slice('/api/v1'.length)
  if (path === '/session') return session(desk, method, body)
  if (!desk.signedIn) return problem(401, 'not_signed_in')
  if (method !== 'GET') return changes(desk, method, path, body)
  if (path.startsWith('/interactions/')) return ok(detail(Number(path.slice(14)) || 0))
  const lists = {
    '/directory': { agents: users, queues, dispositions: desk.snapshot.dispositions.map((one) => ({ ...one, active: true })), abilities },
    '/me/networks': [{ network: 'skype', name: 'Skype for Business', kind: 'skype', connected: true, sign_in_name: 'dana@example.test', address: null, takes_password: true, has_company_page: true, ...desk.snapshot.networks[0] }],
    '/me/consults': chats(),
    '/interactions': page(url),
    '/reports': library(url.searchParams.get('language')),
    '/reports/runs': runs(),
    '/reports/schedules': schedules(),
    '/users': users,
    '/queues': queues,
    '/dispositions': desk.snapshot.dispositions.map((one) => ({ ...one, active: true })),
    '/settings/attached-data': { keys },
    '/settings/demand-rules': { rules: demandRules },
    '/abilities': abilities,
    '/users/u1/abilities': { abilities: [{ ability_id: 's1', proficiency: 4 }, { ability_id: 'l2', proficiency: 5 }] },
    '/users/u2/abilities': { abilities: [] },
    '/queues/q1/routing': routing,
    '/queues/q2/routing': { evaluation: 'none', scoring: 'priority', priority: 5, asks: [], rings: [] },
    '/networks': [{ network: 'skype', name: 'Skype for Business', kind: 'skype', address: null, signed_in_count: 41, troubles: [{ code: 'not_enabled', words: 'The account may not use the service: 403 without words', agent_count: 2 }] }],
  }
  return path in lists ? ok(lists[path]) : problem(404, 'not_found')
}

function session(desk, method, body) {
  if (method === 'POST') {
    if (JSON.parse(body).password === 'wrong') return problem(401, 'wrong_password')
    desk.signedIn = true
  }
  if (method === 'DELETE') {
    desk.signedIn = false
    return ok()
  }
  if (!desk.signedIn) return problem(401, 'not_signed_in')
  return ok({ user: desk.snapshot.me, csrf: 'token', version: '0.1.0', time_zone: null })
}

function changes(desk, method, path, body) {
  if (path === '/me/language') {
    desk.snapshot.me.language = JSON.parse(body).language
    return ok()
  }
  if (path === '/sessions') return session(desk, 'DELETE')
  if (path === '/users' && JSON.parse(body).sign_in_name === 'dana') return problem(409, 'name_taken')
  if (method === 'POST' || method === 'PATCH' || path.startsWith('/settings')) return ok({})
  return ok()
}

const names = ['Anna Müller', null, 'Jean-Baptiste Emanuel Zorg of a company with a rather long name', 'Li Wei', 'O’Brien & Sons']

function row(index) {
  const started_at = Date.now() - (index + 1) * 47 * 60_000
  return {
    interaction_id: String(index), started_at, ended_at: started_at + 400_000, queue_id: 'q1', queue_name: queues[index % 2].name,
    caller_number: `+49 30 5550 ${1000 + index}`, caller_name: names[index % names.length], agent_id: 'u1', agent_name: users[index % 2].name,
    disposition_id: 'd1', disposition_name: index % 3 ? 'Mandate corrected' : null, talk_ms: 184_000 + index * 7000, hold_ms: 38_000, wait_ms: 12_000,
    consult_count: index % 2, state: 'completed', end_reason: 'caller_hung_up', has_note: true,
  }
}

function page(url) {
  if (url.searchParams.get('text') === 'nothing') return { rows: [], next_cursor: null }
  const from = Number(url.searchParams.get('cursor') ?? 0)
  const limit = Math.min(Number(url.searchParams.get('limit') ?? 50), 30)
  const rows = Array.from({ length: limit }, (_, index) => row(from + index))
  return { rows, next_cursor: from + limit >= 60 ? null : String(from + limit) }
}

function detail(index) {
  const base = row(index)
  const at = (s) => base.started_at + s * 1000
  const invitation = (number, person, state, reason, asked, settled) => ({ number, person, by: 'agent', state, reason, question: 'Customer changed her IBAN, now the SEPA mandate is refused with AM04. What do I do?', shared: ['X-Case'], asked_at: at(asked), expires_at: at(asked + 30), settled_at: at(settled), left_at: null, link: null })
  const message = (id, by, author_name, text, s) => ({ message_id: id, consult_id: 'c1', by, author_name, text, at: at(s), state: 'delivered', reason: null, shared: [] })
  const entry = (s, kind, by_name = null, params = {}) => ({ at: at(s), kind, by_name, params })
  return {
    ...base, dialled_number: '0800 555 01', note: 'Asked Priya Raman (Payments) by chat; new mandate sent.\nSee https://pay.example/mandates/DE-2098113.',
    answered_at: at(12), call_ended_at: at(320), legs: [],
    asked: [abilities[1], abilities[2]],
    attached: [{ key: 'X-Case', label: 'Case', value: 'https://crm.example/cases/48213', private: false }, { key: 'X-Birth', label: 'Date of birth', value: '', private: true }],
    timeline: [entry(0, 'started'), entry(0, 'queued', null, { queue_name: 'Billing', asked: 'Billing, German' }), entry(4, 'offered', 'Dana Albrecht'), entry(12, 'answered', 'Dana Albrecht'), entry(40, 'consult_started', 'Dana Albrecht'), entry(41, 'expert_asked', null, { name: 'Oskar Lindqvist' }), entry(50, 'expert_declined', null, { name: 'Oskar Lindqvist', reason: 'In a meeting' }), entry(60, 'held', 'Dana Albrecht'), entry(98, 'resumed', 'Dana Albrecht'), entry(300, 'consult_ended', null, { outcome: 'solved' }), entry(320, 'call_ended', null, { reason: 'caller_hung_up' }), entry(330, 'disposition_set', 'Dana Albrecht', { disposition: 'Mandate corrected' }), entry(340, 'completed')],
    consults: [{ consult_id: 'c1', agent_name: 'Dana Albrecht', state: 'ended', outcome: 'solved', started_at: at(40), ended_at: at(300), question: 'Customer changed her IBAN, now the SEPA mandate is refused with AM04. What do I do?',
      invitations: [invitation(1, people[0], 'declined', 'In a meeting', 41, 50), invitation(2, people[1], 'no_answer', null, 55, 85), invitation(3, people[2], 'accepted', null, 90, 96)],
      messages: [message('m1', 'expert', 'Priya Raman', 'Hi Dana. AM04 is not the IBAN. Old mandate is still active, so the bank sees two.', 120), message('m2', 'expert', 'Priya Raman', 'End the old one here: https://pay.example/mandates/DE-2098113, then resend.', 130), message('m3', 'agent', 'Dana Albrecht', 'Done, it went through. Thank you!', 160)] }],
  }
}

function chats() {
  return [
    { consult_id: 'x1', person_name: 'Priya Raman', started_at: Date.now() - 3_600_000, state: 'missed', outcome: null, interaction_id: null, last_text: 'Do you have a minute about the mandate of yesterday?' },
    { consult_id: 'x2', person_name: 'Tom Becker', started_at: Date.now() - 7_200_000, state: 'ended', outcome: 'solved', interaction_id: '1', last_text: 'Glad that it helped.' },
  ]
}

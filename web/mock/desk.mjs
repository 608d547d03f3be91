import { randomUUID as id } from 'node:crypto'
import { hunts } from './hunt.mjs'
import { people } from './people.mjs'

const ANSWER_WITHIN_MS = 30_000

/** One agent's desk in memory: snapshot, numbered events, and scripted experts. */
export class Desk {
  constructor() {
    this.epoch = id()
    this.signedIn = false
    this.sockets = new Set()
    this.answers = new Map()
    this.timers = new Set()
    this.persona = { oskar: 'declines', tom: 'silent', priya: 'answers', paula: 'manual', pia: 'offline' }
    this.snapshot = firstSnapshot()
    this.cut = false
  }

  stop() {
    for (const timer of this.timers) clearTimeout(timer)
  }

  later(ms, run) {
    const timer = setTimeout(() => { this.timers.delete(timer); run() }, ms)
    this.timers.add(timer)
  }

  connect(socket) {
    if (this.cut || !this.signedIn) return socket.terminate()
    socket.on('message', (text) => this.receive(socket, JSON.parse(text)))
    socket.on('close', () => this.sockets.delete(socket))
  }

  receive(socket, frame) {
    if (frame.op === 'hello') {
      this.sockets.add(socket)
      if (frame.resume_from?.epoch === this.epoch && frame.resume_from.seq === this.snapshot.seq) {
        return socket.send(JSON.stringify({ type: 'resumed', epoch: this.epoch, seq: this.snapshot.seq }))
      }
      return socket.send(JSON.stringify({ type: 'snapshot', epoch: this.epoch, snapshot: { ...this.snapshot, server_at: Date.now() } }))
    }
    const known = this.answers.get(frame.id)
    const answer = known ?? this.command(frame)
    this.answers.set(frame.id, answer)
    void Promise.resolve(answer.result).then((result) => socket.send(JSON.stringify({ re: frame.id, ...answer, result })))
  }

  command(frame) {
    const run = this[frame.op.replace('.', '_')]
    if (!run) return { type: 'refused', code: 'bad_request', message: `no ${frame.op}` }
    try {
      return { type: 'done', result: run.call(this, frame) ?? {} }
    } catch (error) {
      return { type: 'refused', code: error.message, message: error.message }
    }
  }

  send(frame) {
    for (const socket of this.sockets) socket.send(JSON.stringify(frame))
  }

  event(event, fields) {
    this.snapshot.seq += 2
    this.send({ type: 'event', seq: this.snapshot.seq, event, ...fields })
  }

  // ------- what tests and people trigger
  cutLine(on) {
    this.cut = on
    if (on) for (const socket of this.sockets) socket.terminate()
  }

  offerCall(caller_name = 'Anna Müller') {
    const now = Date.now()
    this.snapshot.offer = {
      offer_id: id(), interaction_id: id(), queue_name: 'Billing', caller_number: '+49 30 5550 1234', caller_name,
      offered_at: now, expires_at: now + 20_000, waited_ms: 72_000,
    }
    this.setAgent({ state: 'offered', reason: null })
    this.event('offer', { offer: this.snapshot.offer })
  }

  setAgent(change) {
    this.snapshot.agent = { ...this.snapshot.agent, next: null, since_at: Date.now(), ...change }
    this.event('agent', { agent: this.snapshot.agent })
  }

  setNetwork(change) {
    Object.assign(this.snapshot.networks[0], change)
    this.event('network', { network: this.snapshot.networks[0] })
  }

  notice(notice) { this.event('notice', { notice }) }

  callerHangsUp() { this.endCall('caller_hung_up') }

  expertSays(text, author) {
    const consult = this.snapshot.consults.at(-1)
    consult.unread_count += 1
    this.addMessage({ message_id: id(), consult_id: consult.consult_id, by: 'expert', author_name: author ?? consult.invitations.at(-1).person.name, text, at: Date.now(), state: 'delivered', reason: null, shared: [] })
    this.event('consult', { consult })
  }

  expertTypes(typing) { this.send({ type: 'typing', consult_id: this.snapshot.consults.at(-1).consult_id, typing }) }

  incomingChat() {
    const priya = people[2]
    const now = Date.now()
    const consult = { consult_id: id(), interaction_id: null, network: 'skype', state: 'talking', question: '', share: [], current: 0, hunt: null, outcome: null, unread_count: 1, started_at: now, ended_at: null,
      invitations: [{ number: 1, person: priya, by: 'expert', state: 'accepted', reason: null, question: '', shared: [], asked_at: now, expires_at: now, settled_at: now, left_at: null }] }
    this.snapshot.consults.push(consult)
    this.event('consult', { consult })
    this.addMessage({ message_id: id(), consult_id: consult.consult_id, by: 'expert', author_name: priya.name, text: 'Do you have a minute?', at: now, state: 'delivered', reason: null, shared: [] })
    this.notice({ code: 'incoming_chat', person_name: priya.name, consult_id: consult.consult_id })
  }

  failLastMessage() {
    const message = this.snapshot.messages.filter((one) => one.by === 'agent').at(-1)
    Object.assign(message, { state: 'failed', reason: 'network_trouble' })
    this.event('message', { message })
  }

  setWrapUp(change) {
    Object.assign(this.interaction().wrap_up, change)
    this.event('interaction', { interaction: this.interaction() })
  }

  // ------- commands
  agent_ready() {
    this.setAgent({ state: 'ready', reason: null })
    if (this.autoOffer) this.later(3000, () => this.snapshot.agent.state === 'ready' && this.offerCall())
  }

  agent_not_ready({ reason }) {
    if (['engaged', 'offered'].includes(this.snapshot.agent.state)) {
      this.snapshot.agent.next = { state: 'not_ready', reason }
      return this.event('agent', { agent: this.snapshot.agent })
    }
    this.setAgent({ state: 'not_ready', reason })
  }

  offer_accept({ offer_id }) {
    const { offer } = this.snapshot
    if (offer?.offer_id !== offer_id) throw new Error('offer_gone')
    this.snapshot.offer = null
    this.event('offer', { offer: null, outcome: 'accepted' })
    this.setAgent({ state: 'engaged', reason: null })
    const interaction = newInteraction(offer)
    this.snapshot.interactions.push(interaction)
    this.event('interaction', { interaction })
    return { interaction_id: interaction.interaction_id }
  }

  offer_decline() {
    this.snapshot.offer = null
    this.event('offer', { offer: null, outcome: 'declined' })
    this.setAgent({ state: 'not_ready', reason: 'not_responding' })
  }

  interaction() { return this.snapshot.interactions.at(-1) }

  changeCall(change) {
    const interaction = this.interaction()
    if (!interaction || interaction.call.state === 'ended') throw new Error('call_ended')
    Object.assign(interaction.call, change)
    this.event('interaction', { interaction })
  }

  call_hold() { this.changeCall({ held: true, held_since_at: Date.now() }) }
  call_resume() {
    const { call } = this.interaction()
    this.changeCall({ held: false, held_total_ms: call.held_total_ms + Date.now() - call.held_since_at, held_since_at: null })
  }
  call_mute({ muted }) { this.changeCall({ muted }) }
  call_digit() { this.changeCall({}) }
  call_hang_up() { this.endCall('agent_hung_up') }

  endCall(end_reason) {
    const interaction = this.interaction()
    const now = Date.now()
    interaction.state = 'wrap_up'
    interaction.call_ended_at = now
    Object.assign(interaction.call, { state: 'ended', end_reason, held: false, held_since_at: null })
    if (interaction.wrap_up.mode.includes('timeout')) interaction.wrap_up.deadline_at = now + 60_000
    this.event('interaction', { interaction })
    this.setAgent({ state: 'wrap_up', reason: null })
  }

  wrap_up_save({ disposition_id, note }) {
    const interaction = this.interaction()
    Object.assign(interaction.wrap_up, { disposition_id, note, saved_at: Date.now() })
    this.event('interaction', { interaction })
  }
  wrap_up_request({ requested }) { this.setWrapUp({ requested }) }
  wrap_up_done({ interaction_id }) {
    const interaction = this.interaction()
    if (interaction.call.state === 'up') throw new Error('call_still_up')
    if (!interaction.wrap_up.disposition_id) throw new Error('disposition_required')
    this.snapshot.interactions = this.snapshot.interactions.filter((one) => one.interaction_id !== interaction_id)
    this.event('interaction', { interaction: { ...interaction, state: 'completed' } })
    for (const consult of this.snapshot.consults.filter((one) => one.state === 'ended')) this.event('consult_closed', { consult_id: consult.consult_id })
    this.snapshot.consults = this.snapshot.consults.filter((one) => one.state !== 'ended')
    this.snapshot.today.handled_count += 1
    this.event('today', { today: this.snapshot.today })
    this.setAgent({ state: 'ready', reason: null })
  }

  experts_search({ text }) {
    if (this.snapshot.networks[0].state === 'not_connected') throw new Error('no_network')
    const fold = (word) => word.normalize('NFD').replace(/\p{Mn}/gu, '').toLowerCase()
    const words = fold(text).split(/\s+/)
    const found = people.filter((one) => words.every((word) => fold(one.name).split(/[\s-]/).some((part) => part.startsWith(word))))
    return { people: found, more: found.length > 5 }
  }
  experts_watch({ people: watched }) {
    const views = people.filter((one) => watched.some((person) => person.address === one.person.address))
    this.send({ type: 'presence', people: views.map(({ person, presence }) => ({ person, presence: { ...presence, as_of_at: Date.now() } })) })
  }

  consult_start({ interaction_id, person, question, share }) {
    const consult = this.newConsult(interaction_id, question, share)
    this.invite(consult, person, question, share)
    return { consult_id: consult.consult_id }
  }

  newConsult(interaction_id, question, share) {
    const consult = { consult_id: id(), interaction_id, network: 'skype', state: 'choosing', question, share, invitations: [], current: null, hunt: null, outcome: null, unread_count: 0, started_at: Date.now(), ended_at: null }
    this.snapshot.consults.push(consult)
    return consult
  }

  consult_ask({ consult_id, person, question, share }) {
    const consult = this.consult(consult_id)
    if (consult.state !== 'choosing') throw new Error('already_inviting')
    this.invite(consult, person, question, share)
  }

  consult(consult_id) { return this.snapshot.consults.find((one) => one.consult_id === consult_id) }

  invite(consult, person, question, share) {
    const view = people.find((one) => one.person.address === person.address)
    const now = Date.now()
    const invitation = { number: consult.invitations.length + 1, person: view, by: 'agent', state: 'sending', reason: null, question, shared: share, asked_at: now, expires_at: now + (consult.hunt?.within_ms ?? ANSWER_WITHIN_MS), settled_at: null, left_at: null, link: null }
    Object.assign(consult, { state: 'inviting', question, share })
    consult.current = consult.invitations.push(invitation) - 1
    this.event('consult', { consult })
    this.later(150, () => this.settle(consult, invitation, { state: 'alerting' }))
    const persona = this.persona[person.address.slice(4).split('@')[0]]
    const after = (ms, change) => this.later(ms, () => invitation.state === 'alerting' && this.settle(consult, invitation, { settled_at: Date.now(), ...change }))
    if (persona === 'declines') after(1000, { state: 'declined', reason: 'In a meeting' })
    if (persona === 'silent') after(1500, { state: 'no_answer', asked_at: Date.now() - ANSWER_WITHIN_MS + 1500 })
    if (persona === 'offline') after(600, { state: 'unreachable', reason: 'offline' })
    if (persona === 'answers') after(1500, { state: 'accepted' })
  }

  settle(consult, invitation, change) {
    Object.assign(invitation, change)
    if (change.state === 'accepted') {
      Object.assign(consult, { state: 'talking', current: consult.invitations.indexOf(invitation) })
      this.won(consult, invitation)
    } else if (change.state !== 'alerting') {
      consult.state = consult.invitations.some((one) => one.state === 'sending' || one.state === 'alerting') ? 'inviting' : 'choosing'
      this.goOn(consult)
    }
    this.event('consult', { consult })
  }

  consult_withdraw({ consult_id }) {
    const consult = this.consult(consult_id)
    this.settle(consult, consult.invitations.at(-1), { state: 'withdrawn', settled_at: Date.now() })
  }
  addMessage(message) {
    this.snapshot.messages.push(message)
    this.event('message', { message })
  }
  consult_say({ consult_id, message_id, text }, shared = []) {
    const message = { message_id, consult_id, by: 'agent', author_name: this.snapshot.me.name, text, at: Date.now(), state: 'sending', reason: null, shared }
    this.addMessage(message)
    this.later(120, () => { message.state = 'sent'; this.event('message', { message }) })
    this.later(400, () => { if (message.state === 'sent') { message.state = 'delivered'; this.event('message', { message }) } })
  }
  consult_share({ consult_id, message_id, keys }) {
    const labels = this.interaction().attached.filter((one) => keys.includes(one.key)).map((one) => `${one.label}: ${one.value}`)
    this.consult_say({ consult_id, message_id, text: labels.join('\n') }, keys)
  }
  consult_retry({ message_id }) {
    const message = this.snapshot.messages.find((one) => one.message_id === message_id)
    Object.assign(message, { state: 'sent', reason: null })
    this.event('message', { message })
  }
  consult_typing() {}
  consult_read({ consult_id }) {
    const consult = this.consult(consult_id)
    consult.unread_count = 0
    this.event('consult', { consult })
  }
  consult_outcome({ consult_id, outcome }) {
    const consult = this.consult(consult_id)
    consult.outcome = outcome
    this.event('consult', { consult })
  }
  consult_end({ consult_id, outcome }) {
    const consult = this.consult(consult_id)
    Object.assign(consult, { state: 'ended', outcome: outcome ?? consult.outcome, ended_at: Date.now() })
    this.event('consult', { consult })
  }
  line_offer({ sdp }) {
    if (!this.answerLine) throw new Error('no_voice')
    this.line_offers = (this.line_offers ?? 0) + 1
    return this.answerLine(sdp)
  }
  line_close() {}
}

Object.assign(Desk.prototype, hunts)

function newInteraction(offer) {
  const now = Date.now()
  const datum = (key, label, value, hidden = false) => ({ key, label, value, private: hidden })
  return {
    interaction_id: offer.interaction_id, state: 'connected', queue_id: 'q1', queue_name: offer.queue_name,
    caller_number: offer.caller_number, caller_name: offer.caller_name, dialled_number: '0800 555 01',
    started_at: now - 72_000, answered_at: now, call_ended_at: null,
    call: { state: 'up', end_reason: null, held: false, held_by_caller: false, muted: false, held_since_at: null, held_total_ms: 0, desk_away: false },
    attached: [
      datum('X-Customer-Number', 'Customer number', 'DE-2098113'),
      datum('X-Case', 'Case', 'https://crm.example/cases/48213'),
      datum('X-Topic', 'Topic', 'SEPA mandate refused after IBAN change'),
      datum('X-Contract-Value', 'Contract value', '€ 4,310 a year'),
      datum('X-Birth', 'Date of birth', '', true),
      datum('X-Script', 'Remark', '<img src=x onerror=alert(1)> javascript:alert(1)'),
      datum('X-Language', 'Language', 'German'),
    ],
    wrap_up: { mode: 'mandatory_timeout', requested: false, disposition_id: null, note: '', saved_at: null, deadline_at: null },
  }
}

function firstSnapshot() {
  const now = Date.now()
  return {
    seq: 1000, server_at: now,
    me: { user_id: 'u1', name: 'Dana Albrecht', sign_in_name: 'dana', roles: ['agent', 'supervisor', 'administrator'], language: null },
    agent: { state: 'not_ready', reason: 'signed_in', since_at: now, next: null },
    offer: null, interactions: [], consults: [], messages: [],
    networks: [{ network: 'skype', name: 'Skype for Business', state: 'up', code: null, words: null, since_at: now, longest_message: 4000 }],
    queues: [{ queue_id: 'q1', name: 'Billing', waiting_count: 3, longest_waiting_since_at: now - 72_000, agents_ready_count: 2 }],
    dispositions: [
      { disposition_id: 'd1', name: 'Mandate corrected', queue_ids: [] },
      { disposition_id: 'd2', name: 'Call back promised', queue_ids: [] },
      { disposition_id: 'd3', name: 'Wrong department', queue_ids: ['q1'] },
    ],
    not_ready_reasons: ['break', 'meal', 'meeting', 'training', 'other'],
    today: { handled_count: 17, talk_ms: 5_430_000, wrap_up_ms: 1_260_000, consult_count: 4 },
    limits: { message_chars: 4000, note_chars: 10000, answer_within_ms: 30_000, link_for_ms: 1_800_000 },
  }
}

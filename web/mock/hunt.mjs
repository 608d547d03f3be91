import { people } from './people.mjs'

const viewOf = (person) => people.find((one) => one.person.address === person.address)
const isOn = (consult) => consult.hunt?.end === null
const isPending = (invitation) => invitation.state === 'sending' || invitation.state === 'alerting'

/** What the desk asks of hunts: methods of the mock's desk. */
export const hunts = {
  consult_hunt({ consult_id, interaction_id, people: asked, mode, within_ms, question, share }) {
    if (asked.length === 0) throw new Error('nobody_to_ask')
    const consult = consult_id ? this.consult(consult_id) : this.newConsult(interaction_id, question, share)
    const first_invitation = consult.invitations.length
    consult.hunt = { mode, within_ms, first_invitation, waiting: asked.map(viewOf), skipped: [], end: null }
    Object.assign(consult, { question, share })
    this.goOn(consult)
    return { consult_id: consult.consult_id }
  },

  consult_hunt_stop({ consult_id }) {
    const consult = this.consult(consult_id)
    if (!isOn(consult)) throw new Error('no_hunt')
    consult.hunt.end = 'stopped'
    this.takeBack(consult)
    this.event('consult', { consult })
  },

  consult_hunt_jump({ consult_id, person }) {
    const consult = this.consult(consult_id)
    if (!isOn(consult)) throw new Error('no_hunt')
    const isIt = (view) => view.person.address === person.address
    consult.hunt.waiting = consult.hunt.waiting.filter((view) => !isIt(view))
    consult.hunt.skipped = consult.hunt.skipped.filter((one) => !isIt(one.person))
    if (consult.hunt.mode === 'one_by_one') this.takeBack(consult)
    this.invite(consult, person, consult.question, consult.share)
  },

  consult_hunt_add({ consult_id, person }) {
    const consult = this.consult(consult_id)
    if (!isOn(consult)) throw new Error('no_hunt')
    consult.hunt.waiting.push(viewOf(person))
    this.goOn(consult)
  },

  /** Asks whoever is due, and skips who is offline. */
  goOn(consult) {
    const { hunt } = consult
    if (!isOn(consult) || consult.state === 'talking') return
    while (hunt.waiting.length > 0 && (hunt.mode === 'all_at_once' || !consult.invitations.some(isPending))) {
      const view = hunt.waiting.shift()
      if (view.presence.presence === 'offline') hunt.skipped.push({ person: view, reason: 'offline', at: Date.now() })
      else this.invite(consult, view.person, consult.question, consult.share)
    }
    if (!consult.invitations.some(isPending)) hunt.end = 'nobody_left'
    this.event('consult', { consult })
  },

  /** The first who accepts ends the hunt. */
  won(consult, invitation) {
    if (isOn(consult)) consult.hunt.end = 'answered'
    for (const other of consult.invitations.filter((one) => one !== invitation && isPending(one))) Object.assign(other, { state: 'taken', settled_at: Date.now() })
  },

  takeBack(consult) {
    for (const invitation of consult.invitations.filter(isPending)) Object.assign(invitation, { state: 'withdrawn', settled_at: Date.now() })
    consult.state = 'choosing'
  },
}

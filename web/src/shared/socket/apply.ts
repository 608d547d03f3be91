import type { DeskEvent, MessageView, Snapshot } from './types'

/**
 * The snapshot after one numbered event. Each event carries the whole new view of what changed,
 * so to apply one is to replace by id. Events at or below the snapshot's number change nothing.
 */
export function apply(snapshot: Snapshot, event: DeskEvent, seq: number): Snapshot {
  if (seq <= snapshot.seq) return snapshot
  return { ...snapshot, ...change(snapshot, event), seq }
}

function change(snapshot: Snapshot, event: DeskEvent): Partial<Snapshot> {
  switch (event.event) {
    case 'agent':
      return { agent: event.agent }
    case 'offer':
      return { offer: event.offer }
    case 'interaction':
      return withInteraction(snapshot, event.interaction)
    case 'consult':
      return { consults: replaceBy(snapshot.consults, event.consult, (consult) => consult.consult_id) }
    case 'consult_closed':
      return {
        consults: snapshot.consults.filter((consult) => consult.consult_id !== event.consult_id),
        messages: snapshot.messages.filter((message) => message.consult_id !== event.consult_id),
      }
    case 'message':
      return { messages: withMessage(snapshot.messages, event.message) }
    case 'today':
      return { today: event.today }
    case 'network':
      return { networks: replaceBy(snapshot.networks, event.network, (network) => network.network) }
    default:
      // A notice, or an event of a newer server: no state.
      return {}
  }
}

function withInteraction(snapshot: Snapshot, interaction: Snapshot['interactions'][number]): Partial<Snapshot> {
  const others = snapshot.interactions.filter((one) => one.interaction_id !== interaction.interaction_id)
  if (interaction.state === 'completed') return { interactions: others }
  return { interactions: replaceBy(snapshot.interactions, interaction, (one) => one.interaction_id) }
}

function withMessage(messages: MessageView[], message: MessageView): MessageView[] {
  const index = messages.findIndex((one) => one.message_id === message.message_id)
  if (index >= 0) {
    const old = messages[index]
    if (old && old.at === message.at) return messages.with(index, message)
  }
  return messages
    .filter((one) => one.message_id !== message.message_id)
    .concat(message)
    .sort(byConsultThenTime)
}

function byConsultThenTime(a: MessageView, b: MessageView): number {
  return compare(a.consult_id, b.consult_id) || a.at - b.at || compare(a.message_id, b.message_id)
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

function replaceBy<T>(list: T[], item: T, idOf: (one: T) => string): T[] {
  const index = list.findIndex((one) => idOf(one) === idOf(item))
  return index < 0 ? [...list, item] : list.with(index, item)
}

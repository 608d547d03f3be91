import type { OutboxItem } from '@/shared/desk/state'
import type { ConsultView, InvitationView, MessageState, MessageView, SkipReason } from '@/shared/socket/types'

/** A message as it is shown: from the server, or still in the outbox (`unsaved`). */
export type ShownMessage = {
  message_id: string
  by: 'agent' | 'expert'
  author_name: string
  text: string
  html: string | null
  at: number
  state: MessageState | 'unsaved'
  reason: string | null
  shared: string[]
  /** Refused before it was committed: it is only here. */
  local: boolean
}

export type Line =
  | { kind: 'question'; id: string; at: number; text: string }
  | { kind: 'invitation'; id: string; at: number; invitation: InvitationView }
  | { kind: 'skipped'; id: string; at: number; name: string; reason: SkipReason }
  | { kind: 'left'; id: string; at: number; name: string; cut_off: InvitationView['cut_off'] }
  | { kind: 'message'; id: string; at: number; message: ShownMessage }
  | { kind: 'ended'; id: string; at: number }

/** Everything that happened in a consult, in order. */
export function linesOf(consult: ConsultView, messages: MessageView[], outbox: OutboxItem[]): Line[] {
  const said = messages.filter((message) => message.consult_id === consult.consult_id)
  const known = new Set(said.map((message) => message.message_id))
  const waiting = outbox.filter((item) => item.consult_id === consult.consult_id && !known.has(item.message_id))
  const lines: Line[] = [
    ...consult.invitations.flatMap((invitation, index) => invitationLines(invitation, consult.invitations[index - 1])),
    ...skippedLines(consult),
    ...said.map((message) => messageLine({ ...message, local: false })),
  ]
  if (consult.ended_at !== null) lines.push({ kind: 'ended', id: 'ended', at: consult.ended_at })
  lines.sort((a, b) => a.at - b.at)
  return [...lines, ...waiting.map((item) => messageLine(fromOutbox(item)))]
}

function invitationLines(invitation: InvitationView, before: InvitationView | undefined): Line[] {
  const { number, asked_at, question, by, person, left_at, cut_off } = invitation
  const lines: Line[] = []
  if (by === 'agent' && question !== '' && question !== before?.question) {
    lines.push({ kind: 'question', id: `question-${number}`, at: asked_at, text: question })
  }
  lines.push({ kind: 'invitation', id: `invitation-${number}`, at: invitation.settled_at ?? asked_at, invitation })
  if (left_at !== null) lines.push({ kind: 'left', id: `left-${number}`, at: left_at, name: person.name, cut_off })
  return lines
}

function skippedLines(consult: ConsultView): Line[] {
  const skipped = consult.hunt?.skipped ?? []
  return skipped.map(({ person, reason, at }, index) => ({ kind: 'skipped', id: `skipped-${index}`, at, name: person.name, reason }))
}

function messageLine(message: ShownMessage): Line {
  return { kind: 'message', id: message.message_id, at: message.at, message }
}

function fromOutbox(item: OutboxItem): ShownMessage {
  const { message_id, text, at, keys, failed } = item
  const state = failed === null ? 'unsaved' : 'failed'
  return { message_id, by: 'agent', author_name: '', text, html: null, at, state, reason: failed, shared: keys, local: true }
}

/** Whether the minute is worth saying again: bubbles of one person in one minute share it. */
export function sameMinute(a: Line | undefined, b: Line): boolean {
  if (a?.kind !== 'message' || b.kind !== 'message' || a.message.by !== b.message.by) return false
  return Math.floor(a.at / 60_000) === Math.floor(b.at / 60_000)
}

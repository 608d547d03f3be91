import { describe, expect, it } from 'vitest'
import type { OutboxItem } from '@/shared/desk/state'
import { consult, invitation as invited, message } from '@/shared/socket/fixtures'
import type { InvitationView } from '@/shared/socket/types'
import { linesOf } from './log'

const invitation = (number: number, part: Partial<InvitationView>): InvitationView =>
  invited(number, { state: 'declined', asked_at: number * 100, settled_at: number * 100 + 50, ...part })
const waiting = (message_id: string): OutboxItem => ({
  command_id: 'x', message_id, consult_id: 'c1', text: 'later', keys: [], at: 1, failed: null,
})

describe('linesOf', () => {
  it('puts question, invitations and messages in order and says a question once', () => {
    const talk = consult('c1', { invitations: [invitation(1, {}), invitation(2, { state: 'accepted', left_at: 400 })], ended_at: 500 })
    const lines = linesOf(talk, [message('m1', { at: 300 }), message('other', { consult_id: 'c2' })], [])
    expect(lines.map((line) => line.id)).toEqual(['question-1', 'invitation-1', 'invitation-2', 'm1', 'left-2', 'ended'])
  })

  it('says of a chat that was cut off why', () => {
    const talk = consult('c1', { invitations: [invitation(1, { state: 'accepted', left_at: 400, cut_off: 'licence_taken' })] })
    expect(linesOf(talk, [], []).at(-1)).toMatchObject({ kind: 'left', cut_off: 'licence_taken' })
  })

  it('shows what waits in the outbox last, until the server has it', () => {
    const talk = consult('c1')
    const lines = linesOf(talk, [message('m1', { at: 300 })], [waiting('m1'), waiting('m2')])
    expect(lines.map((line) => line.id)).toEqual(['m1', 'm2'])
    expect(lines.at(-1)).toMatchObject({ message: { state: 'unsaved', local: true } })
  })
})

import { describe, expect, it } from 'vitest'
import type { ConsultSummary } from '@/api/contract'
import { missedOf } from './chats'

const chat = (consult_id: string, address: string, invitation: string): ConsultSummary => ({
  consult_id, person_name: address, person: { network: 'skype', address }, by: 'expert', invitation, queue_name: null, started_at: 0, state: 'ended',
  outcome: null, interaction_id: null, last_text: null,
})

describe('missedOf', () => {
  it('keeps one missed chat a person, and none where there was a chat since', () => {
    const chats = [chat('5', 'tom', 'missed'), chat('4', 'mia', 'accepted'), chat('3', 'mia', 'missed'), chat('2', 'tom', 'missed'), chat('1', 'eva', 'answered_elsewhere')]
    expect(missedOf(chats).map((one) => one.consult_id)).toEqual(['5'])
  })
})

import { describe, expect, it } from 'vitest'
import { consult, invitation, person, presencePart } from '@/shared/socket/fixtures'
import type { InvitationView, PersonView, Presence } from '@/shared/socket/types'
import { candidatesFor } from './people'

const at = (address: string, presence: Presence) => person(address, { presence: presencePart(presence) })
const asked = (view: PersonView): InvitationView => invitation(1, { person: view, state: 'declined' })

describe('candidatesFor', () => {
  it('leaves out who was asked, names each once, and puts people who can be reached first', () => {
    const people = [at('off', 'offline'), at('asked', 'available'), at('busy', 'busy'), at('free', 'available'), at('free', 'available'), at('away', 'away')]
    const next = candidatesFor(consult('c1', { invitations: [asked(at('asked', 'available'))] }), people, (view) => view.presence)
    expect(next.map((view) => view.name)).toEqual(['free', 'away', 'busy', 'off'])
  })
})

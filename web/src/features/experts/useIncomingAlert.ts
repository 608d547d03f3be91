import { useNavigate } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { t } from '@/shared/i18n/translate'
import type { InvitationView } from '@/shared/socket/types'
import { startKnocking } from '@/shared/sound/tones'
import { usePreferences } from '@/shared/store/preferences'
import { showConsult } from '@/shared/store/selection'
import { showNotification } from '@/shared/system-notification'

type Ringing = { consult_id: string; invitation: InvitationView }

/** Who asks, and whom. */
export function incomingLabel({ person, queue_name }: InvitationView): string {
  return queue_name === null ? t('incoming.label', { name: person.name }) : t('incoming.label_team', { name: person.name, queue: queue_name })
}

/** A tone until the last is answered or gone, and one system notification for each. */
export function useIncomingAlert(ringing: Ringing[]): void {
  const { chat_tone } = usePreferences()
  const navigate = useNavigate()
  const shown = useRef(new Map<string, () => void>())
  const rings = ringing.length > 0
  useEffect(() => (rings && chat_tone ? startKnocking() : undefined), [rings, chat_tone])
  useEffect(() => {
    const now = new Set(ringing.map((one) => one.consult_id))
    for (const [consult_id, close] of shown.current) {
      if (now.has(consult_id)) continue
      close()
      shown.current.delete(consult_id)
    }
    for (const { consult_id, invitation } of ringing) {
      if (shown.current.has(consult_id)) continue
      const open = () => {
        showConsult(consult_id)
        void navigate({ to: '/' })
      }
      const title = incomingLabel(invitation)
      shown.current.set(consult_id, showNotification(`incoming-${consult_id}`, title, invitation.subject ?? invitation.question, open))
    }
  })
}

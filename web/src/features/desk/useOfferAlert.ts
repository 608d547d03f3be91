import { useEffect } from 'react'
import { t } from '@/shared/i18n/translate'
import type { OfferView } from '@/shared/socket/types'
import { startRinging } from '@/shared/sound/tones'
import { usePreferences } from '@/shared/store/preferences'
import { showNotification } from '@/shared/system-notification'

/** Rings, notifies and flashes the title with the caller until the offer is gone. */
export function useOfferAlert(offer: OfferView, caller: string): void {
  const { ring } = usePreferences()
  useEffect(() => (ring ? startRinging() : undefined), [ring, offer.offer_id])
  useEffect(
    () => showNotification('offer', t('offer.title', { caller }), offer.queue_name, () => undefined),
    [offer.offer_id, caller, offer.queue_name],
  )
  useEffect(() => {
    const plain = document.title
    let on = true
    const flash = () => {
      document.title = on ? t('offer.title', { caller }) : plain
      on = !on
    }
    flash()
    const timer = setInterval(flash, 1000)
    return () => {
      clearInterval(timer)
      document.title = plain
    }
  }, [caller])
}

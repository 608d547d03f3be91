import { Button, makeStyles, Text, Title3, tokens } from '@fluentui/react-components'
import { CallFilled } from '@fluentui/react-icons'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useAct, useSnapshot } from '@/shared/desk/context'
import { t } from '@/shared/i18n/translate'
import { useKey } from '@/shared/keys/keys'
import { notify } from '@/shared/notify'
import type { OfferView } from '@/shared/socket/types'
import { formatDuration } from '@/shared/time/format'
import { Countdown } from '@/shared/ui/countdown'
import { Kbd } from '@/shared/ui/kbd'
import { useOfferAlert } from './useOfferAlert'

const useStyles = makeStyles({
  card: {
    display: 'flex',
    alignItems: 'center',
    gap: tokens.spacingHorizontalL,
    padding: `${tokens.spacingVerticalL} ${tokens.spacingHorizontalXL}`,
    backgroundColor: tokens.colorNeutralBackground1,
    border: `2px solid ${tokens.colorBrandStroke1}`,
    borderRadius: tokens.borderRadiusXLarge,
    boxShadow: tokens.shadow28,
  },
  caller: { flex: 1, minWidth: 0, display: 'grid', gap: tokens.spacingVerticalXXS },
  name: { margin: 0, overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' },
  more: { color: tokens.colorNeutralForeground2 },
})

/** The interaction that is offered to me, over whatever page I am on. */
export function OfferCard({ openLine }: { openLine: () => Promise<boolean> }) {
  const offer = useSnapshot((snapshot) => snapshot.offer)
  return offer ? <Offered key={offer.offer_id} offer={offer} openLine={openLine} /> : null
}

function Offered({ offer, openLine }: { offer: OfferView; openLine: () => Promise<boolean> }) {
  const styles = useStyles()
  const act = useAct()
  const navigate = useNavigate()
  const [busy, setBusy] = useState(false)
  const caller = offer.caller_name ?? offer.caller_number
  const { offer_id } = offer
  const accept = async () => {
    if (busy) return
    setBusy(true)
    if (await openLine()) {
      const accepted = await act('offer.accept', { offer_id })
      if (accepted) void navigate({ to: '/' })
    } else {
      notify({ intent: 'warning', title: t('error.no_line') })
    }
    setBusy(false)
  }
  useKey('Ctrl+Enter', () => void accept())
  useOfferAlert(offer, caller)
  return (
    <section className={styles.card} role="alertdialog" aria-label={t('offer.label', { caller })} data-testid="offer">
      <Countdown from_at={offer.offered_at} until_at={offer.expires_at} size={48} label={t('offer.countdown')} />
      <div className={styles.caller}>
        <Title3 as="h2" className={styles.name}>
          {caller}
        </Title3>
        <Text className={styles.more}>
          {[offer.caller_name ? offer.caller_number : null, offer.queue_name, t('offer.waited', { time: formatDuration(offer.waited_ms) })]
            .filter(Boolean)
            .join(' · ')}
        </Text>
      </div>
      <Button onClick={() => void act('offer.decline', { offer_id })} data-testid="offer-decline">
        {t('offer.decline')}
      </Button>
      <Button
        appearance="primary"
        size="large"
        icon={<CallFilled />}
        disabledFocusable={busy}
        onClick={() => void accept()}
        data-testid="offer-accept"
      >
        {t('offer.accept')}
        <Kbd keys="Ctrl+Enter" />
      </Button>
    </section>
  )
}

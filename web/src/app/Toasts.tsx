import { Link, Toast, ToastBody, Toaster, ToastTitle, useId, useToastController } from '@fluentui/react-components'
import { useEffect } from 'react'
import { t } from '@/shared/i18n/translate'
import { onToast } from '@/shared/notify'

// Above the wrap-up: neither the call controls nor what is typed into may be hidden.
const OFFSET = { horizontal: 100, vertical: 196 }

/** Shows toasts on the left. */
export function Toasts() {
  const toasterId = useId('toaster')
  const { dispatchToast } = useToastController(toasterId)
  useEffect(
    () =>
      onToast(({ intent, title, body, action }) => {
        const link = action && <Link onClick={action.run}>{action.label}</Link>
        dispatchToast(
          <Toast data-testid="toast">
            <ToastTitle action={link}>{title}</ToastTitle>
            {body && <ToastBody>{body}</ToastBody>}
          </Toast>,
          { intent, timeout: intent === 'error' || action ? 12_000 : 6000, pauseOnHover: true },
        )
      }),
    [dispatchToast],
  )
  return (
    <section aria-label={t('toasts')}>
      <Toaster inline toasterId={toasterId} position="bottom-start" offset={OFFSET} />
    </section>
  )
}

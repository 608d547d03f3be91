import { MessageBar, MessageBarBody, MessageBarTitle } from '@fluentui/react-components'
import { useDesk } from '@/shared/desk/context'
import { t } from '@/shared/i18n/translate'
import { useNow } from '@/shared/time/clock'
import { formatClock } from '@/shared/time/format'

const SHOW_AFTER_MS = 1000

/** Says that the connection is lost or nothing can be saved, and that nothing typed is lost. Heals by itself. */
export function ConnectionBar() {
  const lost_at = useDesk((state) => state.lost_at)
  const trouble = useDesk((state) => state.trouble)
  const now = useNow(250)
  if (lost_at !== null && now - lost_at >= SHOW_AFTER_MS) {
    return <Bar title={t('connection.lost', { time: formatClock(lost_at) })} more={t('connection.lost_more')} />
  }
  return trouble ? <Bar title={t('connection.not_saved')} more={t('connection.not_saved_more')} /> : null
}

function Bar({ title, more }: { title: string; more: string }) {
  return (
    <MessageBar intent="warning" data-testid="connection-bar" role="status">
      <MessageBarBody>
        <MessageBarTitle>{title}</MessageBarTitle>
        {more}
      </MessageBarBody>
    </MessageBar>
  )
}

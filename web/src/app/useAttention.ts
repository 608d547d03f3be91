import { useNavigate } from '@tanstack/react-router'
import { useEffect } from 'react'
import { useConnection } from '@/shared/desk/context'
import type { DeskNews } from '@/shared/desk/connection'
import { t } from '@/shared/i18n/translate'
import { codeWords } from '@/shared/i18n/words'
import { notify, type Toast } from '@/shared/notify'
import { showConsult } from '@/shared/store/selection'
import { playChatTone } from '@/shared/sound/tones'
import { preferences } from '@/shared/store/preferences'
import { showNotification } from '@/shared/system-notification'
import type { Notice } from '@/shared/socket/types'

/** Turns news that is no state into toasts, tones and system notifications. */
export function useAttention(): void {
  const connection = useConnection()
  const navigate = useNavigate()
  useEffect(() => {
    const open = (consult_id: string) => {
      showConsult(consult_id)
      void navigate({ to: '/' })
    }
    return connection.onNews((news) => attend(news, open))
  }, [connection, navigate])
}

function attend(news: DeskNews, open: (consult_id: string) => void): void {
  if (news.kind === 'message') {
    if (!document.hasFocus()) attendMessage(news.author_name, news.text, () => open(news.consult_id))
  } else if (news.kind === 'offer_ended') {
    if (news.outcome !== 'accepted' && news.outcome !== 'declined') {
      notify({ intent: 'info', title: codeWords('offer.ended', news.outcome) })
    }
  } else {
    const toast = noticeToast(news.notice, open)
    if (toast) notify(toast)
  }
}

function attendMessage(author_name: string, text: string, open: () => void): void {
  if (preferences.current().chat_tone) playChatTone()
  showNotification('chat', author_name, text, open)
}

function noticeToast(notice: Notice, open: (consult_id: string) => void): Toast | null {
  const title = codeWords('notice', notice.code)
  const { consult_id } = notice
  if (notice.code === 'digit') return { intent: 'info', title: t('notice.digit', { digit: notice.digit ?? '' }) }
  const words = title
    .replace('{name}', notice.person_name ?? '')
    .replace('{network}', notice.network_name ?? '')
    .replace('{queue}', notice.queue_name ?? '')
  if (notice.code === 'incoming_chat' && consult_id) {
    if (!document.hasFocus()) attendMessage(notice.person_name ?? '', words, () => open(consult_id))
    return { intent: 'info', title: words, action: { label: t('notice.open'), run: () => open(consult_id) } }
  }
  const trouble = ['media_lost', 'server_restarted', 'signed_out_elsewhere', 'licence_taken'].includes(notice.code)
  return { intent: trouble ? 'warning' : 'info', title: words }
}

import { Button, makeStyles, tokens } from '@fluentui/react-components'
import { useAct, useSnapshot } from '@/shared/desk/context'
import { t } from '@/shared/i18n/translate'
import { useNow } from '@/shared/time/clock'
import { formatMinute } from '@/shared/time/format'
import type { ConsultView, InvitationView, LinkView } from '@/shared/socket/types'
import { keepDraft } from '@/shared/store/drafts'
import { selection } from '@/shared/store/selection'
import { useLogStyles } from './logStyles'

const useStyles = makeStyles({
  row: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: tokens.spacingHorizontalS, marginTop: '2px' },
})

type Props = { consult: ConsultView; invitation: InvitationView; link: LinkView }

/** What became of the link of a question, a way to take it back, and whom the expert suggested. */
export function LinkState({ consult, invitation, link }: Props) {
  const styles = useStyles()
  const log = useLogStyles()
  const act = useAct()
  const search = useSearchFor(consult)
  const expired = useNow() >= link.expires_at && !link.holds_chat
  const open = ['sending', 'alerting'].includes(invitation.state) || (invitation.state === 'accepted' && invitation.left_at === null && consult.state === 'talking')
  const { better } = link
  return (
    <span className={log.small}>
      <span className={styles.row} data-testid={`link-${invitation.number}`}>
        {linkWords(link, expired)}
        {open && !expired && link.revoked_at === null && (
          <Button size="small" onClick={() => void act('consult.revoke_link', { consult_id: consult.consult_id, invitation: invitation.number })} data-testid="link-revoke">
            {t('link.revoke')}
          </Button>
        )}
      </span>
      {better !== null && (
        <span className={styles.row} data-testid={`better-${invitation.number}`}>
          <bdi>{t('link.better', { name: better })}</bdi>
          {consult.state === 'choosing' && (
            <Button size="small" onClick={() => search(better)} data-testid="better-search">
              {t('link.search')}
            </Button>
          )}
        </span>
      )}
    </span>
  )
}

function linkWords(link: LinkView, expired: boolean): string {
  if (link.revoked_at !== null) return t('link.revoked', { time: formatMinute(link.revoked_at) })
  const opened = link.opened_at === null ? t(expired ? 'link.expired' : 'link.not_opened') : t('link.opened', { count: link.view_count, time: formatMinute(link.opened_at) })
  return link.holds_chat ? `${opened} · ${t('link.holds_chat')}` : opened
}

/** Puts a name into the search, for the next expert of this consult. */
function useSearchFor(consult: ConsultView): (name: string) => void {
  const user_id = useSnapshot((snapshot) => snapshot.me.user_id)
  return (name) => {
    selection.set({ kind: 'choose', consult_id: consult.consult_id })
    keepDraft(`search.${user_id}`, name)
    document.querySelector<HTMLInputElement>('[data-testid="expert-search"]')?.focus()
  }
}

import { mergeClasses } from '@fluentui/react-components'
import { useQuery } from '@tanstack/react-query'
import { useConnection, useSnapshot } from '@/shared/desk/context'
import { t } from '@/shared/i18n/translate'
import type { ConsultView, EarlierMessage } from '@/shared/socket/types'
import { formatFull, formatMoment } from '@/shared/time/format'
import { Said } from '@/shared/ui/said'
import { useLogStyles } from './logStyles'
import { latest } from './people'

const KEPT_MS = 10 * 60_000

/** What the network has kept of chats with this person before this one; nothing where it keeps none. */
export function Earlier({ consult }: { consult: ConsultView }) {
  const styles = useLogStyles()
  const network = useSnapshot((snapshot) => snapshot.networks.find((one) => one.network === consult.network))
  const messages = useEarlier(consult, network?.history === true && network.state === 'up')
  if (messages.length === 0) return null
  return (
    <>
      <div className={styles.line}>{t('chat.from_network', { network: network?.name ?? '' })}</div>
      {messages.map((message, index) => (
        <div key={index} className={mergeClasses(styles.bubble, styles.earlier, message.own && styles.mine)} data-testid="earlier">
          <Said text={message.text} html={null} />
          <div className={styles.foot}>
            <time title={formatFull(message.at)}>{formatMoment(message.at)}</time>
          </div>
        </div>
      ))}
      <div className={styles.line}>{t('chat.this_chat')}</div>
    </>
  )
}

function useEarlier(consult: ConsultView, kept: boolean): EarlierMessage[] {
  const connection = useConnection()
  const person = latest(consult)?.person.person
  const earlier = useQuery({
    queryKey: ['earlier', person?.network, person?.address, consult.consult_id],
    // Without a person nothing is asked.
    queryFn: async () => (person ? (await connection.command('experts.history', { person })).messages : []),
    enabled: kept && person !== undefined && consult.state !== 'ringing',
    staleTime: KEPT_MS,
    retry: false,
  })
  return (earlier.data ?? []).filter((message) => message.at < consult.started_at)
}

import { makeStyles, MessageBar, MessageBarBody, tokens } from '@fluentui/react-components'
import { Link } from '@tanstack/react-router'
import { useSnapshot } from '@/shared/desk/context'
import { t } from '@/shared/i18n/translate'
import { codeWords } from '@/shared/i18n/words'

const useStyles = makeStyles({ link: { color: tokens.colorBrandForegroundLink } })

/** What is wrong with my chat networks; nothing while all is well. It stands above searches and chats, which it concerns. */
export function NetworkTrouble() {
  const styles = useStyles()
  const networks = useSnapshot((snapshot) => snapshot.networks)
  return networks
    .filter(({ state }) => state !== 'up' && state !== 'connecting' && state !== 'not_licensed')
    .map((network) => (
      <MessageBar key={network.network} intent="warning" layout="multiline" data-testid={`network-${network.network}`}>
        <MessageBarBody>
          {t(`network.state.${network.state}`, { network: network.name })}
          {network.code !== null && ` ${codeWords('network.code', network.code)}`}
          {network.code === null && network.words !== null && ` ${network.words}`}{' '}
          {network.accounts && network.state !== 'down' && (
            <Link to="/profile" className={styles.link}>
              {t('experts.connect')}
            </Link>
          )}
        </MessageBarBody>
      </MessageBar>
    ))
}

import {
  Button,
  makeStyles,
  Menu,
  MenuDivider,
  MenuGroup,
  MenuGroupHeader,
  MenuItem,
  MenuList,
  MenuPopover,
  MenuTrigger,
  tokens,
} from '@fluentui/react-components'
import { ChevronDownRegular, SignOutRegular } from '@fluentui/react-icons'
import { AgentDot } from '@/shared/agent/AgentDot'
import { agentWords } from '@/shared/agent/words'
import { useAct, useSnapshot } from '@/shared/desk/context'
import { t } from '@/shared/i18n/translate'
import { codeWords } from '@/shared/i18n/words'
import { useSignOut } from '@/shared/session'
import type { AgentView } from '@/shared/socket/types'
import { askForNotifications } from '@/shared/system-notification'
import { useNow } from '@/shared/time/clock'
import { formatDuration } from '@/shared/time/format'

const useStyles = makeStyles({
  button: { fontVariantNumeric: 'tabular-nums', maxWidth: '360px' },
  // The colour of the button, which the high-contrast theme turns round on hover.
  time: { color: 'inherit', fontWeight: tokens.fontWeightRegular, marginLeft: tokens.spacingHorizontalS },
  next: { color: 'inherit', fontWeight: tokens.fontWeightRegular, marginLeft: tokens.spacingHorizontalXS },
  line: {
    color: tokens.colorNeutralForeground2,
    fontSize: tokens.fontSizeBase200,
    '@media (max-width: 1100px)': { display: 'none' },
  },
})

type Props = { openLine: () => Promise<boolean>; phase: string }

/** My state with its time, and the menu that changes it. */
export function AgentStateControl({ openLine, phase }: Props) {
  const styles = useStyles()
  const agent = useSnapshot((snapshot) => snapshot.agent)
  if (!agent) return null
  return (
    <>
      <span className={styles.line} data-testid="line-state" data-state={phase}>
        {codeWords('line.phase', phase)}
      </span>
      <Menu inline>
        <MenuTrigger disableButtonEnhancement>
          <Button
            className={styles.button}
            data-testid="agent-state"
            data-state={agent.state}
            data-reason={agent.reason ?? undefined}
            icon={<AgentDot agent={agent} />}
          >
            {agentWords(agent)}
            <Since since_at={agent.since_at} />
            {agent.next && <span className={styles.next}>{t('agent.then', { state: nextWords(agent.next) })}</span>}
            <ChevronDownRegular />
          </Button>
        </MenuTrigger>
        <MenuPopover>
          <StateMenu openLine={openLine} />
        </MenuPopover>
      </Menu>
    </>
  )
}

function StateMenu({ openLine }: { openLine: () => Promise<boolean> }) {
  const act = useAct()
  const reasons = useSnapshot((snapshot) => snapshot.not_ready_reasons)
  const signOut = useSignOut()
  const beReady = async () => {
    askForNotifications()
    if (await openLine()) await act('agent.ready', {})
  }
  return (
    <MenuList>
      <MenuItem data-testid="agent-state-ready" onClick={() => void beReady()}>
        {t('agent.state.ready')}
      </MenuItem>
      <MenuDivider />
      <MenuGroup>
        <MenuGroupHeader>{t('agent.state.not_ready')}</MenuGroupHeader>
        {reasons.map((reason) => (
          <MenuItem
            key={reason}
            data-testid={`agent-state-not-ready-${reason}`}
            onClick={() => void act('agent.not_ready', { reason })}
          >
            {codeWords('agent.reason', reason)}
          </MenuItem>
        ))}
      </MenuGroup>
      <MenuDivider />
      <MenuItem icon={<SignOutRegular />} onClick={() => void signOut(false)}>
        {t('profile.sign_out')}
      </MenuItem>
    </MenuList>
  )
}

function Since({ since_at }: { since_at: number }) {
  const styles = useStyles()
  const now = useNow()
  return <span className={styles.time}>{formatDuration(now - since_at)}</span>
}

function nextWords(next: NonNullable<AgentView['next']>): string {
  return next.reason ? codeWords('agent.reason', next.reason) : t(`agent.state.${next.state}`)
}

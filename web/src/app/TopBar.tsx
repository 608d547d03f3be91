import { makeStyles, Text, tokens } from '@fluentui/react-components'
import { useRouterState } from '@tanstack/react-router'
import { AgentStateControl } from '@/features/desk/AgentStateControl'
import type { Softphone } from '@/features/softphone/softphone'
import { useSnapshot } from '@/shared/desk/context'
import { t } from '@/shared/i18n/translate'
import { useStore } from '@/shared/store/external'
import { Brand } from '@/shared/ui/brand'
import { ProfileMenu } from './ProfileMenu'
import { QueueFigure } from './QueueFigure'

const useStyles = makeStyles({
  bar: {
    height: '48px',
    boxSizing: 'border-box',
    display: 'flex',
    alignItems: 'center',
    gap: tokens.spacingHorizontalM,
    padding: `0 ${tokens.spacingHorizontalL}`,
    backgroundColor: tokens.colorNeutralBackground1,
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
    whiteSpace: 'nowrap',
  },
  where: { color: tokens.colorNeutralForeground2, '@media (max-width: 900px)': { display: 'none' } },
  space: { flex: 1 },
})

/** Where I am, the one queue figure that matters to me, my state, my profile. */
export function TopBar({ openLine, softphone }: { openLine: () => Promise<boolean>; softphone: Softphone }) {
  const styles = useStyles()
  const isAgent = useSnapshot((snapshot) => snapshot.agent !== null)
  const phase = useStore(softphone.view, (view) => view.phase)
  return (
    <div className={styles.bar}>
      <Brand />
      <Text className={styles.where}>
        <Where />
      </Text>
      <span className={styles.space} />
      {isAgent && <QueueFigure />}
      {isAgent && <AgentStateControl openLine={openLine} phase={phase} />}
      <ProfileMenu />
    </div>
  )
}

function Where() {
  const path = useRouterState({ select: (state) => state.location.pathname })
  if (path.startsWith('/interactions')) return t('nav.interactions')
  if (path.startsWith('/figures')) return t('nav.figures')
  if (path.startsWith('/reports')) return t('nav.reports')
  if (path.startsWith('/administration')) return t('nav.administration')
  if (path.startsWith('/profile')) return t('nav.profile')
  return t('nav.desk')
}

import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components'
import { CallFilled, CallRegular, DataBarVerticalFilled, DataBarVerticalRegular, DocumentTableFilled, DocumentTableRegular, HistoryFilled, HistoryRegular, SettingsFilled, SettingsRegular } from '@fluentui/react-icons'
import { Link, useRouterState } from '@tanstack/react-router'
import type { ComponentType } from 'react'
import { useSnapshot } from '@/shared/desk/context'
import { type Key, t } from '@/shared/i18n/translate'
import type { Role } from '@/shared/socket/types'

const useStyles = makeStyles({
  rail: {
    height: '100%',
    width: '84px',
    boxSizing: 'border-box',
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalXXS,
    paddingTop: tokens.spacingVerticalS,
    backgroundColor: tokens.colorNeutralBackground2,
    borderRight: `1px solid ${tokens.colorNeutralStroke2}`,
    '@media (max-width: 1100px)': { width: '52px' },
  },
  item: {
    display: 'grid',
    justifyItems: 'center',
    gap: '2px',
    padding: '8px 0 6px',
    color: tokens.colorNeutralForeground2,
    textDecorationLine: 'none',
    fontSize: tokens.fontSizeBase100,
    lineHeight: tokens.lineHeightBase200,
    borderLeft: '3px solid transparent',
    borderRight: '3px solid transparent',
    ':hover': { backgroundColor: tokens.colorNeutralBackground4 },
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: '-2px' },
  },
  on: {
    color: tokens.colorBrandForeground1,
    borderLeftColor: tokens.colorBrandForeground1,
    backgroundColor: tokens.colorNeutralBackground1,
    ':hover': { backgroundColor: tokens.colorNeutralBackground1 },
    fontWeight: tokens.fontWeightSemibold,
  },
  word: {
    '@media (max-width: 1100px)': { position: 'absolute', width: '1px', height: '1px', overflow: 'hidden', clipPath: 'inset(50%)' },
  },
})

type Section = { id: string; to: string; name: Key; roles: Role[]; icon: ComponentType; iconOn: ComponentType }

const sections: Section[] = [
  { id: 'desk', to: '/', name: 'nav.desk', roles: ['agent'], icon: CallRegular, iconOn: CallFilled },
  {
    id: 'interactions',
    to: '/interactions',
    name: 'nav.interactions',
    roles: ['agent', 'supervisor', 'administrator'],
    icon: HistoryRegular,
    iconOn: HistoryFilled,
  },
  {
    id: 'figures',
    to: '/figures/activity',
    name: 'nav.figures',
    roles: ['supervisor', 'administrator'],
    icon: DataBarVerticalRegular,
    iconOn: DataBarVerticalFilled,
  },
  {
    id: 'reports',
    to: '/reports',
    name: 'nav.reports',
    roles: ['supervisor', 'administrator'],
    icon: DocumentTableRegular,
    iconOn: DocumentTableFilled,
  },
  {
    id: 'administration',
    to: '/administration/users',
    name: 'nav.administration',
    roles: ['administrator'],
    icon: SettingsRegular,
    iconOn: SettingsFilled,
  },
]

/** The sections that my role may open. */
export function Rail() {
  const styles = useStyles()
  const roles = useSnapshot((snapshot) => snapshot.me.roles)
  const path = useRouterState({ select: (state) => state.location.pathname })
  return (
    <nav className={styles.rail} aria-label={t('nav.label')}>
      {sections
        .filter((section) => section.roles.some((role) => roles.includes(role)))
        .map((section) => {
          const on = section.to === '/' ? path === '/' : path.startsWith(`/${section.id}`)
          const Icon = on ? section.iconOn : section.icon
          return (
            <Link
              key={section.id}
              to={section.to as '/'}
              className={mergeClasses(styles.item, on && styles.on)}
              aria-current={on ? 'page' : undefined}
              title={t(section.name)}
              data-testid={`nav-${section.id}`}
            >
              <RailIcon icon={Icon} />
              <span className={styles.word}>{t(section.name)}</span>
            </Link>
          )
        })}
    </nav>
  )
}

function RailIcon({ icon: Icon }: { icon: ComponentType<{ fontSize?: number }> }) {
  return <Icon fontSize={22} />
}

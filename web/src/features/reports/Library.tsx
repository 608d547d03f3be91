import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components'
import { Link } from '@tanstack/react-router'
import { t } from '@/shared/i18n/translate'
import type { Report } from './queries'

const useStyles = makeStyles({
  list: {
    display: 'flex',
    flexDirection: 'column',
    padding: tokens.spacingVerticalXS,
    backgroundColor: tokens.colorNeutralBackground1,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusLarge,
  },
  report: {
    padding: '7px 10px',
    borderLeft: '3px solid transparent',
    color: tokens.colorNeutralForeground1,
    textDecorationLine: 'none',
    borderRadius: tokens.borderRadiusMedium,
    ':hover': { backgroundColor: tokens.colorNeutralBackground1Hover },
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: '-2px' },
  },
  on: {
    backgroundColor: tokens.colorNeutralBackground1Selected,
    borderLeftColor: tokens.colorBrandForeground1,
    fontWeight: tokens.fontWeightSemibold,
  },
})

/** The reports that there are; the chosen one stands in the address. */
export function Library({ reports, chosen }: { reports: Report[]; chosen?: string }) {
  const styles = useStyles()
  return (
    <nav className={styles.list} aria-label={t('reports.library')}>
      {reports.map(({ name, title }) => (
        <Link
          key={name}
          to="/reports"
          search={{ report: name }}
          className={mergeClasses(styles.report, name === chosen && styles.on)}
          aria-current={name === chosen ? 'true' : undefined}
          data-testid={`report-${name}`}
        >
          {title}
        </Link>
      ))}
    </nav>
  )
}

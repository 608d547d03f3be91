import { WarningFilled } from '@fluentui/react-icons'
import { useQuery } from '@tanstack/react-query'
import { t } from '@/shared/i18n/translate'
import { sessionQuery } from '@/shared/session'
import { useNow } from '@/shared/time/clock'
import { timeZone } from '@/shared/time/day'
import { formatWall } from '@/shared/time/format'
import { useWallStyles } from './wallStyles'

type Props = { page: number; pages: number; lost_at: number | null }

/** What it is, which page, what the clock says where the server is; and that the connection is lost. */
export function WallHead({ page, pages, lost_at }: Props) {
  const styles = useWallStyles()
  const session = useQuery(sessionQuery)
  const now = useNow()
  const zone = session.data?.time_zone ?? timeZone()
  return (
    <header className={styles.bars}>
      <div className={styles.head}>
        <h1 className={styles.title}>{t('wall.title')}</h1>
        {pages > 1 && <span data-testid="wall-page">{t('wall.page', { page: page + 1, pages })}</span>}
        <span>{formatWall(now, zone, 'day')}</span>
        <span className={styles.clock} data-testid="wall-clock" data-zone={zone}>
          {formatWall(now, zone, 'clock')}
        </span>
      </div>
      {lost_at !== null && (
        <div className={styles.lost} role="alert" data-testid="wall-lost">
          <WarningFilled fontSize="1.4em" aria-hidden />
          {t('wall.lost', { time: formatWall(lost_at, zone, 'clock') })}
        </div>
      )}
    </header>
  )
}

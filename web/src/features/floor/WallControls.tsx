import { Button, mergeClasses } from '@fluentui/react-components'
import { FullScreenMaximizeRegular, FullScreenMinimizeRegular, WeatherMoonRegular, WeatherSunnyRegular } from '@fluentui/react-icons'
import { t } from '@/shared/i18n/translate'
import type { FloorQueue } from '@/shared/socket/floor'
import { Several } from '@/shared/ui/several'
import type { FullScreen } from './screen'
import type { WallSearch } from './wall'
import { useWallStyles } from './wallStyles'

type Props = { hidden: boolean; queues: FloorQueue[]; ids: string[]; search: WallSearch; change: (part: WallSearch) => void; full: FullScreen }

/** Which queues, light or dark, full screen; there while somebody moves the mouse or comes by keyboard. */
export function WallControls({ hidden, queues, ids, search, change, full }: Props) {
  const styles = useWallStyles()
  const isLight = search.theme === 'light'
  const choices = queues.map(({ queue_id, name }) => ({ id: queue_id ?? '', name: name ?? '' }))
  return (
    <div className={mergeClasses(styles.controls, hidden && styles.hidden)} data-testid="wall-controls">
      <Several label={t('floor.queues')} choices={choices} chosen={ids} change={(chosen) => change({ queues: chosen.join(',') })} testId="wall-queues" />
      <Button icon={isLight ? <WeatherMoonRegular /> : <WeatherSunnyRegular />} onClick={() => change({ theme: isLight ? '' : 'light' })} data-testid="wall-theme">
        {t(isLight ? 'theme.dark' : 'theme.light')}
      </Button>
      <Button icon={full.on ? <FullScreenMinimizeRegular /> : <FullScreenMaximizeRegular />} onClick={full.toggle} data-testid="wall-full">
        {t(full.on ? 'wall.window' : 'wall.full')}
      </Button>
    </div>
  )
}

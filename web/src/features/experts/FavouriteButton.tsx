import { ToggleButton, Tooltip } from '@fluentui/react-components'
import { StarFilled, StarRegular } from '@fluentui/react-icons'
import { t } from '@/shared/i18n/translate'
import { useKey } from '@/shared/keys/keys'
import type { PersonView } from '@/shared/socket/types'
import { useFavourite } from './favourites'

/** Makes somebody a favourite or no longer; nothing where the network keeps none. */
export function FavouriteButton({ view, hasKey = false }: { view: PersonView; hasKey?: boolean }) {
  const favourite = useFavourite(view)
  useKey('Alt+F', () => favourite?.toggle(), hasKey && favourite !== null)
  if (!favourite) return null
  const words = t(favourite.is ? 'favourite.remove' : 'favourite.add', { name: view.name })
  return (
    <Tooltip content={words} relationship="label">
      <ToggleButton
        size="small"
        appearance="transparent"
        checked={favourite.is}
        icon={favourite.is ? <StarFilled /> : <StarRegular />}
        onClick={favourite.toggle}
        aria-keyshortcuts={hasKey ? 'Alt+F' : undefined}
        data-testid="favourite"
      />
    </Tooltip>
  )
}

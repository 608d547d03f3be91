import { Avatar, type AvatarProps } from '@fluentui/react-components'
import { useSnapshot } from '../desk/context'
import type { PersonView } from '../socket/types'

/** A person's photo where their network has one for me; until it is there, and without one, their initials. */
export function PersonAvatar({ view, size, edge = 64 }: { view: PersonView; size?: AvatarProps['size']; edge?: 64 | 240 }) {
  const { network, address } = view.person
  const hasPhotos = useSnapshot((snapshot) => snapshot.networks.some((one) => one.network === network && one.photos && one.state === 'up'))
  const query = new URLSearchParams({ network, address, edge: String(edge) })
  const image = hasPhotos ? { src: `/api/v1/people/photo?${query.toString()}`, loading: 'lazy' as const, alt: '' } : undefined
  return <Avatar name={view.name} color="colorful" size={size} image={image} aria-hidden />
}

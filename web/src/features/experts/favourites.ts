import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useConnection, useDesk, useSnapshot } from '@/shared/desk/context'
import { personKey } from '@/shared/desk/state'
import { t } from '@/shared/i18n/translate'
import { errorWords } from '@/shared/i18n/words'
import { notify } from '@/shared/notify'
import { refusalCode } from '@/shared/socket/refusal'
import type { Favourite, PersonView } from '@/shared/socket/types'

const key = (user_id: string) => ['favourites', user_id]

/** My favourites on all networks that keep some; asked again whenever they change. */
export function useFavourites() {
  const connection = useConnection()
  const user_id = useSnapshot((snapshot) => snapshot.me.user_id)
  const changed = useDesk((state) => state.favourites_changed)
  const up = useSnapshot((snapshot) => snapshot.networks.filter((one) => one.favourites !== 'none' && one.state === 'up').map((one) => one.network).join())
  return useQuery({
    queryKey: [...key(user_id), up, changed],
    queryFn: async () => (await connection.command('experts.favourites', {})).favourites,
    enabled: up !== '',
    placeholderData: (old: Favourite[] | undefined) => old,
    retry: false,
  })
}

/** Whether a person is a favourite, and how to change that; null where the network keeps none. */
export function useFavourite(view: PersonView): { is: boolean; toggle: () => void } | null {
  const connection = useConnection()
  const queries = useQueryClient()
  const user_id = useSnapshot((snapshot) => snapshot.me.user_id)
  const writes = useSnapshot((snapshot) => snapshot.networks.some((one) => one.network === view.person.network && one.favourites === 'write' && one.state === 'up'))
  const favourites = useFavourites()
  if (!writes || !favourites.data) return null
  const is = favourites.data.some((one) => personKey(one.person.person) === personKey(view.person))
  const toggle = async () => {
    try {
      await connection.command('experts.set_favourite', { person: view.person, favourite: !is })
      notify({ intent: 'info', title: t(is ? 'favourite.removed' : 'favourite.added', { name: view.name }) })
    } catch (error) {
      notify({ intent: 'warning', title: errorWords(refusalCode(error)) ?? t('error.internal') })
    }
    await queries.invalidateQueries({ queryKey: key(user_id) })
  }
  return { is, toggle: () => void toggle() }
}

/** Favourites by group, those of several groups in each; those without a group last, under ''. */
export function grouped(favourites: Favourite[]): { group: string; people: PersonView[] }[] {
  const groups = new Map<string, PersonView[]>()
  for (const { person, groups: names } of favourites) {
    for (const name of names.length > 0 ? names : ['']) groups.set(name, [...(groups.get(name) ?? []), person])
  }
  const named = [...groups].map(([group, people]) => ({ group, people }))
  return [...named.filter((one) => one.group !== ''), ...named.filter((one) => one.group === '')]
}

import { MenuItem } from '@fluentui/react-components'
import { ArrowUndoRegular, DeleteRegular, LinkRegular, LockClosedRegular, PeopleRegular, RenameRegular, SaveRegular, SaveMultipleRegular } from '@fluentui/react-icons'
import type { JSX } from 'react'
import { t } from '../i18n/translate'
import { notify } from '../notify'
import type { SavedView, ViewPage } from './queries'
import { useSeesFigures } from './useSeesFigures'
import { type Shown, useDone, useViewActions } from './useViewActions'

type Props = {
  page: ViewPage
  opened: SavedView | null
  changed: boolean
  shown: Shown
  /** Asks for what an action needs to know. */
  ask: (what: 'create' | 'rename' | 'remove') => void
}

/** What can be done with the view that is open; everything can be saved as a new one. */
export function ViewActions({ page, opened, changed, shown, ask }: Props) {
  const done = useDone(page)
  const { go, save, change } = useViewActions(page)
  const mayShare = useSeesFigures()
  const item = (words: string, icon: JSX.Element, act: () => void, testId: string) => (
    <MenuItem icon={icon} onClick={act} data-testid={testId}>
      {words}
    </MenuItem>
  )
  const saveNew = item(t('views.save_new'), <SaveMultipleRegular />, () => ask('create'), 'view-create')
  if (!opened) return saveNew
  const { may_change, shared } = opened
  const share = () => done(() => change(opened, { shared: !shared }))
  return (
    <>
      {changed && may_change && item(t('views.save'), <SaveRegular />, () => done(() => save(opened, shown)), 'view-save')}
      {changed && item(t('views.undo'), <ArrowUndoRegular />, () => go(opened), 'view-undo')}
      {saveNew}
      {item(t('views.link'), <LinkRegular />, () => void copy(opened), 'view-link')}
      {may_change && item(t('views.rename'), <RenameRegular />, () => ask('rename'), 'view-rename')}
      {may_change && (shared || mayShare) && item(t(shared ? 'views.make_private' : 'views.share'), shared ? <LockClosedRegular /> : <PeopleRegular />, share, 'view-share')}
      {may_change && item(t('views.remove'), <DeleteRegular />, () => ask('remove'), 'view-remove')}
    </>
  )
}

/** Puts the address that opens the view into the clipboard, which a browser may refuse. */
async function copy({ view_id }: SavedView): Promise<void> {
  const address = `${location.origin}${location.pathname}?view=${view_id}`
  const copied = await navigator.clipboard?.writeText(address).then(() => true, () => false)
  notify(copied ? { intent: 'success', title: t('views.copied') } : { intent: 'info', title: t('views.not_copied'), body: address })
}

import { Button, makeStyles, Menu, MenuDivider, MenuList, MenuPopover, MenuTrigger, tokens } from '@fluentui/react-components'
import { BookmarkRegular } from '@fluentui/react-icons'
import { useState } from 'react'
import { sameArrangement } from '../grid/columns'
import type { Arranged } from '../grid/useGrid'
import { t } from '../i18n/translate'
import { mainPart } from '../ui/main-part'
import { textOf } from './address'
import type { ViewPage } from './queries'
import { useFilterText, useOpened } from './useOpened'
import { useSeesFigures } from './useSeesFigures'
import { useViewActions } from './useViewActions'
import { ViewActions } from './ViewActions'
import { ViewChoices } from './ViewChoices'
import { NameForm, RemoveForm } from './ViewForms'

const useStyles = makeStyles({
  button: { maxWidth: '260px' },
  name: { overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' },
  changed: { marginLeft: tokens.spacingHorizontalXS, fontWeight: tokens.fontWeightRegular, color: tokens.colorNeutralForeground2, whiteSpace: 'nowrap' },
  list: { maxHeight: '60vh', overflowY: 'auto' },
})

type Asked = 'create' | 'rename' | 'remove' | null

/** A page's saved views: which one is open, whether it was changed, and what can be done with it. */
export function ViewMenu<R>({ page, grid }: { page: ViewPage; grid: Arranged<R> }) {
  const styles = useStyles()
  const opened = useOpened(page)
  const shown = { filters: textOf(useFilterText()), layout: grid.layout }
  const changed = opened !== null && (shown.filters !== opened.filters || !sameArrangement(grid.all, shown.layout, opened.layout))
  const [asked, setAsked] = useState<Asked>(null)
  const mayShare = useSeesFigures()
  const { change, create, remove } = useViewActions(page)
  const close = () => setAsked(null)
  return (
    <>
      <Menu mountNode={mainPart()}>
        <MenuTrigger disableButtonEnhancement>
          <Button className={styles.button} icon={<BookmarkRegular />} data-testid="views" data-changed={changed}>
            <span className={styles.name}>{opened?.name ?? t('views.title')}</span>
            {changed && <span className={styles.changed}>{t('views.changed')}</span>}
          </Button>
        </MenuTrigger>
        <MenuPopover className={styles.list}>
          <MenuList checkedValues={{ view: [opened?.view_id ?? ''] }}>
            <ViewChoices page={page} />
            <MenuDivider />
            <ViewActions page={page} opened={opened} changed={changed} shown={shown} ask={setAsked} />
          </MenuList>
        </MenuPopover>
      </Menu>
      {asked === 'create' && (
        <NameForm title={t('views.save_new')} name="" mayShare={mayShare} save={(name, shared) => create(shown, name, shared, opened)} close={close} />
      )}
      {asked === 'rename' && opened && (
        <NameForm title={t('views.rename')} name={opened.name} mayShare={false} save={(name) => change(opened, { name })} close={close} />
      )}
      {asked === 'remove' && opened && <RemoveForm name={opened.name} shared={opened.shared} remove={() => remove(opened)} close={close} />}
    </>
  )
}

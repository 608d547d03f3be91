import { Button, Checkbox, makeStyles, Popover, PopoverSurface, PopoverTrigger, tokens } from '@fluentui/react-components'
import { ArrowDownRegular, ArrowUpRegular, TableSettingsRegular } from '@fluentui/react-icons'
import { t } from '../i18n/translate'
import { isShown, moved, PLAIN } from './columns'
import type { Arranged } from './useGrid'

const useStyles = makeStyles({
  surface: { maxHeight: '420px', overflowY: 'auto', padding: tokens.spacingVerticalM },
  list: { listStyleType: 'none', margin: 0, padding: 0 },
  one: { display: 'grid', gridTemplateColumns: '1fr auto auto', alignItems: 'center' },
})

/** Which columns are shown and in which order; kept in this browser. */
export function ColumnChooser<R>({ grid }: { grid: Arranged<R> }) {
  const styles = useStyles()
  const { all, layout, change } = grid
  const choosable = all.filter((column) => !column.fixed)
  return (
    <Popover trapFocus>
      <PopoverTrigger disableButtonEnhancement>
        <Button icon={<TableSettingsRegular />} data-testid="columns">
          {t('grid.columns')}
        </Button>
      </PopoverTrigger>
      <PopoverSurface className={styles.surface} aria-label={t('grid.columns')}>
        <ul className={styles.list}>
          {choosable.map((column, index) => (
            <li key={column.key} className={styles.one}>
              <Checkbox
                label={column.name}
                checked={isShown(column, layout)}
                onChange={(_, { checked }) => change({ ...layout, shown: { ...layout.shown, [column.key]: checked === true } })}
                data-testid={`column-${column.key}`}
              />
              <Button
                appearance="subtle"
                size="small"
                icon={<ArrowUpRegular />}
                aria-label={t('grid.earlier', { column: column.name })}
                disabledFocusable={index === 0}
                onClick={() => change(moved(all, layout, column.key, -1))}
              />
              <Button
                appearance="subtle"
                size="small"
                icon={<ArrowDownRegular />}
                aria-label={t('grid.later', { column: column.name })}
                disabledFocusable={index === choosable.length - 1}
                onClick={() => change(moved(all, layout, column.key, 1))}
              />
            </li>
          ))}
        </ul>
        <Button size="small" onClick={() => change({ ...PLAIN, sort: layout.sort })}>
          {t('grid.reset')}
        </Button>
      </PopoverSurface>
    </Popover>
  )
}

import { Button } from '@fluentui/react-components'
import { ArrowDownloadRegular } from '@fluentui/react-icons'
import { t } from '../i18n/translate'
import { ColumnChooser } from './ColumnChooser'
import { download, tableOf } from './csv'
import type { Arranged } from './useGrid'

/** What can be done with a view's table: choose its columns, and take along exactly what is shown. */
export function GridActions<R>({ grid, name }: { grid: Arranged<R>; name: string }) {
  return (
    <>
      <ColumnChooser grid={grid} />
      <Button
        icon={<ArrowDownloadRegular />}
        disabledFocusable={grid.rows.length === 0}
        onClick={() => download(`${name}.csv`, tableOf(grid))}
        data-testid="export-csv"
      >
        {t('figures.export')}
      </Button>
    </>
  )
}

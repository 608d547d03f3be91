import { Button } from '@fluentui/react-components'
import { ArrowDownloadRegular } from '@fluentui/react-icons'
import { t } from '../i18n/translate'
import { ColumnChooser } from './ColumnChooser'
import { download, tableOf } from './csv'
import type { ViewPage } from '../views/queries'
import { ViewMenu } from '../views/ViewMenu'
import type { Arranged } from './useGrid'

/** What can be done with a page's table: open and save views of it, choose its columns, take along exactly what is shown. */
export function GridActions<R>({ grid, name, page }: { grid: Arranged<R>; name: string; page?: ViewPage }) {
  return (
    <>
      {page && <ViewMenu page={page} grid={grid} />}
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

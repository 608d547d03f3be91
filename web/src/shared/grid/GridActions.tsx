import { type ExportFile, ExportMenu } from '../export/ExportMenu'
import type { ViewPage } from '../views/queries'
import { useOpened } from '../views/useOpened'
import { ViewMenu } from '../views/ViewMenu'
import { ColumnChooser } from './ColumnChooser'
import type { Arranged } from './useGrid'

type Props<R> = {
  grid: Arranged<R>
  name: string
  /** The page, where it has views. */
  page?: ViewPage
  /** What was filtered, in words, and what the server makes of a page that has not loaded everything. */
  about?: [string, string][]
  make?: (file: ExportFile) => Promise<Blob>
}

/** What can be done with a page's table: open and save views of it, choose its columns, take along exactly what is shown. */
export function GridActions<R>({ page, ...rest }: Props<R>) {
  return page ? <PageActions page={page} {...rest} /> : <TableActions title={rest.name} {...rest} />
}

function PageActions<R>({ page, ...rest }: Props<R> & { page: ViewPage }) {
  const opened = useOpened(page)
  return (
    <>
      <ViewMenu page={page} grid={rest.grid} />
      <TableActions title={opened ? `${rest.name}: ${opened.name}` : rest.name} {...rest} />
    </>
  )
}

function TableActions<R>({ grid, title, about, make }: Props<R> & { title: string }) {
  return (
    <>
      <ColumnChooser grid={grid} />
      <ExportMenu grid={grid} title={title} about={about} make={make} />
    </>
  )
}

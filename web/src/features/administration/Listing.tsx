import { Button, makeStyles } from '@fluentui/react-components'
import { AddRegular } from '@fluentui/react-icons'
import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { t } from '@/shared/i18n/translate'
import { Empty, Failed, Loading } from '@/shared/ui/states'
import { Table, useTableStyles } from '@/shared/ui/table'

const useStyles = makeStyles({ add: { alignSelf: 'flex-start' } })

type Props<T> = {
  label: string
  query: UseQueryResult<T[]>
  columns: string[]
  cells: (row: T) => ReactNode[]
  id: (row: T) => string
  edit?: (row: T) => void
  /** Something else that can be changed of a row. */
  also?: { name: string; words: string; open: (row: T) => void }
  add?: { words: string; open: () => void }
  empty: string
}

/** A list of an administration page: its rows, how to add one, how to change one. */
export function Listing<T>({ label, query, columns, cells, id, edit, also, add, empty }: Props<T>) {
  const styles = useStyles()
  const table = useTableStyles()
  if (query.isPending) return <Loading lines={5} />
  if (query.isError) return <Failed words={t('admin.failed')} retry={() => void query.refetch()} />
  const heads = [...columns, ...(also ? [also.name] : []), ...(edit ? [t('admin.change')] : [])].map((name) => ({ name }))
  return (
    <>
      {add && (
        <Button className={styles.add} icon={<AddRegular />} onClick={add.open} data-testid="admin-add">
          {add.words}
        </Button>
      )}
      {query.data.length === 0 ? (
        <Empty title={empty} />
      ) : (
        <Table columns={heads} label={label}>
          {query.data.map((row) => (
            <tr key={id(row)} data-testid="admin-row">
              {cells(row).map((cell, index) => (
                <td key={index} className={table.cell}>
                  {cell}
                </td>
              ))}
              {also && (
                <td className={table.cell}>
                  <Button size="small" onClick={() => also.open(row)} data-testid="admin-also">
                    {also.words}
                  </Button>
                </td>
              )}
              {edit && (
                <td className={table.cell}>
                  <Button size="small" onClick={() => edit(row)}>
                    {t('admin.change')}
                  </Button>
                </td>
              )}
            </tr>
          ))}
        </Table>
      )}
    </>
  )
}

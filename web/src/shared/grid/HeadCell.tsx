import { Button, mergeClasses } from '@fluentui/react-components'
import { ArrowDownRegular, ArrowUpRegular } from '@fluentui/react-icons'
import { type Column, nextSort, type Sort } from './columns'
import { useGridStyles } from './styles'

type Props<R> = { column: Column<R>; sort: Sort | null; change: (sort: Sort | null) => void }

/** A column's name: sorts by it, and explains it where there is something to explain. */
export function HeadCell<R>({ column, sort, change }: Props<R>) {
  const styles = useGridStyles()
  const on = sort?.key === column.key ? sort : null
  const Arrow = on?.down ? ArrowDownRegular : ArrowUpRegular
  return (
    <th
      scope="col"
      aria-sort={on ? (on.down ? 'descending' : 'ascending') : undefined}
      className={mergeClasses(styles.head, column.fixed && styles.fixedHead)}
    >
      <span className={mergeClasses(styles.headInner, column.number && styles.headNumber)}>
        {column.order ? (
          <Button
            appearance="transparent"
            size="small"
            className={styles.headButton}
            iconPosition="after"
            icon={on ? <Arrow fontSize={14} /> : undefined}
            onClick={() => change(nextSort(column, sort))}
            data-testid={`sort-${column.key}`}
          >
            {column.name}
          </Button>
        ) : (
          column.name
        )}
        {column.about}
      </span>
    </th>
  )
}

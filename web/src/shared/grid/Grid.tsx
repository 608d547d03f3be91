import { mergeClasses } from '@fluentui/react-components'
import { useVirtualizer } from '@tanstack/react-virtual'
import { type ReactNode, useEffect, useRef } from 'react'
import type { Column } from './columns'
import { HeadCell } from './HeadCell'
import { LEAST_ROWS, ROW_PX, useGridStyles } from './styles'
import type { Arranged } from './useGrid'
import { useKeptPlace } from './useKeptPlace'

/** Rows above and below what is on screen. */
const OVERSCAN = 12

type Props<R> = {
  label: string
  grid: Arranged<R>
  rowKey: (row: R) => string
  /** What a click on the row does beside what is in it; the keyboard has a link in the row. */
  open?: (row: R) => void
  testId?: string
  /** Called when the last row comes near, for lists that go on. */
  reachEnd?: () => void
}

/** A view's table. Only rows near the screen are in the page, so that their number does not matter. */
export function Grid<R>({ label, grid, rowKey, open, testId, reachEnd }: Props<R>) {
  const styles = useGridStyles()
  const frame = useRef<HTMLDivElement>(null)
  const { columns, rows, layout, change } = grid
  // eslint-disable-next-line react-hooks/incompatible-library -- what it gives is used in this component alone
  const view = useVirtualizer({ count: rows.length, getScrollElement: () => frame.current, estimateSize: () => ROW_PX, overscan: OVERSCAN, initialRect: { width: 1000, height: 700 } })
  useKeptPlace(frame, rows.map(rowKey))
  const near = view.getVirtualItems()
  const [first, last] = [near[0], near.at(-1)]
  const atEnd = last !== undefined && last.index >= rows.length - 1
  useEffect(() => {
    if (atEnd) reachEnd?.()
  }, [atEnd, rows.length, reachEnd])
  const hasTotal = columns.some((column) => column.total !== undefined)
  const least = Math.min(LEAST_ROWS, rows.length + (hasTotal ? 2 : 1)) * ROW_PX
  return (
    // A region that may scroll must be reachable by keyboard (WCAG 2.1.1).
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- see above
    <div className={styles.frame} style={{ minHeight: least }} ref={frame} role="region" aria-label={label} tabIndex={0}>
      <table className={styles.table} aria-rowcount={rows.length + 1}>
        <thead>
          <tr>
            {columns.map((column) => (
              <HeadCell key={column.key} column={column} sort={layout.sort} change={(sort) => change({ ...layout, sort })} />
            ))}
          </tr>
        </thead>
        <tbody>
          <Gap px={first?.start ?? 0} columns={columns.length} />
          {near.map(({ index }) => {
            const row = rows[index]
            return row === undefined ? null : (
              <tr key={rowKey(row)} aria-rowindex={index + 2} className={open && styles.open} onClick={open && (() => open(row))} data-testid={testId} data-key={rowKey(row)}>
                <Cells columns={columns} of={(column) => column.cell?.(row) ?? column.text(row)} title={(column) => column.text(row)} />
              </tr>
            )
          })}
          <Gap px={last ? view.getTotalSize() - last.end : 0} columns={columns.length} />
        </tbody>
        {hasTotal && (
          <tfoot>
            <tr data-testid={testId && `${testId}-total`}>
              <Cells columns={columns} of={(column) => column.totalCell ?? column.total ?? ''} total />
            </tr>
          </tfoot>
        )}
      </table>
    </div>
  )
}

type CellsProps<R> = { columns: Column<R>[]; of: (column: Column<R>) => ReactNode; title?: (column: Column<R>) => string; total?: boolean }

function Cells<R>({ columns, of, title, total }: CellsProps<R>) {
  const styles = useGridStyles()
  return columns.map((column) => (
    <td
      key={column.key}
      title={column.number ? undefined : title?.(column)}
      className={mergeClasses(
        styles.cell,
        column.number && styles.number,
        column.fixed && styles.fixed,
        total && styles.total,
        total && column.fixed && styles.fixedTotal,
      )}
    >
      {of(column)}
    </td>
  ))
}

/** Holds the place of the rows that are not in the page. */
function Gap({ px, columns }: { px: number; columns: number }) {
  const styles = useGridStyles()
  if (px <= 0) return null
  return (
    <tr aria-hidden>
      <td className={styles.gap} colSpan={columns} style={{ height: px }} />
    </tr>
  )
}

import type { components } from '@/api/schema'
import type { Column } from '../grid/columns'
import type { Arranged } from '../grid/useGrid'

type Table = Pick<components['schemas']['TableExport'], 'columns' | 'rows' | 'summary'>
type Value = components['schemas']['ExportValue'] | null
type Kind = components['schemas']['ExportKind']

/** Longest text of a cell that the server takes. */
const LONGEST = 1000

/** Exactly what is shown, as a file that calculates needs it: columns, their order, the rows' order and the row of all, in values. */
export function typedTable<R>(grid: Arranged<R>): Table {
  const columns = grid.columns.filter((column) => !column.tool)
  const hasTotal = columns.some((column) => column.total !== undefined)
  return {
    columns: columns.map(({ name, kind }) => ({ name, kind: kind ?? 'text' })),
    rows: grid.rows.map((row) => columns.map((column) => valueOf(column, row))),
    summary: hasTotal ? columns.map(totalOf) : null,
  }
}

function valueOf<R>({ kind, value, text }: Column<R>, row: R): Value {
  return kind && value ? asShown(kind, value(row)) : text(row).slice(0, LONGEST)
}

function totalOf<R>({ kind, total, totalValue }: Column<R>): Value {
  return kind && totalValue !== undefined ? asShown(kind, totalValue) : (total ?? null)
}

/** Rounded as on the screen, so that paper and screen say the same. */
function asShown(kind: Kind, value: number | null): number | null {
  if (value === null) return null
  if (kind === 'duration') return Math.max(0, Math.floor(value / 1000) * 1000)
  if (kind === 'percent') return Math.round(value * 10) / 10
  return kind === 'ratio' ? Math.round(value * 100) / 100 : value
}

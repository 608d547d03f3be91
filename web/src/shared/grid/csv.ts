import type { Arranged } from './useGrid'

/** A table as CSV (RFC 4180). What a spreadsheet would take for a formula is kept from being one. */
export function csvOf(rows: string[][]): string {
  const field = (text: string) => {
    const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
    return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
  }
  return rows.map((row) => `${row.map(field).join(',')}\r\n`).join('')
}

/** Exactly what is shown: the columns, their order, the rows' order, and the row of all where there is one. */
export function tableOf<R>(grid: Arranged<R>): string[][] {
  const columns = grid.columns.filter((column) => !column.tool)
  const head = columns.map((column) => column.name)
  const rows = grid.rows.map((row) => columns.map((column) => column.text(row)))
  const hasTotal = columns.some((column) => column.total !== undefined)
  return [head, ...rows, ...(hasTotal ? [columns.map((column) => column.total ?? '')] : [])]
}

/** That table as a file. The mark tells spreadsheets that it is UTF-8. */
export function csvFile<R>(grid: Arranged<R>): Blob {
  return new Blob(['\ufeff', csvOf(tableOf(grid))], { type: 'text/csv' })
}

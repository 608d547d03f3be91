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
  const head = grid.columns.map((column) => column.name)
  const rows = grid.rows.map((row) => grid.columns.map((column) => column.text(row)))
  const hasTotal = grid.columns.some((column) => column.total !== undefined)
  return [head, ...rows, ...(hasTotal ? [grid.columns.map((column) => column.total ?? '')] : [])]
}

/** Gives the browser a file to save. */
export function download(name: string, rows: string[][]): void {
  const link = document.createElement('a')
  // The mark tells spreadsheets that it is UTF-8.
  link.href = URL.createObjectURL(new Blob(['\ufeff', csvOf(rows)], { type: 'text/csv' }))
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 0)
}

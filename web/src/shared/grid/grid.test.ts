import { describe, expect, it } from 'vitest'
import { arranged, type Column, isShown, moved, nextSort, PLAIN, sameArrangement, sorted } from './columns'
import { csvOf, tableOf } from './csv'

type Row = { name: string; count: number | null }

const columns: Column<Row>[] = [
  { key: 'name', name: 'Name', fixed: true, text: (row) => row.name, order: (row) => row.name, total: 'All' },
  { key: 'count', name: 'Count', number: true, text: (row) => String(row.count ?? '–'), order: (row) => row.count, total: '3' },
  { key: 'more', name: 'More', extra: true, text: () => '' },
]
const rows: Row[] = [
  { name: 'Queue 10', count: null },
  { name: 'Queue 9', count: 1 },
  { name: 'queue 2', count: 2 },
]
const names = (of: Row[]) => of.map((row) => row.name)

describe('sorted', () => {
  it('counts in names, and puts what has no value last either way', () => {
    expect(names(sorted(rows, columns, { key: 'name', down: false }, 'en'))).toEqual(['queue 2', 'Queue 9', 'Queue 10'])
    expect(names(sorted(rows, columns, { key: 'count', down: true }, 'en'))).toEqual(['queue 2', 'Queue 9', 'Queue 10'])
    expect(names(sorted(rows, columns, { key: 'count', down: false }, 'en'))).toEqual(['Queue 9', 'queue 2', 'Queue 10'])
    expect(sorted(rows, columns, { key: 'more', down: true }, 'en')).toBe(rows)
  })

  it('begins with the greatest number, turns round, and ends', () => {
    const [name, count] = [columns[0]!, columns[1]!]
    expect(nextSort(name, null)).toEqual({ key: 'name', down: false })
    const first = nextSort(count, { key: 'name', down: false })
    expect(first).toEqual({ key: 'count', down: true })
    expect(nextSort(count, nextSort(count, first))).toBeNull()
  })
})

describe('a layout', () => {
  it('keeps the fixed column first and moves the others', () => {
    const layout = moved(columns, PLAIN, 'more', -1)
    expect(arranged(columns, layout).map((column) => column.key)).toEqual(['name', 'more', 'count'])
    expect(moved(columns, layout, 'more', -1)).toBe(layout)
    expect(moved(columns, layout, 'name', 1)).toBe(layout)
  })

  it('shows what was chosen', () => {
    const chosen = { ...PLAIN, shown: { more: true, count: false, name: false } }
    expect(columns.map((column) => [isShown(column, PLAIN), isShown(column, chosen)])).toEqual([[true, true], [true, false], [false, true]])
  })
})

describe('a file', () => {
  it('has what is shown and the row of all', () => {
    const grid = { all: columns, columns: columns.slice(0, 2), rows: rows.slice(1), layout: PLAIN, change: () => undefined }
    expect(tableOf(grid)).toEqual([['Name', 'Count'], ['Queue 9', '1'], ['queue 2', '2'], ['All', '3']])
  })

  it('quotes what needs it and lets nothing be a formula', () => {
    expect(csvOf([['a', 'b,"c"'], ['=1+1', '–']])).toBe('a,"b,""c"""\r\n\'=1+1,–\r\n')
  })
})

describe('sameArrangement', () => {
  it('goes by what is shown and how it is sorted, not by how that came about', () => {
    const there = { ...PLAIN, order: ['count', 'more'], shown: { count: true } }
    expect(sameArrangement(columns, PLAIN, there)).toBe(true)
    expect(sameArrangement(columns, PLAIN, { ...there, shown: { more: true } })).toBe(false)
    expect(sameArrangement(columns, PLAIN, moved(columns, there, 'count', 1))).toBe(true)
    expect(sameArrangement(columns, PLAIN, { ...PLAIN, sort: { key: 'count', down: true } })).toBe(false)
  })
})

import { describe, expect, it } from 'vitest'
import { type Column, PLAIN } from '../grid/columns'
import { tableOf } from '../grid/csv'
import type { Arranged } from '../grid/useGrid'
import { typedTable } from './typed'

type Row = { name: string; ms: number | null; share: number }

const columns: Column<Row>[] = [
  { key: 'share', name: 'Share', number: true, text: ({ share }) => `${share} %`, kind: 'percent', value: ({ share }) => share, total: '100 %', totalValue: 100 },
  { key: 'name', name: 'Name', text: ({ name }) => name, total: 'All' },
  { key: 'ms', name: 'AHT', number: true, text: ({ ms }) => String(ms ?? '–'), kind: 'duration', value: ({ ms }) => ms, total: '–', totalValue: null },
  { key: 'menu', name: 'Actions', text: () => '', tool: true },
]
const rows: Row[] = [
  { name: 'Billing', ms: 61_999, share: 66.666 },
  { name: 'x'.repeat(1200), ms: null, share: 33.334 },
]
const grid: Arranged<Row> = { all: columns, columns, rows, layout: PLAIN, change: () => undefined }

describe('typedTable', () => {
  it('gives values as they are shown, in the order shown, without what is no data', () => {
    expect(typedTable(grid)).toEqual({
      columns: [{ name: 'Share', kind: 'percent' }, { name: 'Name', kind: 'text' }, { name: 'AHT', kind: 'duration' }],
      rows: [[66.7, 'Billing', 61_000], [33.3, 'x'.repeat(1000), null]],
      summary: [100, 'All', null],
    })
  })

  it('has no summary where nothing is summed up', () => {
    expect(typedTable({ ...grid, columns: [{ key: 'name', name: 'Name', text: ({ name }) => name }] }).summary).toBeNull()
  })
})

describe('a CSV', () => {
  it('leaves out what is no data too', () => {
    expect(tableOf(grid)[0]).toEqual(['Share', 'Name', 'AHT'])
  })
})

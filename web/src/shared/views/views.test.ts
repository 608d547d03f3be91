import { describe, expect, it } from 'vitest'
import { filtersIn, filtersOf, isLink, textOf, within } from './address'

describe('the address of a view', () => {
  it('keeps filters in one order, without what says which view is open', () => {
    expect(textOf({ to: '2026-11-02', from: '2026-11-01', text: 'a & b', queue: '', view: 'x', filters: 'none' })).toBe('from=2026-11-01&text=a+%26+b&to=2026-11-02')
    expect(filtersOf('text=a+%26+b&view=y')).toEqual({ text: 'a & b' })
    expect(filtersOf(textOf({ number: '+49 30', text: 'ü=?' }))).toEqual({ number: '+49 30', text: 'ü=?' })
    expect(textOf({})).toBe('')
  })

  it('is a link only where it names a view alone', () => {
    expect([isLink({ view: 'x' }), isLink({ view: 'x', from: '2026-11-01' }), isLink({}), isLink(within('x', {}))]).toEqual([true, false, false, false])
  })

  it('stays in the view when filters are changed and taken away', () => {
    expect(within('x', { from: '2026-11-01', to: undefined, queue: '' })).toEqual({ from: '2026-11-01', view: 'x' })
    expect(filtersIn(within('x', {}))).toEqual({})
    expect(within('x', {}).view).toBe('x')
    expect(within(undefined, { queue: '' })).toEqual({})
  })
})

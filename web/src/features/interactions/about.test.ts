import { describe, expect, it } from 'vitest'
import { setLanguage } from '@/shared/i18n/translate'
import { filterLines } from './about'

describe('filterLines', () => {
  it('says in words what is filtered, and the id of what has no name any more', () => {
    setLanguage('en')
    const names = { agents: [{ user_id: 'd', name: 'Dana' }], queues: [] }
    expect(filterLines({ from: '2026-11-01', agent: 'd', queue: 'gone', consult: 'no', held: 'yes', duration: 'talk', least: '60' }, names)).toEqual([
      ['From', '01/11/2026'],
      ['Agent', 'Dana'],
      ['Queue', 'gone'],
      ['Consult', 'Without consult'],
      ['On hold', 'Yes'],
      ['Talk', '≥ 60 s'],
    ])
    expect(filterLines({ duration: 'talk' }, {})).toEqual([])
  })
})

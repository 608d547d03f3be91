import { describe, expect, it } from 'vitest'
import type { Report } from './queries'
import { scheduleDraft, scheduleRequest } from './schedule'

const library: Report[] = [
  { name: 'queue-daily', title: '', description: '', formats: ['pdf'], longest_days: 92, grains: ['day', 'week'], media: [], parameters: [{ name: 'queue_ids', kind: 'queues', required: false }] },
]
const draft = { ...scheduleDraft(null, library[0], 'de'), name: 'Mornings' }

describe('a schedule', () => {
  it.each([
    [{ kind: 'daily' as const }, { kind: 'daily', at: '07:00' }],
    [{ kind: 'weekly' as const, days: ['sunday' as const] }, { kind: 'weekly', days: ['sunday'], at: '07:00' }],
    [{ kind: 'monthly' as const, day: 31 }, { kind: 'monthly', day: 31, at: '07:00' }],
    [{ kind: 'monthly' as const, day: 0 }, { kind: 'monthly', day: null, at: '07:00' }],
    [{ kind: 'cron' as const, line: '* * * * *' }, { kind: 'cron', line: '* * * * *' }],
  ])('%j is asked for as %j', (part, when) => expect(scheduleRequest({ ...draft, ...part }, library).when).toEqual(when))

  it('has of each report only what that has a use for', () => {
    const about = { queue_ids: ['q'], agent_ids: ['a'], disposition_ids: ['d'], ability_ids: ['s'], media: ['voice' as const], grain: 'week' as const }
    const reports = [{ report: 'queue-daily', period: 'last_week' as const, ...about }]
    const narrowed = { queue_ids: ['q'], agent_ids: [], disposition_ids: [], ability_ids: [], media: [], grain: 'week' }
    expect(scheduleRequest({ ...draft, reports }, library).reports).toEqual([{ report: 'queue-daily', period: 'last_week', ...narrowed }])
  })

  it('is mailed to addresses with commas, blanks or lines between them, or to nobody', () => {
    const addresses = ' a@b.test, c@d.test;\ne@f.test '
    expect(scheduleRequest({ ...draft, addresses }, library).mail).toBeNull()
    const mail = { addresses: ['a@b.test', 'c@d.test', 'e@f.test'], form: 'link' }
    expect(scheduleRequest({ ...draft, mailed: true, addresses, form: 'link' }, library).mail).toEqual(mail)
  })
})

import type { components } from '@/api/schema'
import type { Report } from './queries'

export type Grain = components['schemas']['ReportGrain']
export type Medium = components['schemas']['ReportMedium']

/** What a report is narrowed down to, and how finely it is laid out: its usual where that is null. */
export type About = {
  queue_ids: string[]
  agent_ids: string[]
  disposition_ids: string[]
  ability_ids: string[]
  media: Medium[]
  grain: Grain | null
}

export const ALL: About = { queue_ids: [], agent_ids: [], disposition_ids: [], ability_ids: [], media: [], grain: null }

/** Whether the report can be narrowed down by this. */
export function takes(report: Report, parameter: keyof About): boolean {
  return report.parameters.some(({ name }) => name === parameter)
}

/** Only what the report has a use for: the form keeps more, for when another one is chosen. */
export function aboutOf(about: About, report: Report): About {
  const ids = (parameter: 'queue_ids' | 'agent_ids' | 'disposition_ids' | 'ability_ids') => (takes(report, parameter) ? about[parameter] : [])
  return {
    queue_ids: ids('queue_ids'),
    agent_ids: ids('agent_ids'),
    disposition_ids: ids('disposition_ids'),
    ability_ids: ids('ability_ids'),
    media: takes(report, 'media') ? about.media : [],
    grain: about.grain !== null && report.grains.includes(about.grain) ? about.grain : null,
  }
}

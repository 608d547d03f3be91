import type { components } from '@/api/schema'

export type Threshold = components['schemas']['Threshold']
export type Thresholds = components['schemas']['ThresholdsPage']
export type Watched = Threshold['figure']

/** How much a figure calls for attention. */
export type Level = 'warning' | 'critical'

/** What is known of a figure's thresholds; a queue's own count as a whole. */
export function thresholdOf({ thresholds }: Thresholds, figure: Watched, queue_id: string): Threshold | undefined {
  const of = (id: string | null) => thresholds.find((one) => one.figure === figure && one.queue_id === id)
  return of(queue_id) ?? of(null)
}

/** The level of a queue's figure; null where all is well, nothing is known or no threshold is set. */
export function levelOf(page: Thresholds, figure: Watched, queue_id: string, value: number | null | undefined): Level | null {
  const set = thresholdOf(page, figure, queue_id)
  const rule = page.figures.find((one) => one.figure === figure)
  if (value === null || value === undefined || !set || !rule) return null
  const reaches = (threshold: number | null) => threshold !== null && (rule.bad === 'high' ? value >= threshold : value < threshold)
  if (reaches(set.critical)) return 'critical'
  return reaches(set.warning) ? 'warning' : null
}

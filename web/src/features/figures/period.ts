import { startOfDay } from '@/shared/time/day'

export const GRAINS = ['whole', 'interval', 'day', 'week', 'month'] as const
export type Grain = (typeof GRAINS)[number]

/** The period as it stands in the address; days as yyyy-mm-dd in local time. */
export type PeriodText = { from?: string; to?: string; grain?: string }

/** The query for a period; `to` includes its whole day. Today where nothing is understood. */
export function periodOf(text: PeriodText, today: string): { from_at: number; to_at: number; grain: Grain } {
  const from = startOfDay(text.from) ?? startOfDay(today) ?? 0
  const to = startOfDay(text.to, 1) ?? startOfDay(today, 1) ?? 0
  const grain = GRAINS.find((one) => one === text.grain) ?? 'whole'
  return { from_at: from, to_at: Math.max(from, to), grain }
}

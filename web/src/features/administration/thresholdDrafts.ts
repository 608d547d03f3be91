import type { Threshold, Thresholds, Watched } from '@/shared/figures/level'

type Figures = Thresholds['figures']

/** Thresholds as they are typed: durations in seconds, '' for none and for all queues. */
export type Draft = { figure: Watched; queue_id: string; warning: string; critical: string }

/** How many of a figure's units are one of what is typed. */
function step(figure: Watched, figures: Figures): number {
  return figures.find((one) => one.figure === figure)?.unit === 'milliseconds' ? 1000 : 1
}

/** A stored threshold, to be changed. */
export function shown({ figure, queue_id, warning, critical }: Threshold, figures: Figures): Draft {
  const text = (value: number | null) => (value === null ? '' : String(value / step(figure, figures)))
  return { figure, queue_id: queue_id ?? '', warning: text(warning), critical: text(critical) }
}

/** What was typed, to be stored. */
export function stored({ figure, queue_id, warning, critical }: Draft, figures: Figures): Threshold {
  const value = (text: string) => (text === '' ? null : Math.round(Number(text) * step(figure, figures)))
  return { figure, queue_id: queue_id === '' ? null : queue_id, warning: value(warning), critical: value(critical) }
}

/** Whether there is something to store: numbers, and at least one. */
export function isComplete({ warning, critical }: Draft): boolean {
  const isNumber = (text: string) => text === '' || (Number.isFinite(Number(text)) && Number(text) > 0)
  return warning + critical !== '' && isNumber(warning) && isNumber(critical)
}

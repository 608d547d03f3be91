import { t } from '@/shared/i18n/translate'
import { codeWords } from '@/shared/i18n/words'

/** A stay in a state as it is drawn: within the day, and so far where it lasts. */
export type Stay = { state: string; from_at: number; to_at: number; lasts: boolean }

const STATES = ['ready', 'offered', 'engaged', 'wrap_up'] as const

/** The words of a state, or of the reason for not being ready. */
export function stateWords(state: string): string {
  const known = STATES.find((one) => one === state)
  return known ? t(`agent.state.${known}`) : codeWords('agent.reason', state)
}

/** What lies within the day; a state that lasts goes until now. */
export function staysOf(rows: { state: string; from_at: number; to_at: number | null }[], from_at: number, to_at: number, now: number): Stay[] {
  return rows
    .map((row) => ({
      state: row.state,
      from_at: Math.max(row.from_at, from_at),
      to_at: Math.min(row.to_at ?? Math.max(now, row.from_at), to_at),
      lasts: row.to_at === null && now < to_at,
    }))
    .filter((stay) => stay.to_at > stay.from_at || stay.lasts)
}

/** How long each state took, the longest first. */
export function sums(stays: Stay[]): [string, number][] {
  const all = new Map<string, number>()
  for (const stay of stays) all.set(stay.state, (all.get(stay.state) ?? 0) + stay.to_at - stay.from_at)
  return [...all].sort(([, one], [, other]) => other - one)
}
